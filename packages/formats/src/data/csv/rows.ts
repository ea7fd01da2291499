import { DataError } from '@longhand/core';

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;
const SPACE = 0x20;
const TAB = 0x09;
const ZERO = 0x30;
const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const COMMA = 0x2c;

/** Products of so many digits and powers of ten up to here are exact, so that their quotient is rounded once. */
const EXACT_DIGITS = 15;
const POWERS = Float64Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));
/** The longest row, in bytes. Without a limit, a quote that is never closed would take in the whole file. */
const LONGEST_ROW = 1 << 24;
/** The longest cell. */
const LONGEST_CELL = 1000;
/** A decimal number in a cell, with a point. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

const DECODER = new TextDecoder();

/** How the cells of a table are told apart. */
export interface Separators {
  /** What stands between cells; a space stands for any number of spaces and tabs. */
  readonly delimiter: ',' | ';' | '\t' | '|' | ' ';
  /** Whether numbers have a comma where English has a point. */
  readonly hasDecimalComma: boolean;
}

/** What a row is given to. */
export interface RowSink {
  /**
   * @param values a number for each cell, NaN where it is none
   * @param texts of each cell that is no number, its text
   * @param count how many cells the row has; the arrays may be longer
   * @param line of the file, from 1
   */
  row(values: Float64Array, texts: readonly (string | undefined)[], count: number, line: number): void;
}

/**
 * Reads rows of cells from UTF-8. Plain numbers never become strings, which is faster. Empty lines do not count.
 *
 * @param skip lines at the start that are no rows
 * @throws DataError for a cell or row without an end, and what the sink throws
 */
export async function readRows(
  chunks: AsyncIterable<Uint8Array>,
  separators: Separators,
  { name, skip, sink }: { readonly name: string; readonly skip: number; readonly sink: RowSink },
): Promise<void> {
  const rows = new RowReader(separators, name, skip, sink);
  let rest = new Uint8Array();
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (rest.length > 0) {
      bytes = new Uint8Array(rest.length + chunk.length);
      bytes.set(rest);
      bytes.set(chunk, rest.length);
    }
    rest = bytes.slice(rows.read(bytes, false));
    if (rest.length > LONGEST_ROW)
      throw new DataError(`${name}: line ${rows.line}: longer than 16 MB: is a quote never closed?`);
  }
  rows.read(rest, true);
}

class RowReader {
  readonly #name: string;
  readonly #sink: RowSink;
  readonly #delimiter: number;
  readonly #decimal: number;
  readonly #isSpaced: boolean;
  readonly #hasDecimalComma: boolean;
  #skip: number;
  #values: Float64Array = new Float64Array(1024);
  readonly #texts: (string | undefined)[] = [];
  /** The columns of the row that have a text. */
  readonly #written: number[] = [];
  line = 1;

  constructor({ delimiter, hasDecimalComma }: Separators, name: string, skip: number, sink: RowSink) {
    this.#name = name;
    this.#sink = sink;
    this.#skip = skip;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#decimal = hasDecimalComma ? COMMA : POINT;
    this.#hasDecimalComma = hasDecimalComma;
    this.#isSpaced = delimiter === ' ';
  }

  /** Reads whole rows, and returns where the first begins that has no end yet. */
  read(bytes: Uint8Array, isLast: boolean): number {
    let at = 0;
    while (at < bytes.length) {
      const next = this.#skip > 0 ? this.#skipLine(bytes, at, isLast) : this.#row(bytes, at, isLast);
      if (next < 0) return at;
      at = next;
    }
    return at;
  }

  #skipLine(bytes: Uint8Array, from: number, isLast: boolean): number {
    const end = endOfLine(bytes, from);
    if (end < 0 || (bytes[end] === RETURN && end + 1 === bytes.length && !isLast))
      return isLast ? bytes.length : -1;
    if (end > from) this.#skip--;
    this.line++;
    return bytes[end] === RETURN && bytes[end + 1] === NEWLINE ? end + 2 : end + 1;
  }

  /** Reads the row at `from`. Returns where the next begins; −1 if the row has no end. */
  #row(bytes: Uint8Array, from: number, isLast: boolean): number {
    const { length } = bytes;
    const delimiter = this.#delimiter;
    const decimal = this.#decimal;
    const isSpaced = this.#isSpaced;
    let values = this.#values;
    let at = from;
    let column = 0;
    let lines = 0;
    for (;;) {
      while (at < length && (bytes[at] === SPACE || (isSpaced && bytes[at] === TAB))) at++;
      let i = at;
      let byte = i < length ? bytes[i]! : NEWLINE;
      const isNegative = byte === MINUS;
      if (isNegative || byte === PLUS) byte = ++i < length ? bytes[i]! : NEWLINE;
      let mantissa = 0;
      let digits = 0;
      let significant = 0;
      let decimals = 0;
      for (let digit = byte - ZERO; digit >= 0 && digit <= 9; digit = byte - ZERO) {
        mantissa = mantissa * 10 + digit;
        if (mantissa > 0) significant++;
        digits++;
        byte = ++i < length ? bytes[i]! : NEWLINE;
      }
      if (byte === decimal && decimal !== delimiter) {
        const start = i + 1;
        byte = ++i < length ? bytes[i]! : NEWLINE;
        for (let digit = byte - ZERO; digit >= 0 && digit <= 9; digit = byte - ZERO) {
          mantissa = mantissa * 10 + digit;
          if (mantissa > 0) significant++;
          digits++;
          byte = ++i < length ? bytes[i]! : NEWLINE;
        }
        decimals = i - start;
      }
      const isEnd = byte === delimiter || byte === NEWLINE || byte === RETURN || (isSpaced && byte === TAB);
      if (column === values.length) values = this.#widen();
      if (isEnd && digits > 0 && significant <= EXACT_DIGITS && decimals <= 22) {
        const value = decimals === 0 ? mantissa : mantissa / POWERS[decimals]!;
        values[column] = isNegative ? -value : value;
      } else {
        const end = this.#endOfCell(bytes, at, isLast);
        if (end < 0) return -1;
        for (let k = at; k < end; k++) if (bytes[k] === NEWLINE) lines++;
        if (end - at > LONGEST_CELL) this.#fail(column, 'more than 1000 bytes: is its quote closed?');
        i = end;
        const text = unquoted(DECODER.decode(bytes.subarray(at, end)));
        const number = this.#numberOf(text);
        values[column] = number;
        if (Number.isNaN(number)) {
          // A line of spaces, or the spaces behind the last cell.
          const isNothing = text === '' && (isSpaced || column === 0) && (i >= length || isBreak(bytes[i]!));
          if (isNothing) column--;
          else {
            this.#texts[column] = text;
            this.#written.push(column);
          }
        }
      }
      if (i >= length && !isLast) return this.#undo();
      column++;
      const last = i < length ? bytes[i]! : NEWLINE;
      if (isBreak(last)) {
        if (last === RETURN && i + 1 === length && !isLast) return this.#undo();
        if (column > 0) this.#sink.row(values, this.#texts, column, this.line);
        this.#undo();
        this.line += 1 + lines;
        return last === RETURN && bytes[i + 1] === NEWLINE ? i + 2 : i + 1;
      }
      at = i + 1;
    }
  }

  /** Forgets the texts of the row. */
  #undo(): number {
    for (const column of this.#written) this.#texts[column] = undefined;
    this.#written.length = 0;
    return -1;
  }

  /** Where a cell ends: at a delimiter or a line's end outside of quotes; −1 if it has no end yet. */
  #endOfCell(bytes: Uint8Array, from: number, isLast: boolean): number {
    let isQuoted = false;
    for (let i = from; i < bytes.length; i++) {
      const byte = bytes[i]!;
      // Inside a quoted cell, a doubled quote closes and opens.
      if (byte === QUOTE && (i === from || isQuoted || bytes[i - 1] === QUOTE)) isQuoted = !isQuoted;
      else if (!isQuoted && (byte === this.#delimiter || isBreak(byte) || (this.#isSpaced && byte === TAB)))
        return i;
      if (isQuoted && i - from > LONGEST_CELL) this.#fail(0, 'more than 1000 bytes: is its quote closed?');
    }
    if (!isLast) {
      this.#undo();
      return -1;
    }
    if (isQuoted) this.#fail(0, 'the quote is never closed');
    return bytes.length;
  }

  #numberOf(text: string): number {
    const english = this.#hasDecimalComma ? text.replace(',', '.') : text;
    if (this.#hasDecimalComma && text.includes('.')) return Number.NaN;
    const value = NUMBER.test(english) ? Number(english) : Number.NaN;
    return Number.isFinite(value) ? value : Number.NaN;
  }

  #widen(): Float64Array {
    const wider = new Float64Array(2 * this.#values.length);
    wider.set(this.#values);
    this.#values = wider;
    return wider;
  }

  #fail(column: number, problem: string): never {
    const place = column > 0 ? `, column ${column + 1}` : '';
    throw new DataError(`${this.#name}: line ${this.line}${place}: ${problem}`);
  }
}

function isBreak(byte: number): boolean {
  return byte === NEWLINE || byte === RETURN;
}

function endOfLine(bytes: Uint8Array, from: number): number {
  for (let i = from; i < bytes.length; i++) if (isBreak(bytes[i]!)) return i;
  return -1;
}

/** A cell without the quotes and spaces around it. */
export function unquoted(cell: string): string {
  const text = cell.trim();
  return /^".*"$/s.test(text) ? text.slice(1, -1).replaceAll('""', '"').trim() : text;
}
