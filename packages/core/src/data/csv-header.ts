import { DataError } from '../errors.js';

export const NEWLINE = 0x0a;
export const RETURN = 0x0d;

const EXPECTED = 'expected the header label,pixel0,pixel1,…';
/** A first line longer than this is no header. */
const LONGEST_HEADER = 1 << 20;

/** The first line, put together from chunks. */
export class CsvHeader {
  readonly #name: string;
  #bytes = new Uint8Array();

  constructor(name: string) {
    this.#name = name;
  }

  /** What follows the first line, from the byte that ends it on; `undefined` while the line has not ended. */
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

  /** The number of pixels that the line promises each row. */
  read(): number {
    if (this.#bytes.length === 0) {
      throw new DataError(`${this.#name}: the file is empty: ${EXPECTED}`);
    }
    // The decoder drops a byte order mark.
    return readCsvHeader(new TextDecoder().decode(this.#bytes), this.#name);
  }
}

/**
 * The number of pixels that a header `label,pixel0,…,pixelN` promises each row.
 *
 * @param line the first line, without its end
 * @param name of the file, for the errors
 * @throws DataError naming the first column that is not what it should be
 */
function readCsvHeader(line: string, name: string): number {
  const [first, ...pixels] = line.split(',');
  if (first !== 'label') {
    const hint = first === 'pixel0' ? ': these rows have no labels, as in the test.csv of a competition' : '';
    throw new DataError(
      `${name}: line 1, column 1: ${EXPECTED}, found ${JSON.stringify(shorten(first!))}${hint}`,
    );
  }
  const wrong = pixels.findIndex((title, i) => title !== `pixel${i}`);
  if (wrong >= 0) {
    throw new DataError(
      `${name}: line 1, column ${wrong + 2}: expected "pixel${wrong}" in the header, found ${JSON.stringify(shorten(pixels[wrong]!))}`,
    );
  }
  if (pixels.length === 0) throw new DataError(`${name}: line 1, column 2: ${EXPECTED}, found no pixels`);
  return pixels.length;
}

/**
 * The side of a square picture.
 *
 * @throws DataError when no square has so many pixels
 */
export function sideOfSquare(pixels: number, name: string): number {
  const side = Math.sqrt(pixels);
  if (!Number.isInteger(side)) {
    throw new DataError(
      `${name}: line 1: the header has ${pixels} pixels, which make no square picture: expected 784 for 28 × 28`,
    );
  }
  return side;
}

function shorten(text: string): string {
  return text.length > 20 ? `${text.slice(0, 20)}…` : text;
}
