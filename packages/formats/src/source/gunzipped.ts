import { DataError } from '@longhand/core/errors';
import { gunzipStream } from '@longhand/core/files';
import type { InputFile } from './input-file.js';

/** How many times larger than its gzip a file may be. Numbers rarely shrink to a twentieth, text to a hundredth. */
export const MAX_RATIO = { numbers: 20, text: 100 } as const;
/** So many bytes are unpacked in any case. */
const ALWAYS = 64e6;

/**
 * The file in a gzip: it is unpacked while it is read, and keeps its name without `.gz`.
 *
 * @param ratio how many times larger than the gzip it may be
 * @returns a file that throws a DataError when it unpacks to more
 */
export function gunzipped(file: InputFile, ratio: number = MAX_RATIO.text): InputFile {
  return {
    path: file.path.replace(/\.gz$/i, ''),
    size: undefined,
    ...(file.size !== undefined && { packed: file.size, atMost: Math.max(ALWAYS, ratio * file.size) }),
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
        if (unpacked > Math.max(ALWAYS, ratio * packed)) {
          throw new DataError(
            `${file.path}: unpacks to more than ${ratio} times its size: if that is right, unpack it yourself`,
          );
        }
        yield chunk;
      }
    },
  };
}
