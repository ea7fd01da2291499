import { halfFloat } from './arrays/npy.js';

/** The bytes that a number of each type takes, for types that can be parameters. */
export const FLOAT_BYTES: Readonly<Record<string, number>> = { F64: 8, F32: 4, F16: 2, BF16: 2 };

/** Little-endian numbers of a type, as floats that hold them exactly. */
export function floatsOf(bytes: Uint8Array, type: string): Float32Array | Float64Array {
  const size = FLOAT_BYTES[type]!;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = Math.floor(bytes.length / size);
  const values = type === 'F64' ? new Float64Array(count) : new Float32Array(count);
  const word = new DataView(new ArrayBuffer(4));
  for (let i = 0; i < count; i++) {
    if (type === 'F64') values[i] = view.getFloat64(8 * i, true);
    else if (type === 'F32') values[i] = view.getFloat32(4 * i, true);
    else if (type === 'F16') values[i] = halfFloat(view.getUint16(2 * i, true));
    else {
      // The upper half of a 32-bit float.
      word.setUint16(0, view.getUint16(2 * i, true));
      values[i] = word.getFloat32(0);
    }
  }
  return values;
}
