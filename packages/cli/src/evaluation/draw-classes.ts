import type { ClassFigures } from '@longhand/core';
import { percent } from '../terminal/figures.js';
import { painter } from '../terminal/paint.js';
import type { Terminal } from '../terminal/terminal.js';

/** A line for each class: precision, recall, F1, and of how many. */
export function drawClasses(
  classes: readonly ClassFigures[],
  classNames: readonly string[],
  terminal: Terminal,
): string[] {
  const paint = painter(terminal);
  const width = Math.max(5, ...classNames.map((name) => name.length));
  const share = (value: number | undefined) => (value === undefined ? '–' : percent(value, 1)).padStart(10);
  return [
    paint(
      'bold',
      `${'class'.padStart(width)} ${['precision', 'recall', 'F1', 'examples'].map((text) => text.padStart(10)).join('')}`,
    ),
    ...classes.map(
      ({ label, precision, recall, f1, examples }) =>
        `${paint('bold', classNames[label]!.padStart(width))} ${share(precision)}${share(recall)}${share(f1)}${String(examples).padStart(10)}`,
    ),
  ];
}
