import { DataError } from '@longhand/core/errors';
import { gunzipStream } from '@longhand/core/files';
import type { InputFile } from './input-file.js';

/** How many times larger than its gzip a file may be, so that one of 10 MB is refused within 5 seconds and 300 MB. */
export const MAX_RATIO = 12;
/** So many bytes are unpacked in any case: MNIST in black and white as CSV has 94 MB. */
const ALWAYS = 120e6;

/** How many bytes a file may unpack to. */
export function mostUnpacked(packed: number): number {
  return Math.max(ALWAYS, MAX_RATIO * packed);
}

/**
 * The file in a gzip: it is unpacked while it is read, and keeps its name without `.gz`.
 *
 * @returns a file that throws a DataError when it unpacks to more
 */
export function gunzipped(file: InputFile): InputFile {
  return {
    path: file.path.replace(/\.gz$/i, ''),
    size: undefined,
    ...(file.size !== undefined && { packed: file.size, atMost: mostUnpacked(file.size) }),
    async *open() {
      let packed = 0;
      let unpacked = 0;
      const counted = async function* () {
        for await (const chunk of file.open()) {
          packed += chunk.length;
          yield chunk;
        }
      };
      for await (const chunk of gunzipStream(counted(), file.path)) {
        unpacked += chunk.length;
        if (unpacked > mostUnpacked(packed)) {
          throw new DataError(
            `${file.path}: unpacks to more than ${MAX_RATIO} times its size: if that is right, unpack it yourself`,
          );
        }
        yield chunk;
      }
    },
  };
}
