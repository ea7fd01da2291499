import { zipSync } from 'fflate';
import { encodeNpy } from './npy.js';

/** Arrays of 64-bit floats by their names, as an npz file. The same arrays give the same bytes. */
export function writeNamedArrays(
  arrays: ReadonlyMap<string, { readonly shape: readonly number[]; readonly values: ArrayLike<number> }>,
): Uint8Array {
  const files: Record<string, Uint8Array> = {};
  for (const [name, { shape, values }] of arrays) {
    const view = new DataView(new ArrayBuffer(8 * values.length));
    for (let k = 0; k < values.length; k++) view.setFloat64(8 * k, values[k]!, true);
    files[`${name}.npy`] = encodeNpy('<f8', shape, new Uint8Array(view.buffer));
  }
  return zipSync(files, { level: 0, mtime: '1980-01-01' });
}
