import type { Evaluation } from '../evaluation/evaluation.js';
import { colorOf } from './colors.js';
import { type Shown, shown, textAt } from './svg.js';

const [CELL, LEFT, TOP] = [42, 90, 46];

/**
 * A confusion matrix: a row for each class, a column for each answer. Right answers are in blue on
 * the diagonal, mistakes in red, darker the more there are of them.
 *
 * @param classNames default: the numbers of the classes
 */
export function showConfusion(
  { confusion, accuracy, examples }: Pick<Evaluation, 'confusion' | 'accuracy' | 'examples'>,
  classNames: readonly string[] = confusion.map((_, c) => `${c}`),
): Shown {
  const size = CELL * confusion.length;
  const mistakes = confusion.flatMap((row, label) => row.filter((_, answer) => answer !== label));
  const [mostRight, mostWrong] = [
    Math.max(...confusion.map((row, label) => row[label]!)),
    Math.max(0, ...mistakes),
  ];
  const parts = [
    textAt(LEFT + size / 2, 14, 'answer', 'middle'),
    textAt(0, TOP - 8, 'label'),
    ...classNames.map((name, c) => textAt(LEFT + CELL * (c + 0.5), TOP - 8, name, 'middle')),
  ];
  for (const [label, row] of confusion.entries()) {
    parts.push(textAt(LEFT - 10, TOP + CELL * (label + 0.5) + 4, classNames[label] ?? '', 'end'));
    for (const [answer, number] of row.entries()) {
      const isRight = answer === label;
      // Half the scale at most, so that dark text stays readable.
      const share = isRight ? number / (2 * mostRight || 1) : -number / (2 * mostWrong || 1);
      const [x, y] = [LEFT + CELL * answer, TOP + CELL * label];
      const fill = colorOf('signed', share, 1);
      parts.push(`<rect x="${x}" y="${y}" width="${CELL - 1}" height="${CELL - 1}" fill="${fill}"/>`);
      if (number > 0) parts.push(textAt(x + CELL / 2, y + CELL / 2 + 4, `${number}`, 'middle'));
    }
  }
  const title = `confusion matrix: ${(100 * accuracy).toFixed(2)}% of ${examples.toLocaleString('en-US')} answers are right`;
  return shown(title, LEFT + size + 10, TOP + size + 8, parts);
}
