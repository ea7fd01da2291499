import { open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { DataError } from '@longhand/core/errors';
import { CHECKPOINT_HEAD_BYTES, isCheckpoint } from '@longhand/core/files';
import { unreadable } from '../data/read-bytes.js';
import { checkWritable, targetOf } from '../model/save-model.js';
import { UsageError } from '../usage-error.js';

/** The files that a run's flags name. */
interface RunFiles {
  readonly out: string;
  readonly checkpoint?: string;
  readonly log?: string;
  readonly resume?: string;
  readonly from?: string;
  readonly data?: string;
}

/** @throws UsageError for an empty file name, as an unset shell variable gives it */
export function checkNamed(files: RunFiles): void {
  for (const flag of ['out', 'checkpoint', 'log', 'resume', 'from', 'data'] as const) {
    if (files[flag] === '')
      throw new UsageError(`--${flag}: the file name is empty: is a shell variable unset?`);
  }
}

/**
 * Checks a run's files before it starts: no file is written over another, all can be written, and a
 * checkpoint replaces nothing but a checkpoint.
 *
 * @throws UsageError for two flags with one file, DataError for a file that must not or cannot be
 *   written
 */
export async function checkRunFiles({ out, checkpoint, log, resume, from, data }: RunFiles): Promise<void> {
  await checkApart('--out', out, { checkpoint, log, resume, data });
  // A run may continue in the checkpoint that it started from.
  await checkApart('--checkpoint', checkpoint, { log, from, data });
  await checkOutsideOfData('--out', out, data);
  await checkOutsideOfData('--checkpoint', checkpoint, data);
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
      `--${name} ${other}: is the same file as ${flag} ${file}: choose two different files`,
    );
  }
}

/** Names of files that a run writes; in a folder of data, too. */
const WRITTEN = /\.(safetensors|ckpt)$/i;

/** @throws UsageError for an existing file in the folder of the data, which may be a part of them */
async function checkOutsideOfData(
  flag: string,
  file: string | undefined,
  data: string | undefined,
): Promise<void> {
  if (file === undefined || data === undefined || WRITTEN.test(file)) return;
  const found = await stat(file).catch(() => undefined);
  const [place, folder] = await Promise.all([placeOf(file), placeOf(data)]);
  if (!found?.isFile() || place === undefined || folder === undefined) return;
  if (place.startsWith(folder + path.sep)) {
    throw new UsageError(`${flag} ${file}: is a file of --data ${data}: choose another name`);
  }
}

/**
 * The one real path of a file that exists or will exist; undefined for a device, which cannot lose
 * anything.
 */
export async function placeOf(file: string): Promise<string | undefined> {
  const found = await stat(file).catch(() => undefined);
  if (found) return found.isFile() || found.isDirectory() ? realpath(file) : undefined;
  const target = await targetOf(file);
  const folder = path.resolve(path.dirname(target));
  return path.join(await realpath(folder).catch(() => folder), path.basename(target));
}

/** @throws DataError for a file that exists and is no checkpoint */
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
      `${file}: exists and is not a checkpoint: choose another file for --checkpoint, or remove it`,
    );
  }
}
