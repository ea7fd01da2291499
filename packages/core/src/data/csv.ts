import { DataError } from '../errors.js';
import { CsvHeader, NEWLINE, RETURN, sideOfSquare } from './csv-header.js';
import { Dataset } from './dataset.js';

const COMMA = 0x2c;
const ZERO = 0x30;

const DIGIT_CLASSES = 10;
/** Rows to make room for at first; the room doubles as it fills. */
const FIRST_ROWS = 1024;
/** Characters of a wrong cell that its error shows. */
const SHOWN_CHARACTERS = 20;

/**
 * A dataset from the file of Kaggle's Digit Recognizer: `label,pixel0,…,pixel783`, then one row an example.
 * The file streams through: only its pixels and labels are kept, a byte each. Pictures are square.
 *
 * @param chunks the file's bytes, cut anywhere: UTF-8 with or without a byte order mark, lines ended by LF or CRLF
 * @param name of the file, for the errors
 * @throws DataError naming the line and column of the first cell that is not what it should be
 */
export async function readCsv(chunks: AsyncIterable<Uint8Array>, name: string): Promise<Dataset> {
  const header = new CsvHeader(name);
  let rows: Rows | undefined;
  for await (const chunk of chunks) {
    if (rows) {
      rows.push(chunk);
      continue;
    }
    const rest = header.push(chunk);
    if (rest) {
      rows = new Rows(header.read(), name);
      rows.push(rest);
    }
  }
  rows ??= new Rows(header.read(), name);
  return rows.finish();
}

/** The rows below the header, byte by byte: no string is made but for an error. */
class Rows {
  readonly #name: string;
  readonly #inputs: number;
  readonly #side: number;
  #pixels: Uint8Array;
  #labels = new Uint8Array(FIRST_ROWS);
  #count = 0;
  #line = 1;
  /** The column being read: 0 is the label, 1 is pixel0. */
  #column = 0;
  #value = 0;
  #digits = 0;
  /** The bytes so far of a cell that is no whole number from 0 to 255. */
  #wrong: number[] | undefined;
  #afterReturn = false;

  constructor(inputs: number, name: string) {
    this.#name = name;
    this.#inputs = inputs;
    this.#side = sideOfSquare(inputs, name);
    this.#pixels = new Uint8Array(FIRST_ROWS * inputs);
  }

  push(chunk: Uint8Array): void {
    const inputs = this.#inputs;
    let pixels = this.#pixels;
    let at = this.#count * inputs - 1;
    let [column, value, digits] = [this.#column, this.#value, this.#digits];
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      const digit = byte - ZERO;
      if (digit >= 0 && digit <= 9 && this.#wrong === undefined) {
        value = value * 10 + digit;
        digits++;
        if (value > 255) this.#wrong = digitsOf(value, digits);
      } else if (byte === COMMA && this.#wrong === undefined && digits > 0 && column > 0 && column < inputs) {
        pixels[at + column] = value;
        column++;
        value = 0;
        digits = 0;
      } else if (byte === COMMA || byte === NEWLINE || byte === RETURN) {
        [this.#column, this.#value, this.#digits] = [column, value, digits];
        if (byte === COMMA) this.#endCell();
        else this.#endLine(byte);
        pixels = this.#pixels;
        at = this.#count * inputs - 1;
        [column, value, digits] = [this.#column, 0, 0];
      } else {
        this.#wrong ??= digitsOf(value, digits);
        if (this.#wrong.length <= SHOWN_CHARACTERS) this.#wrong.push(byte);
      }
    }
    [this.#column, this.#value, this.#digits] = [column, value, digits];
  }

  finish(): Dataset {
    this.#endLine(NEWLINE);
    if (this.#count === 0) {
      throw new DataError(`${this.#name}: a header but no rows: expected one row an example`);
    }
    return new Dataset({
      pixels: this.#pixels.subarray(0, this.#count * this.#inputs),
      labels: this.#labels.subarray(0, this.#count),
      width: this.#side,
      height: this.#side,
      classNames: Array.from({ length: DIGIT_CLASSES }, (_, digit) => String(digit)),
    });
  }

  #endCell(): void {
    if (this.#column > this.#inputs) {
      this.#fail(`expected ${this.#inputs + 1} columns, as in the header, found more`);
    }
    if (this.#wrong || this.#digits === 0) this.#failValue(this.#wrong ? shown(this.#wrong) : 'nothing');
    if (this.#column === 0) {
      if (this.#value >= DIGIT_CLASSES) this.#failValue(String(this.#value));
      this.#labels[this.#count] = this.#value;
    } else {
      this.#pixels[this.#count * this.#inputs + this.#column - 1] = this.#value;
    }
    this.#column++;
    this.#value = 0;
    this.#digits = 0;
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
    return this.#column === 0 && this.#digits === 0 && this.#wrong === undefined;
  }

  #grow(): void {
    this.#pixels = doubled(this.#pixels);
    this.#labels = doubled(this.#labels);
  }

  #failValue(found: string): never {
    const expected = this.#column === 0 ? 'a digit from 0 to 9' : 'a whole number from 0 to 255';
    this.#fail(`expected ${expected}, found ${found}`);
  }

  #fail(problem: string): never {
    const titles = ['label', ...Array.from({ length: this.#inputs }, (_, i) => `pixel${i}`)];
    const title = titles[this.#column];
    const place = `line ${this.#line}, column ${this.#column + 1}${title ? ` (${title})` : ''}`;
    throw new DataError(`${this.#name}: ${place}: ${problem}`);
  }
}

function shown(cell: readonly number[]): string {
  const text = new TextDecoder().decode(Uint8Array.from(cell.slice(0, SHOWN_CHARACTERS)));
  return JSON.stringify(cell.length > SHOWN_CHARACTERS ? `${text}…` : text);
}

/** The bytes of a number that had so many digits, zeros in front included. */
function digitsOf(value: number, digits: number): number[] {
  return digits === 0 ? [] : Array.from(String(value).padStart(digits, '0'), (c) => c.charCodeAt(0));
}

function doubled(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(2 * bytes.length);
  larger.set(bytes);
  return larger;
}
