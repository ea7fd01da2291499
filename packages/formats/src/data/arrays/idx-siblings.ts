import { type KnownFile, recognizeFile } from '../../recognize/known-file.js';
import { baseOf } from '../../source/input-file.js';
import { partOf } from '../part-of.js';
import type { DataOptions } from '../read-result.js';

/** What the names of pictures and of their labels differ in: `images-idx3-ubyte`, `labels.idx1-ubyte`. */
const ROLE = /images?|imgs?|pictures?|labels?|classes|idx\d|ubyte|int|\.gz$/gi;
const WORDS = /[a-z0-9]+/gi;
/** What the names of a training set and its test set differ in. */
const TRAINING = /^train(ing)?$/;
const TESTS = ['t10k', 'test'];

/**
 * The files of the folder that belong to an IDX file that was given alone: the pictures or labels of the same set and,
 * of a training set, the test set.
 */
export async function siblingsOf(
  file: KnownFile,
  beside: NonNullable<DataOptions['beside']>,
): Promise<readonly KnownFile[]> {
  const own = keyOf(file.path);
  const tests = partOf(baseOf(file.path)) === 'training' ? testKeys(own) : [];
  const found = await beside((name) => [own, ...tests].includes(keyOf(name)) && name !== baseOf(file.path));
  const known = await Promise.all(found.map(recognizeFile));
  // Of a file and its gzip, one.
  const names = new Set([baseOf(file.path).replace(/\.gz$/i, '')]);
  return known.filter(({ kind, path }) => {
    const name = baseOf(path).replace(/\.gz$/i, '');
    if (kind?.name !== 'idx' || names.has(name)) return false;
    names.add(name);
    return true;
  });
}

/** The words of a name that say which set it is: `emnist letters train`. */
function keyOf(path: string): string {
  const words = baseOf(path).replace(ROLE, ' ').toLowerCase().match(WORDS) ?? [];
  return words.join(' ');
}

function testKeys(key: string): string[] {
  const words = key.split(' ');
  return TESTS.map((test) => words.map((word) => (TRAINING.test(word) ? test : word)).join(' '));
}
