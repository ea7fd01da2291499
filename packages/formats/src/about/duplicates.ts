import type { DuplicateDescription } from './description.js';
import type { Examples } from './examples.js';

/** Where an example with some pixels was seen first. */
interface Seen {
  readonly set: Examples;
  readonly index: number;
}

/** Copies of each sort that are named. */
const SHOWN = 3;

/** Finds examples with exactly the same pixels: inside a set, and of the test set in the training set. */
export function duplicateFinder() {
  // 53 bits of two hashes. The pixels of equal hashes are compared.
  const seen = new Map<number, Seen>();
  const found = { training: 0, test: 0, contradictions: 0, leaked: 0 };
  const examples: DuplicateDescription['examples'][number][] = [];
  return {
    add(set: Examples, index: number): void {
      const pixels = set.pixels(index);
      const hash = hashOf(pixels);
      const first = seen.get(hash);
      if (first === undefined) {
        seen.set(hash, { set, index });
        return;
      }
      if (!areEqual(first.set.pixels(first.index), pixels)) return;
      const sort = sortOf(first.set.name, set.name);
      found[sort]++;
      const labels = [first.set.label(first.index), set.label(index)] as const;
      if (labels[0] !== labels[1] && labels[0] >= 0 && labels[1] >= 0) found.contradictions++;
      if (examples.filter((one) => one.sort === sort).length < SHOWN) {
        examples.push({ sort, first: first.index, copy: index });
      }
    },
    result: (): DuplicateDescription => ({ ...found, examples }),
  };
}

function sortOf(first: Examples['name'], second: Examples['name']): 'training' | 'test' | 'leaked' {
  if (first === second) return second === 'training' ? 'training' : 'test';
  return 'leaked';
}

/** Two multiplicative hashes of 32 bits, as one number of 53. */
function hashOf(pixels: Uint8Array): number {
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (let p = 0; p < pixels.length; p++) {
    const value = pixels[p]!;
    a = Math.imul(a ^ value, 0x01000193);
    b = Math.imul(b + value + 1, 0x5bd1e995);
    b ^= b >>> 15;
  }
  return (a >>> 0) * 2 ** 21 + (b >>> 11);
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  for (let p = 0; p < a.length; p++) if (a[p] !== b[p]) return false;
  return true;
}
