import { DataError } from '@longhand/core';
import type { Dialect } from './dialect.js';
import type { RowSink } from './rows.js';

/** What one pass over a table finds out about its columns. */
export interface Survey {
  readonly rows: number;
  /** Of each column, over the cells that are numbers. */
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** Of each column, how many cells are no numbers, and the first of them. */
  readonly words: Uint32Array;
  readonly firstWord: readonly (Word | undefined)[];
  /** Whether all numbers of a column are whole. */
  readonly areWhole: Uint8Array;
  /** Whether the numbers of a column are whole, and each is larger than the one before. */
  readonly areRising: Uint8Array;
  /** Whether the numbers of a column that is called an id are whole, and no two the same. */
  readonly areIds: Uint8Array;
  /** How many different values the first and the last column have that may hold labels; `MANY` if there are more. */
  readonly kinds: { readonly first: number; readonly last: number };
  /** How many columns at the end are one-hot labels; 0 if none. */
  readonly oneHot: number;
}

/** What columns are called that name the example: `id`, `row_index`; `PassengerId`. */
const ID_NAMES = [
  /^(id|index|idx|row|key|uuid|unnamed:? ?\d*)$|[_ .-](id|index|idx|key)$/i,
  /\p{Ll}(Id|ID)$/u,
];
/** More columns, or more numbers of one, are not looked at. */
const [MAX_ID_COLUMNS, MAX_IDS] = [16, 1_000_000];

/** A cell that is no number. */
export interface Word {
  readonly text: string;
  readonly line: number;
}

/** More than a column of labels can have. */
export const MANY = 257;

/** Looks at every cell of a table. */
export class Surveyor implements RowSink {
  readonly #name: string;
  readonly #dialect: Dialect;
  readonly #width: number;
  #rows = 0;
  readonly #min: Float64Array;
  readonly #max: Float64Array;
  readonly #words: Uint32Array;
  readonly #firstWord: (Word | undefined)[] = [];
  readonly #areWhole: Uint8Array;
  readonly #areRising: Uint8Array;
  #rising: number[];
  readonly #before: Float64Array;
  /** Columns that are called ids, and their numbers, as long as no two are the same. */
  #ids: (readonly [column: number, seen: Set<number>])[];
  readonly #first = new Set<number | string>();
  readonly #last = new Set<number | string>();
  /** From the end: the farthest place of a row's last 1, and the nearest of the 1, or other number, before it. */
  #farthestOne = 0;
  #nearestOther = Number.POSITIVE_INFINITY;
  readonly #hasOne: Uint8Array;

  /** The first and the last column that may hold labels. */
  readonly #ends: readonly [number, number];

  constructor(dialect: Dialect, name: string, ends: readonly [number, number]) {
    this.#ends = ends;
    this.#name = name;
    this.#dialect = dialect;
    const width = dialect.names.length;
    this.#width = width;
    this.#min = new Float64Array(width).fill(Number.POSITIVE_INFINITY);
    this.#max = new Float64Array(width).fill(Number.NEGATIVE_INFINITY);
    this.#words = new Uint32Array(width);
    this.#areWhole = new Uint8Array(width).fill(1);
    this.#areRising = new Uint8Array(width).fill(1);
    this.#rising = Array.from({ length: width }, (_, c) => c);
    this.#before = new Float64Array(width).fill(Number.NEGATIVE_INFINITY);
    this.#hasOne = new Uint8Array(width);
    const columns = dialect.names.flatMap((title, c) => (ID_NAMES.some((id) => id.test(title)) ? [c] : []));
    this.#ids = columns.slice(0, MAX_ID_COLUMNS).map((c) => [c, new Set()]);
  }

  row(values: Float64Array, texts: readonly (string | undefined)[], count: number, line: number): void {
    const width = this.#width;
    checkWidth(this.#dialect, texts, count, line, this.#name);
    const [min, max, areWhole] = [this.#min, this.#max, this.#areWhole];
    for (let c = 0; c < width; c++) {
      const value = values[c]!;
      if (value < min[c]!) min[c] = value;
      if (value > max[c]!) max[c] = value;
      if (value % 1 !== 0) {
        if (Number.isNaN(value)) {
          this.#words[c]!++;
          this.#firstWord[c] ??= { text: texts[c] ?? '', line };
        }
        areWhole[c] = 0;
      }
    }
    if (this.#rising.length > 0) this.#look(values);
    if (this.#ids.length > 0) this.#lookAtIds(values);
    const [first, last] = this.#ends;
    if (this.#first.size < MANY) this.#first.add(texts[first] ?? values[first]!);
    if (this.#last.size < MANY) this.#last.add(texts[last] ?? values[last]!);
    if (this.#farthestOne < this.#nearestOther) this.#lookForOneHot(values);
    this.#rows++;
  }

  get survey(): Survey {
    const [min, max, words, areWhole] = [this.#min, this.#max, this.#words, this.#areWhole];
    return {
      ...{ rows: this.#rows, min, max, words, areWhole },
      firstWord: this.#firstWord,
      areRising: this.#areRising,
      areIds: Uint8Array.from(areWhole, (_, c) => (this.#ids.some(([column]) => column === c) ? 1 : 0)),
      kinds: { first: this.#first.size, last: this.#last.size },
      oneHot: this.#oneHotColumns(),
    };
  }

  #look(values: Float64Array): void {
    const before = this.#before;
    this.#rising = this.#rising.filter((c) => {
      const isRising = values[c]! > before[c]! && values[c]! % 1 === 0;
      before[c] = values[c]!;
      if (!isRising) this.#areRising[c] = 0;
      return isRising;
    });
  }

  #lookAtIds(values: Float64Array): void {
    this.#ids = this.#ids.filter(([c, seen]) => {
      const value = values[c]!;
      if (value % 1 !== 0 || seen.has(value)) return false;
      if (seen.size < MAX_IDS) seen.add(value);
      return true;
    });
  }

  #lookForOneHot(values: Float64Array): void {
    const width = this.#width;
    let one = 0;
    for (let place = 1; place <= width; place++) {
      const value = values[width - place]!;
      if (value === 0) continue;
      if (value !== 1 || one > 0) {
        if (one === 0) this.#nearestOther = 0;
        else this.#nearestOther = Math.min(this.#nearestOther, place);
        break;
      }
      one = place;
      this.#hasOne[width - place] = 1;
      this.#farthestOne = Math.max(this.#farthestOne, place);
    }
    if (one === 0) this.#nearestOther = 0;
  }

  #oneHotColumns(): number {
    const columns = this.#farthestOne;
    if (columns < 2 || columns >= this.#nearestOther || columns >= this.#width) return 0;
    return this.#hasOne.subarray(this.#width - columns).every((has) => has === 1) ? columns : 0;
  }
}

/**
 * Holds the width of a row against the header's.
 *
 * @throws DataError when the row has more or fewer cells
 */
export function checkWidth(
  { names, endsWithDelimiter, hasHeader }: Dialect,
  texts: readonly (string | undefined)[],
  count: number,
  line: number,
  file: string,
): void {
  const width = names.length;
  if (count === width || (endsWithDelimiter && count === width + 1 && texts[width] === '')) return;
  const where = hasHeader ? 'as in the header' : 'as in the first rows';
  if (count > width) {
    throw new DataError(
      `${file}: line ${line}, column ${width + 1}: expected ${width} columns, ${where}, found more`,
    );
  }
  const title = hasHeader ? ` (${names[count]})` : '';
  throw new DataError(
    `${file}: line ${line}, column ${count + 1}${title}: missing: expected ${width} columns, found ${count}`,
  );
}
