import { open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { DataError } from '@longhand/core';
import { CHECKPOINT_HEAD_BYTES, isCheckpoint } from '@longhand/core/files';
import { unreadable } from '../data/read-bytes.js';
import { checkWritable } from '../model/save-model.js';
import { UsageError } from '../usage-error.js';

/** The files that the flags of a run name. */
interface RunFiles {
  readonly out: string;
  readonly checkpoint?: string;
  readonly log?: string;
  readonly resume?: string;
  readonly data?: string;
}

/** @throws UsageError for a file without a name, as an unset variable of a shell gives it */
export function checkNamed(files: RunFiles): void {
  for (const flag of ['out', 'checkpoint', 'log', 'resume', 'data'] as const) {
    if (files[flag] === '') throw new UsageError(`--${flag}: the name is empty: is a variable not set?`);
  }
}

/**
 * What can be known of a run's files before it begins: that none is written over another, that they can be written, and that a checkpoint
 * takes no other file's place.
 *
 * @throws UsageError for names that do not go together, DataError for a file that must not or cannot be written
 */
export async function checkRunFiles({ out, checkpoint, log, resume, data }: RunFiles): Promise<void> {
  await checkApart('--out', out, { checkpoint, log, resume, data });
  // A run may well go on in the checkpoint that it began with.
  await checkApart('--checkpoint', checkpoint, { log, data });
  await checkWritable(out);
  if (checkpoint === undefined) return;
  await checkWritable(checkpoint, 'the checkpoint');
  await checkReplaceable(checkpoint);
}

async function checkApart(
  flag: string,
  file: string | undefined,
  others: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  if (file === undefined) return;
  const place = await placeOf(file);
  for (const [name, other] of Object.entries(others)) {
    if (other === undefined || place === undefined || (await placeOf(other)) !== place) continue;
    throw new UsageError(
      `--${name} ${other}: is the file that ${flag} is to write, ${file}: give each its own`,
    );
  }
}

/** Where a file is, or will be, by one name alone; nothing for a device, which keeps nothing that could be lost. */
async function placeOf(file: string): Promise<string | undefined> {
  const found = await stat(file).catch(() => undefined);
  if (found) return found.isFile() || found.isDirectory() ? realpath(file) : undefined;
  const folder = path.resolve(path.dirname(file));
  return path.join(await realpath(folder).catch(() => folder), path.basename(file));
}

/** @throws DataError for a file that holds something, but no checkpoint */
async function checkReplaceable(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile() || found.size === 0) return;
  const head = new Uint8Array(CHECKPOINT_HEAD_BYTES);
  try {
    const handle = await open(file, 'r');
    await handle.read(head).finally(() => handle.close());
  } catch (error) {
    throw unreadable(error, file, 'a checkpoint');
  }
  if (!isCheckpoint(head)) {
    throw new DataError(
      `${file}: is there already and is no checkpoint: name another --checkpoint, or remove it first`,
    );
  }
}
