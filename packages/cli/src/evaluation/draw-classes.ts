import type { ClassFigures } from '@longhand/core/evaluation';
import { percent } from '@longhand/core/text';
import { clip, padBefore, painter, widthOf } from '../terminal/paint.js';
import type { Terminal } from '../terminal/terminal.js';

const WIDEST_NAME = 30;
/** With more classes than this, only the worst are shown. */
const MAX_CLASSES = 50;
const WORST = 10;

/**
 * One line for each class, or for the worst of many: precision, recall, F1 and number of examples.
 */
export function drawClasses(
  classes: readonly ClassFigures[],
  classNames: readonly string[],
  terminal: Terminal,
): string[] {
  const paint = painter(terminal);
  const known = classes.filter(({ f1 }) => f1 !== undefined);
  const shown = classes.length > MAX_CLASSES ? known.sort((a, b) => a.f1! - b.f1!).slice(0, WORST) : classes;
  const names = new Map(shown.map(({ label }) => [label, clip(classNames[label]!, WIDEST_NAME)]));
  const width = Math.max(5, ...[...names.values()].map(widthOf));
  const share = (value: number | undefined) => (value === undefined ? '–' : percent(value, 1)).padStart(10);
  return [
    ...(shown === classes ? [] : [`The ${shown.length} worst of ${classes.length} classes:`]),
    paint(
      'bold',
      `${'class'.padStart(width)} ${['precision', 'recall', 'F1', 'examples'].map((text) => text.padStart(10)).join('')}`,
    ),
    ...shown.map(
      ({ label, precision, recall, f1, examples }) =>
        `${paint('bold', padBefore(names.get(label)!, width))} ${share(precision)}${share(recall)}${share(f1)}${String(examples).padStart(10)}`,
    ),
  ];
}
