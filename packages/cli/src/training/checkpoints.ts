import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Checkpoint, Settings, Step, TrainingRun } from '@longhand/core';
import { DataError, ModelError } from '@longhand/core/errors';
import { decodeCheckpoint, encodeCheckpoint, type Json } from '@longhand/core/files';
import { completeSettings, formatSetting, SETTINGS, type SettingValue } from '@longhand/core/settings';
import { readBytes } from '../data/read-bytes.js';
import { parseDuration } from '../duration.js';
import { flagOf } from '../flag-name.js';
import { saveModel } from '../model/save-model.js';
import { UsageError } from '../usage-error.js';

/** A run that is resumed. */
export interface Resumed {
  readonly file: string;
  readonly checkpoint: Checkpoint;
  readonly settings: Settings;
  /** The loss of the run's first step. */
  readonly firstLoss: number;
}

export interface CheckpointPlan {
  readonly file: string;
  /** The time between two checkpoints, in ms. */
  readonly every: number;
  /** The fingerprint of the data. */
  readonly fingerprint: string;
}

/** Writes checkpoints of a run from time to time. */
interface CheckpointKeeper {
  /** Writes one if it is time, or with `now`, unless the loss is worse than at the start. */
  keep(run: TrainingRun, step: Step, options?: { readonly now?: boolean }): Promise<void>;
}

const DEFAULT_EVERY = '30s';

/**
 * `30s`, `5m`, `1h` as milliseconds.
 *
 * @throws UsageError for anything else
 */
export function parseEvery(text: string = DEFAULT_EVERY): number {
  return parseDuration(text, '--every');
}

/**
 * A run that diverges is worse than it began for some steps before its numbers end: none of those
 * replaces a good checkpoint.
 *
 * @param settings with the pace that the run has
 * @param firstLoss of the run that is gone on with
 * @param warn is told why a checkpoint cannot be written, once until one can be again
 */
export function keepCheckpoints(
  { file, every, fingerprint: data }: CheckpointPlan,
  { threads: _, ...settings }: Settings,
  firstLoss: number | undefined,
  warn: (message: string) => void,
): CheckpointKeeper {
  const kept = JSON.parse(JSON.stringify(settings)) as Record<string, Json>;
  let written = performance.now();
  let highest = firstLoss;
  let hasFailed = false;
  return {
    async keep(run, { loss }, { now = false } = {}) {
      highest ??= loss;
      if (!now && performance.now() - written < every) return;
      // What is there is better, if anything is.
      if (loss > highest && !(now && !existsSync(file))) return;
      const checkpoint = await run.checkpoint();
      const bytes = await encodeCheckpoint({ checkpoint, settings: kept, data, firstLoss: highest });
      written = performance.now();
      try {
        await saveModel(file, bytes, 'the checkpoint');
        written = performance.now();
        hasFailed = false;
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
        if (!hasFailed) warn(`${error.message}; training continues, and the next one is tried again`);
        hasFailed = true;
      }
    },
  };
}

/** What a failed run leaves to resume from, as a clause; empty if there is nothing. */
export async function describeKept(file: string | undefined): Promise<string> {
  if (file === undefined || !existsSync(file)) return '';
  try {
    const { checkpoint } = await decodeCheckpoint(await readFile(file), file);
    return `; ${file} holds iteration ${checkpoint.iteration}`;
  } catch {
    return '';
  }
}

/**
 * Reads a checkpoint, to resume its run.
 *
 * @param given the settings that were typed: only the number of threads may differ from its own
 * @throws DataError for a missing file or other data, UsageError for another setting, ModelError
 *   for a damaged file
 */
export async function openCheckpoint(
  file: string,
  given: Partial<Settings>,
): Promise<Resumed & { data: string }> {
  const bytes = await readBytes(file, 'a file that --checkpoint wrote');
  const { checkpoint, settings: kept, data, firstLoss } = await decodeCheckpoint(bytes, file);
  for (const setting of SETTINGS) {
    const value = given[setting.name];
    if (value === undefined || setting.name === 'threads') continue;
    const own = kept[setting.name];
    if (JSON.stringify(own) === JSON.stringify(value)) continue;
    const had = own === undefined ? 'without it' : `with ${formatSetting(setting, own as SettingValue)}`;
    throw new UsageError(
      `${flagOf(setting.name)} ${formatSetting(setting, value)}: ${file} was made ${had}: leave it out, or start a new run without --resume`,
    );
  }
  const { threads } = given;
  const settings = completeSettings({
    ...(kept as Partial<Settings>),
    ...(threads === undefined ? {} : { threads }),
  });
  if ((settings.weightAveraging !== 'none') !== (checkpoint.average !== undefined)) {
    throw new ModelError(`${file}: its averages do not fit its setting weightAveraging: start a new run`);
  }
  return { file, checkpoint, settings, data, firstLoss };
}

/** @throws ModelError if the checkpoint's iteration lies beyond the end of its run */
export function checkWithin({ file, checkpoint: { iteration } }: Resumed, { iterations }: TrainingRun): void {
  if (iteration < iterations) return;
  throw new ModelError(`${file}: claims iteration ${iteration} of a run of ${iterations}: start a new run`);
}

/** @throws DataError if the checkpoint was made with other data */
export function checkSameData(file: string, made: string, found: string, name: string): void {
  if (made === found) return;
  throw new DataError(`${file}: was made with other data than ${name}: resume with the same --data`);
}
