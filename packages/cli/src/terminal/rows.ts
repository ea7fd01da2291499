import { widthOf } from './paint.js';
import type { Terminal } from './terminal.js';
import { wrap } from './wrap.js';

const INDENT = '  ';

/**
 * The lines of a table or, where they are wider than the terminal, a paragraph for each row: its first
 * cell, and below it the others under their titles. In a pipe, lines may have any length.
 *
 * @param lines of the table, the titles first
 * @param cells of the table, the titles first
 */
export function rowsFitting(
  lines: readonly string[],
  cells: readonly (readonly string[])[],
  { columns }: Pick<Terminal, 'columns'>,
): readonly string[] {
  if (columns === undefined || lines.every((line) => widthOf(line) <= columns)) return lines;
  const [titles, ...rows] = cells;
  return rows.flatMap(([first, ...others]) => {
    const words = others.flatMap((cell, c) => (cell === '' ? [] : [`${titles![c + 1]} ${cell}`.trim()]));
    const room = Math.max(1, columns - INDENT.length);
    return [`${titles![0]} ${first}`.trim(), ...wrap(words.join(', '), room).map((line) => INDENT + line)];
  });
}
