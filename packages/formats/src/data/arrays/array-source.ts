import { DataError } from '@longhand/core';

/** How an element lies in a file: `u` unsigned, `i` signed, `f` floating point, `b` true or false; its bytes. */
export type ElementType = 'b1' | 'u1' | 'i1' | 'u2' | 'i2' | 'f2' | 'u4' | 'i4' | 'f4' | 'u8' | 'i8' | 'f8';

/** An array in a file: its header is read, its elements are not yet. */
export interface ArraySource {
  /** For messages: the path, and the name of the array where a file has several: `mnist.npz: x_train`. */
  readonly name: string;
  /** What tells its role: the name of the array, or of the file. */
  readonly title: string;
  /** Where it lies: arrays of one folder belong together. */
  readonly path: string;
  readonly shape: readonly number[];
  readonly type: ElementType | 'text';
  /** Bytes of an element; of a text, of all its characters. */
  readonly elementSize: number;
  readonly isLittleEndian: boolean;
  /** Whether the first index runs fastest, as in Fortran. */
  readonly isFortran: boolean;
  /** Whether the pictures lie column by column, as MATLAB has them. */
  readonly isByColumns?: boolean;
  /** Of texts: characters of 4 bytes instead of one. */
  readonly isWide?: boolean;
  /** The bytes of the elements, exactly as many as the shape needs. */
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** How many elements a shape has. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Elements that are read at a time. */
const PART = 1 << 16;

/**
 * The elements in the order of the file, in parts. A part is valid until the next is asked for.
 *
 * @throws DataError for a number too large to be held
 */
export async function* elementsOf(source: ArraySource): AsyncGenerator<Float64Array> {
  const { type, elementSize, isLittleEndian } = source;
  if (type === 'text') throw new DataError(`${source.name}: holds texts: expected numbers`);
  const read = readerOf(type, isLittleEndian);
  const part = new Float64Array(PART);
  /** What is left of an element that two chunks share. */
  const held = new Uint8Array(elementSize);
  let holds = 0;
  for await (const chunk of source.open()) {
    let at = 0;
    let filled = 0;
    if (holds > 0) {
      at = Math.min(elementSize - holds, chunk.length);
      held.set(chunk.subarray(0, at), holds);
      holds += at;
      if (holds < elementSize) continue;
      part[filled++] = read(new DataView(held.buffer), 0);
      holds = 0;
    }
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (; at + elementSize <= chunk.length; at += elementSize) {
      part[filled++] = read(view, at);
      if (filled === PART) {
        yield part;
        filled = 0;
      }
    }
    holds = chunk.length - at;
    held.set(chunk.subarray(at));
    if (filled > 0) yield part.subarray(0, filled);
  }
}

function readerOf(type: ElementType, little: boolean): (view: DataView, at: number) => number {
  switch (type) {
    case 'b1':
    case 'u1':
      return (view, at) => view.getUint8(at);
    case 'i1':
      return (view, at) => view.getInt8(at);
    case 'u2':
      return (view, at) => view.getUint16(at, little);
    case 'i2':
      return (view, at) => view.getInt16(at, little);
    case 'f2':
      return (view, at) => halfOf(view.getUint16(at, little));
    case 'u4':
      return (view, at) => view.getUint32(at, little);
    case 'i4':
      return (view, at) => view.getInt32(at, little);
    case 'f4':
      return (view, at) => view.getFloat32(at, little);
    case 'u8':
      return (view, at) => Number(view.getBigUint64(at, little));
    case 'i8':
      return (view, at) => Number(view.getBigInt64(at, little));
    case 'f8':
      return (view, at) => view.getFloat64(at, little);
  }
}

/** A 16-bit float (IEEE 754 binary16). */
function halfOf(bits: number): number {
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits >>> 15 === 1 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
