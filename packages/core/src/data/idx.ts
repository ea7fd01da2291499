import { DataError } from '../errors.js';
import { Dataset } from './dataset.js';
import { requireBytes } from './require-bytes.js';

/**
 * Magic numbers of the format (http://yann.lecun.com/exdb/mnist): unsigned bytes in 3 dimensions,
 * in 2, and in 1.
 */
const IMAGES_MAGIC = 0x00000803;
const ROWS_MAGIC = 0x00000802;
const LABELS_MAGIC = 0x00000801;

/** The pictures of an IDX file. */
export interface IdxImages {
  /** How many pictures there are. */
  readonly count: number;
  /** Pixels in a row. */
  readonly width: number;
  /** Rows of a picture. */
  readonly height: number;
  /** A view of the file's bytes. */
  readonly pixels: Uint8Array;
}

/**
 * Reads the pictures of an uncompressed IDX file. In a file with two dimensions, each row is a
 * picture of one line.
 *
 * @param name the file's name, for the errors
 * @throws DataError if it is not such a file, cut short or too long
 */
export function readIdxImages(bytes: Uint8Array, name: string): IdxImages {
  requireBytes(bytes, name);
  const magic = bytes[3] === 2 ? ROWS_MAGIC : IMAGES_MAGIC;
  const sizes = readHeader(bytes, name, magic, 'image') as [number, number, number?];
  const count = sizes[0];
  const [height, width] = sizes.length === 2 ? [1, sizes[1]] : [sizes[1], sizes[2]!];
  const pixels = readBody(
    bytes,
    name,
    4 + 4 * sizes.length,
    count * height * width,
    `${count} pictures of ${width} × ${height}`,
  );
  return { count, width, height, pixels };
}

/**
 * Reads the labels of an uncompressed IDX file, as a view of the file's bytes.
 *
 * @param name the file's name, for the errors
 * @throws DataError if it is not such a file, cut short or too long
 */
export function readIdxLabels(bytes: Uint8Array, name: string): Uint8Array {
  const [count] = readHeader(bytes, name, LABELS_MAGIC, 'label') as [number];
  return readBody(bytes, name, 8, count, `${count} labels`);
}

/** An IDX file of pictures with its file of labels, both uncompressed. */
export interface IdxPair {
  /** The bytes of the pictures' file. */
  readonly images: Uint8Array;
  /** Its name, for the errors. */
  readonly imagesName: string;
  /** The bytes of the labels' file. */
  readonly labels: Uint8Array;
  /** Its name, for the errors. */
  readonly labelsName: string;
  /** Default: the digits 0–9. */
  readonly classNames?: readonly string[];
}

/**
 * Reads a dataset from two uncompressed IDX files. Their bytes are not copied.
 *
 * @throws DataError if one of the files is wrong, their counts differ, or a label has no class
 */
export function readIdx({ images, imagesName, labels, labelsName, classNames }: IdxPair): Dataset {
  const { count, width, height, pixels } = readIdxImages(images, imagesName);
  const classes = readIdxLabels(labels, labelsName);
  if (classes.length !== count) {
    throw new DataError(
      `${labelsName}: ${classes.length} labels, but ${imagesName} has ${count} pictures: do the files belong together?`,
    );
  }
  const names = classNames ?? Array.from({ length: 10 }, (_, digit) => String(digit));
  const wrong = classes.findIndex((label) => label >= names.length);
  if (wrong >= 0) {
    throw new DataError(
      `${labelsName}: label ${classes[wrong]} of example ${wrong}: expected a class from 0 to ${names.length - 1}: do the files belong together?`,
    );
  }
  return new Dataset({ pixels, labels: classes, width, height, classNames: names });
}

function readHeader(bytes: Uint8Array, name: string, magic: number, kind: 'image' | 'label'): number[] {
  requireBytes(bytes, name);
  const expected = `expected an IDX ${kind} file (magic 0x${hex(magic)})`;
  if (bytes.length < 4)
    throw new DataError(`${name}: ${expected}, found ${bytes.length} bytes: the file is cut short`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = view.getUint32(0);
  if (found !== magic) throw new DataError(`${name}: ${expected}, found 0x${hex(found)}${hint(found, kind)}`);
  const dimensions = magic & 0xff;
  if (bytes.length < 4 + 4 * dimensions) {
    throw new DataError(`${name}: the header is cut short after ${bytes.length} bytes: fetch the file again`);
  }
  return Array.from({ length: dimensions }, (_, d) => view.getUint32(4 + 4 * d));
}

function hint(found: number, kind: 'image' | 'label'): string {
  if (found >>> 16 === 0x1f8b) return ': is it compressed twice?';
  if (found === (kind === 'image' ? LABELS_MAGIC : IMAGES_MAGIC)) {
    return `: these are ${kind === 'image' ? 'labels, not images' : 'images, not labels'}`;
  }
  return '';
}

function readBody(bytes: Uint8Array, name: string, from: number, length: number, what: string): Uint8Array {
  const found = bytes.length - from;
  if (found !== length) {
    const state = found < length ? 'cut short' : 'too long';
    throw new DataError(
      `${name}: the header promises ${what} (${length} bytes), found ${found} bytes: the file is ${state}`,
    );
  }
  return bytes.subarray(from);
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
