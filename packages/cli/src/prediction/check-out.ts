import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { DataError } from '@longhand/core/errors';
import { checkWritable } from '../model/save-model.js';

/**
 * Checks before the work that the answers can be written, and would replace nothing that is read.
 *
 * @param inputs the paths that are read: files, and folders of which every file counts
 * @throws DataError if they cannot, or would
 */
export async function checkOut(out: string, inputs: readonly string[], what = 'the answers'): Promise<void> {
  await checkWritable(out, what);
  const target = await realpath(out).catch(() => undefined);
  if (target === undefined) return;
  for (const input of inputs) {
    const source = await realpath(input).catch(() => undefined);
    if (source !== undefined && (target === source || target.startsWith(source + path.sep))) {
      throw new DataError(`${out}: is read, and would be overwritten: write ${what} to another file`);
    }
  }
}
