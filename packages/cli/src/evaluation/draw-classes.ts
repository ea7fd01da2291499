import type { ClassFigures } from '@longhand/core/evaluation';
import { percent } from '@longhand/core/text';
import { clip, padBefore, painter, widthOf } from '../terminal/paint.js';
import type { Terminal } from '../terminal/terminal.js';

const WIDEST_NAME = 30;
/** With more classes than this, only the worst are shown. */
const MAX_CLASSES = 50;
const WORST = 10;
/** Columns of a figure, and where the terminal is narrow. */
const [FIGURE, NARROW_FIGURE] = [10, 8];

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
  const isNarrow = width + 1 + 4 * FIGURE > terminal.width;
  const figure = isNarrow ? NARROW_FIGURE : FIGURE;
  const titles = isNarrow ? ['prec.', 'recall', 'F1', 'count'] : ['precision', 'recall', 'F1', 'examples'];
  const share = (value: number | undefined) =>
    (value === undefined ? '–' : percent(value, 1)).padStart(figure);
  return [
    ...(shown === classes ? [] : [`The ${shown.length} worst of ${classes.length} classes:`]),
    paint('bold', `${'class'.padStart(width)} ${titles.map((text) => text.padStart(figure)).join('')}`),
    ...shown.map(
      ({ label, precision, recall, f1, examples }) =>
        `${paint('bold', padBefore(names.get(label)!, width))} ${share(precision)}${share(recall)}${share(f1)}${String(examples).padStart(figure)}`,
    ),
  ];
}
