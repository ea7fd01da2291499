import type { KnownFile } from '../../recognize/known-file.js';
import { baseOf } from '../../source/input-file.js';
import { filesOfZip } from '../../source/zip.js';
import type { DataOptions, ReadData } from '../read-result.js';
import type { ArraySource } from './array-source.js';
import { npySource } from './npy.js';
import { readArrays } from './read-arrays.js';

/** Reads arrays of NumPy: those of npz files and of npy files, in one file or in several. */
export async function readNpzFiles(files: readonly KnownFile[], options: DataOptions): Promise<ReadData> {
  const sources: ArraySource[] = [];
  for (const file of files) {
    if (file.kind?.name === 'npy') sources.push(await npySource(file));
    if (file.kind?.name === 'npz') sources.push(...(await arraysOfNpz(file)));
  }
  return readArrays(sources, { kind: 'npz', files, options, keepsRows: false });
}

async function arraysOfNpz(file: KnownFile): Promise<ArraySource[]> {
  const arrays: ArraySource[] = [];
  for (const entry of await filesOfZip(file)) {
    if (!/\.npy$/i.test(entry.path)) continue;
    const source = await npySource(entry);
    // An array alone has NumPy's name for one without a name: then the file's name tells what it is.
    const title = /^arr_\d+$/.test(source.title) ? `${baseOf(file.path)} ${source.title}` : source.title;
    arrays.push({ ...source, title });
  }
  return arrays;
}
