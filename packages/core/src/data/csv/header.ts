import { DataError } from '../../errors.js';
import { isPrintable } from '../class-names.js';

export const NEWLINE = 0x0a;
export const RETURN = 0x0d;

const EXPECTED = 'expected a header that names the columns, such as label,pixel0,pixel1,…';
/** A first line longer than this is not a header. */
const LONGEST_HEADER = 1 << 20;
/** Names of the label column, in order of preference, in capitals or not. */
const LABEL_NAMES = ['label', 'class', 'target', 'y'];
/** A decimal number in a cell. */
export const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The columns that a header names. */
export interface CsvColumns {
  /** The names of all columns, in their order. */
  readonly names: readonly string[];
  /** The index of the label column. */
  readonly label: number;
  /** Whether the label column was found by its name. Otherwise it is the first column. */
  readonly isLabelNamed: boolean;
  /** Whether the others are `pixel0`, `pixel1` …, so their values must be bytes. */
  readonly arePixels: boolean;
}

/** The first line, assembled from chunks. */
export class CsvHeader {
  readonly #name: string;
  #bytes = new Uint8Array();

  constructor(name: string) {
    this.#name = name;
  }

  /**
   * What follows the first line, starting with the byte that ends it. `undefined` until the line
   * has ended.
   */
  push(chunk: Uint8Array): Uint8Array | undefined {
    const end = chunk.findIndex((byte) => byte === NEWLINE || byte === RETURN);
    const line = end < 0 ? chunk : chunk.subarray(0, end);
    const joined = new Uint8Array(this.#bytes.length + line.length);
    joined.set(this.#bytes);
    joined.set(line, this.#bytes.length);
    this.#bytes = joined;
    if (joined.length > LONGEST_HEADER) {
      throw new DataError(
        `${this.#name}: line 1: ${EXPECTED}, found a line of more than ${LONGEST_HEADER} bytes`,
      );
    }
    return end < 0 ? undefined : chunk.subarray(end);
  }

  /**
   * @param features names that are never the label's
   * @throws DataError that names the first wrong column
   */
  read(features: readonly string[]): CsvColumns {
    if (this.#bytes.length === 0) {
      throw new DataError(`${this.#name}: the file is empty: ${EXPECTED}`);
    }
    // The decoder drops a byte order mark.
    return readColumns(new TextDecoder().decode(this.#bytes), this.#name, features);
  }
}

function readColumns(line: string, name: string, features: readonly string[]): CsvColumns {
  const names = line.match(/("([^"]|"")*"|[^,"])*(,|$)/g)!.map((cell) => unquoted(cell.replace(/,$/, '')));
  // The last match is the empty end of the line.
  if (!line.endsWith(',')) names.pop();
  const fail = (column: number, problem: string): never => {
    throw new DataError(`${name}: line 1, column ${column + 1}: ${problem}`);
  };
  if (names.every((text) => NUMBER.test(text))) fail(0, `${EXPECTED}, found ${shown(names[0]!)}`);
  if (names.length === 1) {
    const mark = /[;\t|]/.exec(line)?.[0];
    fail(
      0,
      `expected columns separated by commas, found one alone${mark ? `: are they separated by ${JSON.stringify(mark)}?` : ''}`,
    );
  }
  for (const [column, title] of names.entries()) {
    if (title === '') fail(column, 'it has no name: is it a row number? Leave it out');
    if (!isPrintable(title)) fail(column, `its name has control characters: ${shown(title)}`);
    if (names.indexOf(title) < column) fail(column, `a second column with the name ${shown(title)}`);
  }
  const places = names.map((_, column) => column).filter((column) => !features.includes(names[column]!));
  const named = LABEL_NAMES.map((word) =>
    places.find((column) => names[column]!.toLowerCase() === word),
  ).find((column) => column !== undefined);
  const label = named ?? places[0];
  if (label === undefined || (named === undefined && names[0] === 'pixel0')) {
    return fail(
      0,
      `expected a column of labels, found ${shown(names[0]!)}: these rows have no labels, as in the test.csv of a competition`,
    );
  }
  const others = names.filter((_, column) => column !== label);
  const arePixels = others.every((title) => /^pixel\d+$/.test(title));
  if (arePixels) {
    const first = others[0] === 'pixel1' ? 1 : 0;
    const at = others.findIndex((title, i) => title !== `pixel${first + i}`);
    if (at >= 0) {
      fail(
        names.indexOf(others[at]!),
        `expected pixel${first + at}, found ${others[at]}: is a column missing?`,
      );
    }
    if (!Number.isInteger(Math.sqrt(others.length))) {
      fail(
        names.length - 1,
        `${others.length} columns of pixels: expected as many as a square picture has, such as 784: is one missing?`,
      );
    }
  }
  return { names, label, isLabelNamed: named !== undefined, arePixels };
}

/** A cell without the quotes and spaces around it. */
export function unquoted(cell: string): string {
  const text = cell.trim();
  return /^".*"$/s.test(text) ? text.slice(1, -1).replaceAll('""', '"').trim() : text;
}

/** A cell for an error message: its beginning, in quotes. */
export function shown(text: string): string {
  return text === '' ? 'nothing' : JSON.stringify(text.length > 20 ? `${text.slice(0, 20)}…` : text);
}
