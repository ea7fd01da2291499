import { ModelError } from '@longhand/core';

/** An array of numbers in the order of C: the last index grows fastest. */
export interface NumberArray {
  readonly shape: readonly number[];
  readonly values: Float32Array | Float64Array;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** Headers are padded so that the numbers start at a multiple of this. */
const ALIGNMENT = 64;

/**
 * The array as an .npy file, version 1.0: a magic string, the length of a header that is a Python
 * dictionary, the numbers (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 *
 * @param descr of the type: `<f4`
 */
export function encodeNpy(descr: string, shape: readonly number[], bytes: Uint8Array): Uint8Array {
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const start = Math.ceil((MAGIC.length + 4 + header.length + 1) / ALIGNMENT) * ALIGNMENT;
  const file = new Uint8Array(start + bytes.length).fill(0x20, 0, start);
  file.set([...MAGIC, 1, 0]);
  new DataView(file.buffer).setUint16(8, start - 10, true);
  file.set(new TextEncoder().encode(header), 10);
  file[start - 1] = 0x0a;
  file.set(bytes, start);
  return file;
}

/** A text as an array of one Unicode string: UTF-32, little-endian. */
export function encodeNpyText(text: string): Uint8Array {
  const points = Array.from(text, (character) => character.codePointAt(0)!);
  const view = new DataView(new ArrayBuffer(4 * points.length));
  for (const [i, point] of points.entries()) view.setUint32(4 * i, point, true);
  return encodeNpy(`<U${points.length}`, [], new Uint8Array(view.buffer));
}

/**
 * Reads an .npy file of floats, or of one text.
 *
 * @returns `undefined` for an array of another type
 * @throws ModelError when it is damaged
 */
export function decodeNpy(file: Uint8Array, name: string): NumberArray | string | undefined {
  const fail = (reason: string): never => {
    throw new ModelError(`${name}: ${reason}`);
  };
  if (file.length < 12 || MAGIC.some((byte, i) => file[i] !== byte)) fail('is no .npy array');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const wide = file[6]! > 1;
  const headerAt = wide ? 12 : 10;
  const start = headerAt + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  if (start > file.length) fail('its header is cut short');
  const header = new TextDecoder('latin1').decode(file.subarray(headerAt, Math.min(start, headerAt + 1000)));
  const descr = /'descr':\s*'([^']+)'/.exec(header)?.[1];
  const dimensions = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  const fortran = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  if (descr === undefined || dimensions === undefined || fortran === undefined) return undefined;
  const shape = dimensions
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  const count = shape.reduce((product, size) => product * size, 1);
  const [, order, kind, digits] = /^([<>=|]?)([fU])(\d+)$/.exec(descr) ?? [];
  if (kind === undefined || digits === undefined) return undefined;
  const little = order !== '>';
  const bytes = kind === 'U' ? 4 * Number(digits) : Number(digits);
  const found = file.length - start;
  if (!Number.isSafeInteger(count * bytes) || found !== count * bytes)
    fail(
      `of shape (${shape.join(', ')}) needs ${count * bytes} bytes, found ${found}: it is cut short or too long`,
    );
  if (kind === 'U') {
    if (shape.length > 0) return undefined;
    const points = Array.from({ length: Number(digits) }, (_, i) => view.getUint32(start + 4 * i, little));
    if (points.some((point) => point > 0x10ffff)) fail('its text is damaged');
    return points.map((point) => String.fromCodePoint(point)).join('');
  }
  if (bytes !== 2 && bytes !== 4 && bytes !== 8) return undefined;
  const values = bytes === 8 ? new Float64Array(count) : new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const at = start + bytes * i;
    values[i] =
      bytes === 8
        ? view.getFloat64(at, little)
        : bytes === 4
          ? view.getFloat32(at, little)
          : halfFloat(view.getUint16(at, little));
  }
  if (fortran === 'False' || shape.length < 2) return { shape, values };
  if (shape.length > 2) return { shape, values };
  const [rows, cols] = shape as [number, number];
  const turned = values.slice();
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) turned[i * cols + j] = values[j * rows + i]!;
  return { shape, values: turned };
}

/** The number of a 16-bit float (IEEE 754 binary16). */
export function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
