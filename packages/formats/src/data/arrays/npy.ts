import { DataError } from '@longhand/core';
import { exactly } from '../../source/exactly.js';
import { baseOf, type InputFile } from '../../source/input-file.js';
import { headOf } from '../../source/read-bytes.js';
import { type ArraySource, type ElementType, sizeOf } from './array-source.js';

// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html

/** The longest header that is read, in bytes. */
const MAX_HEADER = 1 << 16;
const MAX_DIMENSIONS = 8;
/** The longest text of a label, in bytes. */
const MAX_TEXT = 4096;

/**
 * Reads the header of an npy file, of version 1 to 3.
 *
 * @throws DataError when it is damaged, or holds Python's objects
 */
export async function npySource(file: InputFile): Promise<ArraySource> {
  const head = await headOf(file, MAX_HEADER);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const fail = (problem: string): never => {
    throw new DataError(`${file.path}: ${problem}`);
  };
  if (head.length < 12) fail('the npy header is cut short: fetch the file again');
  const version = head[6]!;
  if (version < 1 || version > 3) fail(`an npy file of version ${version}: expected 1, 2 or 3`);
  const [from, length] = version === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  const start = from + length;
  if (start > head.length) fail('the npy header is cut short, or longer than 64 kB: fetch the file again');
  const text = new TextDecoder().decode(head.subarray(from, start));
  const type = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const sizes = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(text)?.[1];
  if (type === undefined && /'descr'\s*:\s*\[/.test(text))
    return fail('an array of records: save each of its columns as an array');
  if (type === undefined || order === undefined || sizes === undefined)
    return fail('its npy header cannot be read: fetch the file again');
  const shape = sizes.split(',').flatMap((size) => (size.trim() === '' ? [] : [Number.parseInt(size, 10)]));
  if (shape.length > MAX_DIMENSIONS) fail(`${shape.length} dimensions: expected at most ${MAX_DIMENSIONS}`);
  const element = elementOf(type, fail);
  const count = sizeOf(shape);
  return {
    ...{ name: file.path, title: baseOf(file.path).replace(/\.npy$/i, ''), path: file.path, shape },
    ...element,
    isFortran: order === 'True' && shape.length > 1,
    open: exactly(file, {
      start,
      length: count * element.elementSize,
      what: `an array of the shape [${shape.join(', ')}]`,
    }),
  };
}

type Element = Pick<ArraySource, 'type' | 'elementSize' | 'isLittleEndian' | 'isWide'>;

const TYPES: readonly ElementType[] = [
  'b1',
  'u1',
  'i1',
  'u2',
  'i2',
  'f2',
  'u4',
  'i4',
  'f4',
  'u8',
  'i8',
  'f8',
];

function elementOf(descr: string, fail: (problem: string) => never): Element {
  const [, order, kind, size] = /^([<>|=])?([a-zA-Z])(\d*)$/.exec(descr) ?? [];
  const isLittleEndian = order !== '>';
  if (kind === 'O')
    fail("an array of Python's objects, which is not read: save numbers, or texts of a fixed length");
  const type = TYPES.find((one) => one === `${kind}${size}`);
  if (type) return { type, elementSize: Number(size), isLittleEndian };
  const characters = Number(size);
  if ((kind === 'U' || kind === 'S') && characters > 0 && characters <= MAX_TEXT) {
    const isWide = kind === 'U';
    return { type: 'text', elementSize: isWide ? 4 * characters : characters, isLittleEndian, isWide };
  }
  return fail(`an array of the type ${JSON.stringify(descr.slice(0, 20))}: expected numbers`);
}
