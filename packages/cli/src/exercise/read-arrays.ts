import { DataError } from '@longhand/core/errors';
import { arrayOfJson, type NumberArray } from '@longhand/core/exercise';
import { fileOf } from '@longhand/formats';
import { readNamedArrays } from '@longhand/formats/data';
import { readBytes } from '../data/read-bytes.js';

/** More is no exercise, nor the answer to one. */
const MAX_BYTES = 256e6;

/** Arrays by their names, and what was wrong with others. */
export interface ReadArrays {
  readonly arrays: ReadonlyMap<string, NumberArray>;
  /** Of each array that is none, why: `holds a text where a number is expected`. */
  readonly problems: ReadonlyMap<string, string>;
}

/**
 * Reads the arrays of an npz file, or of one in JSON. Nothing in it is executed: pickled objects are refused.
 *
 * @throws DataError if the file cannot be read
 */
export async function readArrays(file: string, expected: string): Promise<ReadArrays> {
  const bytes = await readBytes(file, expected);
  if (bytes.length > MAX_BYTES) throw new DataError(`${file}: is larger than 256 MB: expected ${expected}`);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    return { arrays: await readNamedArrays(fileOf(file, bytes)), problems: new Map() };
  return readJson(bytes, file, expected);
}

function readJson(bytes: Uint8Array, file: string, expected: string): ReadArrays {
  let document: unknown;
  try {
    // Python's json writes NaN and Infinity, which are no JSON.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    document = JSON.parse(text.replace(/([[,:]\s*)(?:NaN|-?Infinity)(?=\s*[\],}])/g, '$1null'));
  } catch {
    throw new DataError(`${file}: is neither an npz file nor JSON: expected ${expected}`);
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    throw new DataError(`${file}: expected an object with a name for each quantity, such as { "Z1": [[…]] }`);
  const arrays = new Map<string, NumberArray>();
  const problems = new Map<string, string>();
  for (const [name, value] of Object.entries(document)) {
    const array = arrayOfJson(value);
    if (typeof array === 'string') problems.set(name, array);
    else arrays.set(name, array);
  }
  return { arrays, problems };
}
