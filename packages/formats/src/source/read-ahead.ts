import type { InputFile } from './input-file.js';
import { bytesOf } from './read-bytes.js';

/** Files that are being read at a time: a disk answers many questions at once. */
const AT_ONCE = 32;
/** A larger file is read when its turn comes, in bytes. */
const SMALL = 1 << 18;

/**
 * Reads files in their order, small ones ahead of their turn.
 *
 * @param limit the largest size of one file, in bytes
 * @returns the bytes of the k-th file; ask for each once, one after the other
 */
export function readAhead(files: readonly InputFile[], limit: number): (k: number) => Promise<Uint8Array> {
  const started = new Map<number, Promise<Uint8Array>>();
  return (k) => {
    for (let next = k; next < Math.min(files.length, k + AT_ONCE); next++) {
      const file = files[next]!;
      if (started.has(next) || (next > k && !(file.size !== undefined && file.size <= SMALL))) continue;
      const bytes = bytesOf(file, limit);
      // Whoever asks for it gets the error; until then it is nobody's.
      bytes.catch(() => undefined);
      started.set(next, bytes);
    }
    const mine = started.get(k)!;
    started.delete(k);
    return mine;
  };
}
