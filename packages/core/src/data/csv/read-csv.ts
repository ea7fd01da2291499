import { DataError } from '../../errors.js';
import { Dataset } from '../dataset.js';
import { byteOf, type Feature } from '../feature.js';
import { chunksOf } from '../require-bytes.js';
import { CsvClasses } from './csv-classes.js';
import { type CsvColumns, CsvHeader, NEWLINE, NUMBER, RETURN, shown, unquoted } from './header.js';
import { type KnownData, placeColumns } from './known-data.js';

const COMMA = 0x2c;
const QUOTE = 0x22;
const ZERO = 0x30;

/** How many rows there is room for at first. The room doubles when it is full. */
const FIRST_ROWS = 1024;
/**
 * The longest cell, in bytes. Without a limit, a quote that is never closed would take in the whole
 * file.
 */
const LONGEST_CELL = 1000;

/**
 * Reads a dataset from a CSV file: a header that names the columns, then one row for each example.
 * The labels are in the column called label, class, target or y (in this order of preference), or
 * else in the first column. They are integers or words, with up to 256 different values. All other
 * columns are features and must be finite numbers. The file is read as a stream: only its numbers
 * are kept.
 *
 * If all features are integers from 0 to 255, they stay as they are. If, in addition, their number
 * is a square and their names end with numbers (`pixel0`), they are square pictures. Other features
 * become bytes, column by column (`Feature`), in a picture of 1 × n.
 *
 * @param chunks the file's bytes, as a stream that is cut at any place, or in memory:
 *   UTF-8 with or without a byte order mark, lines that end with LF or CRLF, commas between cells, cells in double quotes or not
 * @param name the file's name, for the errors
 * @param known reads the file in the same way as these data: with their classes and their ranges of
 *   the columns. The columns can be in another order.
 * @throws DataError that names the line and column of the first wrong cell
 */
export async function readCsv(
  chunks: AsyncIterable<Uint8Array> | Uint8Array | ArrayBuffer,
  name: string,
  known?: KnownData,
): Promise<Dataset> {
  const header = new CsvHeader(name);
  const begin = () =>
    new Rows(header.read(known?.features?.map((feature) => feature.name) ?? []), name, known);
  let rows: Rows | undefined;
  for await (const chunk of chunksOf(chunks, name)) {
    if (rows) {
      rows.push(chunk);
      continue;
    }
    const rest = header.push(chunk);
    if (rest) {
      rows = begin();
      rows.push(rest);
    }
  }
  rows ??= begin();
  return rows.finish();
}

/**
 * Reads the rows below the header byte by byte. Small integers never become strings, which is
 * faster.
 */
class Rows {
  readonly #name: string;
  readonly #columns: CsvColumns;
  readonly #known: KnownData | undefined;
  readonly #inputs: number;
  /** For each column, the index of its feature; −1 for the labels. */
  readonly #places: Int32Array;
  /** Whether all values must be bytes. */
  readonly #isStrict: boolean;
  /** Bytes, until the first number that is not a byte. */
  #values: Uint8Array | Float64Array;
  #labels = new Uint8Array(FIRST_ROWS);
  readonly #classes: CsvClasses;
  #count = 0;
  #line = 1;
  #column = 0;
  #value = 0;
  #digits = 0;
  /** The bytes so far of a cell that is not an integer from 0 to 255. */
  #text: number[] | undefined;
  /** Whether a quote is open. Commas and line ends are then part of the text. */
  #isQuoted = false;
  #afterReturn = false;

  constructor(columns: CsvColumns, name: string, known: KnownData | undefined) {
    this.#name = name;
    this.#columns = columns;
    this.#known = known;
    this.#inputs = columns.names.length - 1;
    this.#places = placeColumns(columns, name, known);
    this.#isStrict = known ? !known.features : columns.arePixels;
    this.#values = new Uint8Array(FIRST_ROWS * this.#inputs);
    this.#classes = new CsvClasses(columns, known);
  }

  push(chunk: Uint8Array): void {
    const places = this.#places;
    const last = this.#inputs;
    let values = this.#values;
    let at = this.#count * this.#inputs;
    let [column, value, digits] = [this.#column, this.#value, this.#digits];
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      const digit = byte - ZERO;
      const isEnd = byte === COMMA || byte === NEWLINE || byte === RETURN;
      if (digit >= 0 && digit <= 9 && this.#text === undefined) {
        value = value * 10 + digit;
        digits++;
        if (value > 255) this.#text = digitsOf(value, digits);
      } else if (
        byte === COMMA &&
        this.#text === undefined &&
        digits > 0 &&
        column < last &&
        places[column]! >= 0
      ) {
        values[at + places[column]!] = value;
        column++;
        value = 0;
        digits = 0;
      } else if (isEnd && !this.#isQuoted) {
        [this.#column, this.#value, this.#digits] = [column, value, digits];
        if (byte === COMMA) this.#endCell();
        else this.#endLine(byte);
        values = this.#values;
        at = this.#count * this.#inputs;
        [column, value, digits] = [this.#column, 0, 0];
      } else {
        [this.#column, this.#value, this.#digits] = [column, value, digits];
        this.#addToText(byte);
      }
    }
    [this.#column, this.#value, this.#digits] = [column, value, digits];
  }

  finish(): Dataset {
    if (this.#isQuoted) this.#fail('the quote is never closed');
    this.#endLine(NEWLINE);
    if (this.#count === 0) {
      throw new DataError(`${this.#name}: a header but no rows: expected one row an example`);
    }
    const { classNames, order } = this.#classes.sorted();
    const { width, height, features } = this.#shape();
    return new Dataset({
      pixels: this.#bytes(features),
      labels: this.#labels.subarray(0, this.#count).map((label) => order[label]!),
      width,
      height,
      classNames,
      ...(features ? { features } : {}),
    });
  }

  #addToText(byte: number): void {
    this.#text ??= digitsOf(this.#value, this.#digits);
    if (byte === NEWLINE) this.#line++;
    if (byte === QUOTE && (this.#isQuoted || isSpace(this.#text) || this.#text.includes(QUOTE)))
      this.#isQuoted = !this.#isQuoted;
    if (this.#text.length === LONGEST_CELL) {
      this.#fail(`more than ${LONGEST_CELL} bytes${this.#isQuoted ? ': is its quote closed?' : ''}`);
    }
    this.#text.push(byte);
  }

  #endCell(): void {
    if (this.#column > this.#inputs) {
      this.#fail(`expected ${this.#inputs + 1} columns, as in the header, found more`);
    }
    const isByte = this.#text === undefined && this.#digits > 0;
    const text = isByte ? String(this.#value) : unquoted(decoded(this.#text ?? []));
    const place = this.#places[this.#column]!;
    if (place < 0) {
      const label = this.#classes.labelOf(text);
      this.#labels[this.#count] = typeof label === 'number' ? label : this.#fail(label.problem);
    } else this.#store(place, isByte ? this.#value : this.#numberOf(text));
    this.#column++;
    this.#value = 0;
    this.#digits = 0;
    this.#text = undefined;
  }

  #store(place: number, value: number): void {
    // Most files have only bytes. The others are copied into eight times the room here.
    if (this.#values instanceof Uint8Array && !(Number.isInteger(value) && value >= 0 && value <= 255)) {
      this.#values = Float64Array.from(this.#values);
    }
    this.#values[this.#count * this.#inputs + place] = value;
  }

  #numberOf(text: string): number {
    const value = Number(text);
    const good = this.#isStrict
      ? /^\d+$/.test(text) && value <= 255
      : NUMBER.test(text) && Number.isFinite(value);
    if (good) return value;
    const expected = this.#isStrict ? 'a whole number from 0 to 255' : 'a finite number';
    const isWord = /^\p{L}{2}/u.test(text) && !this.#columns.isLabelNamed && !this.#known;
    const advice = isWord
      ? `: the labels are taken from ${shown(this.#title(this.#columns.label))}; name the column of labels label`
      : '';
    return this.#fail(`expected ${expected}, found ${shown(text)}${advice}`);
  }

  #endLine(byte: number): void {
    const secondHalf = byte === NEWLINE && this.#afterReturn && this.#isBlank();
    this.#afterReturn = byte === RETURN;
    if (secondHalf) return;
    if (!this.#isBlank()) {
      this.#endCell();
      if (this.#column <= this.#inputs) {
        this.#fail(`missing: expected ${this.#inputs + 1} columns, found ${this.#column}`);
      }
      this.#count++;
      this.#column = 0;
      if (this.#count === this.#labels.length) this.#grow();
    }
    this.#line++;
  }

  #isBlank(): boolean {
    return this.#column === 0 && this.#digits === 0 && this.#text === undefined;
  }

  #grow(): void {
    const values = this.#values;
    this.#values = new (values instanceof Uint8Array ? Uint8Array : Float64Array)(2 * values.length);
    this.#values.set(values);
    const labels = this.#labels;
    this.#labels = new Uint8Array(2 * labels.length);
    this.#labels.set(labels);
  }

  #shape(): Pick<KnownData, 'width' | 'height' | 'features'> {
    if (this.#known) return this.#known;
    const names = this.#columns.names.filter((_, column) => column !== this.#columns.label);
    const side = Math.sqrt(names.length);
    const areBytes = this.#values instanceof Uint8Array;
    if (areBytes && Number.isInteger(side) && names.every((title) => /\d$/.test(title))) {
      return { width: side, height: side };
    }
    const features = names.map((title, place): Feature => {
      if (areBytes) return { name: title, min: 0, max: 255 };
      let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (let i = place; i < this.#count * this.#inputs; i += this.#inputs) {
        min = Math.min(min, this.#values[i]!);
        max = Math.max(max, this.#values[i]!);
      }
      return { name: title, min, max };
    });
    return { width: names.length, height: 1, features };
  }

  #bytes(features: readonly Feature[] | undefined): Uint8Array {
    const values = this.#values.subarray(0, this.#count * this.#inputs);
    if (!features) return values as Uint8Array;
    return Uint8Array.from(values, (value, i) => byteOf(value, features[i % this.#inputs]!));
  }

  #title(column: number): string {
    return this.#columns.names[column] ?? '';
  }

  #fail(problem: string): never {
    const title = this.#title(this.#column);
    const place = `line ${this.#line}, column ${this.#column + 1}${title ? ` (${title})` : ''}`;
    throw new DataError(`${this.#name}: ${place}: ${problem}`);
  }
}

function decoded(bytes: readonly number[]): string {
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

function isSpace(bytes: readonly number[]): boolean {
  return bytes.every((byte) => byte === 0x20);
}

/** The bytes of a number with this many digits, including zeros in front. */
function digitsOf(value: number, digits: number): number[] {
  return digits === 0 ? [] : Array.from(String(value).padStart(digits, '0'), (c) => c.charCodeAt(0));
}
