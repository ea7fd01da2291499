import { DataError } from '@longhand/core';
import { isPrintable } from '@longhand/core/files';
import { type Separators, unquoted } from './rows.js';

/** How a table is written. */
export interface Dialect extends Separators {
  /** Lines at the start that are no rows: a line of counts, the header. */
  readonly skip: number;
  /** The names of all columns, in their order: those of the header, or their numbers from 1. */
  readonly names: readonly string[];
  readonly hasHeader: boolean;
  /** Whether every row ends with a delimiter. */
  readonly endsWithDelimiter: boolean;
  /** Whether the first column has no name in the header: it numbers the rows. */
  readonly hasRowNames: boolean;
  /** The names of the classes, if a line of counts gives them. */
  readonly classNames?: readonly string[];
  /** How it was read, where that is not the usual way. */
  readonly notes: readonly string[];
  /** Rows of the sample: cells as texts. */
  readonly sample: readonly (readonly string[])[];
}

const DELIMITERS = [',', ';', '\t', '|', ' '] as const;
const DELIMITER_NAMES = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
  ' ': 'spaces',
} as const;
const NUMBER = /^[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?$/i;
/** What stands for a value that is missing. */
export const MISSING = /^(nan|null|n\/a|#n\/a|\?|)$/i;
/** Lines that are looked at. */
const LINES = 60;
const EXPECTED = 'expected a header that names the columns, such as label,pixel0,pixel1,…';

/** Whether a cell is a number. */
export function isNumber(cell: string): boolean {
  return NUMBER.test(cell);
}

/**
 * How a table is written, by its first lines.
 *
 * @param text its beginning
 * @param isWhole whether that is all of it
 * @throws DataError when it is empty, or no table
 */
export function dialectOf(text: string, isWhole: boolean, name: string): Dialect {
  const all = text.split(/\r\n?|\n/);
  // The last line of a beginning may be cut.
  if (!isWhole && all.length > 1) all.pop();
  const lines = all.filter((line) => line.trim() !== '').slice(0, LINES);
  if (lines.length === 0) throw new DataError(`${name}: the file is empty: ${EXPECTED}`);
  const delimiter = delimiterOf(lines, name);
  const cells = lines.map((line) => cellsOf(line, delimiter));
  const notes: string[] = [];
  if (delimiter !== ',') notes.push(`${DELIMITER_NAMES[delimiter]} stand between the columns`);
  const commas = cells.slice(1).some((row) => row.some((cell) => /^[+-]?\d*,\d+$/.test(cell)));
  const points = cells.slice(1).some((row) => row.some((cell) => /^[+-]?\d*\.\d+$/.test(cell)));
  const hasDecimalComma = delimiter !== ',' && commas && !points;
  if (hasDecimalComma) notes.push('its numbers have decimal commas');
  const endsWithDelimiter =
    delimiter !== ' ' && cells.length > 1 && cells.every((row) => row.length > 2 && row.at(-1) === '');
  if (endsWithDelimiter) for (const row of cells) row.pop();
  const form = { delimiter, hasDecimalComma, endsWithDelimiter };
  const counts = countsOf(cells, notes);
  const [first, ...rows] = cells.slice(counts.skip);
  if (!first) throw new DataError(`${name}: counts but no rows: expected one row an example`);
  if (isHeader(first, rows)) {
    // R writes no name above the names of the rows.
    const names =
      rows.length > 1 && rows.every((row) => row.length === first.length + 1) ? ['', ...first] : first;
    const hasRowNames = names[0] === '' && names.length > 2;
    if (hasRowNames) notes.push('the first column has no name: it numbers the rows and is left out');
    checkNames(hasRowNames ? names.slice(1) : names, name, Number(hasRowNames));
    return {
      ...form,
      ...counts,
      notes,
      names,
      skip: counts.skip + 1,
      hasHeader: true,
      hasRowNames,
      sample: rows,
    };
  }
  notes.push('it has no header: the columns are named 1, 2, …');
  const width = commonest([first, ...rows].map((row) => row.length));
  const names = Array.from({ length: width }, (_, c) => String(c + 1));
  return { ...form, ...counts, notes, names, hasHeader: false, hasRowNames: false, sample: [first, ...rows] };
}

function delimiterOf(lines: readonly string[], name: string): Separators['delimiter'] {
  const body = lines.length > 1 ? lines.slice(1) : lines;
  let best: { delimiter: Separators['delimiter']; score: number } | undefined;
  for (const delimiter of DELIMITERS) {
    const rows = body.map((line) => cellsOf(line, delimiter));
    const width = commonest(rows.map((row) => row.length));
    if (width < 2) continue;
    const same = rows.filter((row) => row.length === width).length / rows.length;
    const cells = rows.flat();
    const numbers =
      cells.filter((cell) => (delimiter === ',' ? /^[^,]*$/.test(cell) : true) && isNumber(cell)).length /
      cells.length;
    const score = same + 2 * numbers;
    if (!best || score > best.score + 1e-9) best = { delimiter, score };
  }
  if (best) return best.delimiter;
  throw new DataError(
    `${name}: line 1, column 1: expected columns separated by commas, semicolons, tabs or spaces, found one alone`,
  );
}

/** The cells of a line. Spaces stand for one delimiter, however many there are. */
function cellsOf(line: string, delimiter: Separators['delimiter']): string[] {
  if (delimiter === ' ')
    return line
      .trim()
      .split(/[ \t]+/)
      .map(unquoted);
  if (!line.includes('"')) return line.split(delimiter).map((cell) => cell.trim());
  const cells: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let i = 0; i <= line.length; i++) {
    if (line[i] === '"') isQuoted = !isQuoted;
    if (i < line.length && (isQuoted || line[i] !== delimiter)) continue;
    cells.push(unquoted(line.slice(start, i)));
    start = i + 1;
  }
  return cells;
}

/** A line of counts in front: of rows and columns, maybe with the names of the classes (as scikit-learn has it). */
function countsOf(
  [first, ...rows]: readonly (readonly string[])[],
  notes: string[],
): Pick<Dialect, 'skip' | 'classNames'> {
  if (!first || rows.length === 0) return { skip: 0 };
  const width = commonest(rows.map((row) => row.length));
  const [count, columns, ...classNames] = first;
  const areCounts = /^\d+$/.test(count!) && (columns === undefined || /^\d+$/.test(columns));
  if (!areCounts) return { skip: 0 };
  if (first.length <= 2 && first.length !== width) {
    notes.push(`its first line, ${first.join(', ')}, counts the rows`);
    return { skip: 1 };
  }
  const areWords = classNames.length > 1 && classNames.every((word) => !isNumber(word));
  if (!areWords || Number(columns) !== width - 1) return { skip: 0 };
  notes.push(`its first line counts the rows and names the classes: ${classNames.slice(0, 5).join(', ')}`);
  return { skip: 1, classNames };
}

/** Whether the first line names the columns: words above numbers, or numbers in order. */
function isHeader(first: readonly string[], rows: readonly (readonly string[])[]): boolean {
  const words = first.filter((cell) => !isNumber(cell) && !MISSING.test(cell));
  if (words.length === 0) {
    const start = Number(first[0]);
    const count = first.every((cell, c) => cell === String(start + c));
    return count && first.length > 2 && start <= 1 && rows.length > 0;
  }
  if (rows.length === 0 || words.length === first.length) return true;
  return first.some(
    (cell, c) => words.includes(cell) && rows.some((row) => row[c] !== undefined && isNumber(row[c])),
  );
}

function checkNames(names: readonly string[], file: string, from: number): void {
  const seen = new Set<string>();
  for (const [column, title] of names.entries()) {
    const problem =
      title === ''
        ? 'it has no name: is it a row number? Leave it out'
        : !isPrintable(title)
          ? `its name has control characters: ${JSON.stringify(title.slice(0, 20))}`
          : seen.has(title)
            ? `a second column with the name ${JSON.stringify(title)}`
            : undefined;
    if (problem) throw new DataError(`${file}: line 1, column ${column + from + 1}: ${problem}`);
    seen.add(title);
  }
}

function commonest(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}
