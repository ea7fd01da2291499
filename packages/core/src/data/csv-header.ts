import { DataError } from '../errors.js';

const EXPECTED = 'expected the header label,pixel0,pixel1,…';

/**
 * The number of pixels that a header `label,pixel0,…,pixelN` promises each row.
 *
 * @param line the first line, without its end
 * @param name of the file, for the errors
 * @throws DataError naming the first column that is not what it should be
 */
export function readCsvHeader(line: string, name: string): number {
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
