import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  type Checkpoint,
  completeSettings,
  DataError,
  type Dataset,
  flagOf,
  formatSetting,
  type Json,
  SETTINGS,
  SettingError,
  type Settings,
  type SettingValue,
  type TrainingRun,
} from '@longhand/core';
import { decodeCheckpoint, encodeCheckpoint } from '@longhand/core/files';
import { saveModel } from '../model/save-model.js';

/** A run that is gone on with. */
interface Resumed {
  readonly checkpoint: Checkpoint;
  readonly settings: Settings;
}

export interface CheckpointPlan {
  readonly file: string;
  /** Between two of them, in ms. */
  readonly every: number;
  /** Of the data. */
  readonly fingerprint: string;
}

/** Writes checkpoints of a run as time goes by. */
interface CheckpointKeeper {
  /** Writes one if it is time, or if it must be. */
  keep(run: TrainingRun, options?: { readonly now?: boolean }): Promise<void>;
}

const UNITS = { s: 1000, m: 60_000, h: 3_600_000 } as const;
const DEFAULT_EVERY = '30s';

/**
 * `30s`, `5m`, `1h` as milliseconds.
 *
 * @throws SettingError for anything else
 */
export function parseEvery(text: string = DEFAULT_EVERY): number {
  const [, number, unit] = /^([0-9]+(?:\.[0-9]+)?)([smh])$/.exec(text.trim()) ?? [];
  const milliseconds = Number(number) * UNITS[unit as keyof typeof UNITS];
  if (!(milliseconds > 0)) {
    throw new SettingError(`--every: expected a time such as 30s, 5m or 1h, found ${JSON.stringify(text)}`);
  }
  return milliseconds;
}

/** SHA-256 of all that training takes from a dataset. 64 hexadecimal digits. */
export function fingerprintOf(dataset: Dataset): string {
  const { width, height, classNames, length } = dataset;
  const hash = createHash('sha256').update(JSON.stringify({ width, height, classNames, length }));
  const labels = Uint8Array.from({ length }, (_, i) => dataset.label(i));
  hash.update(labels);
  for (let i = 0; i < length; i++) hash.update(dataset.pixels(i));
  return hash.digest('hex');
}

/** @param settings with the pace that the run has */
export function keepCheckpoints(
  { file, every, fingerprint: data }: CheckpointPlan,
  { threads: _, ...settings }: Settings,
): CheckpointKeeper {
  let written = performance.now();
  return {
    async keep(run, { now = false } = {}) {
      if (!now && performance.now() - written < every) return;
      const checkpoint = await run.checkpoint();
      const kept = JSON.parse(JSON.stringify(settings)) as Record<string, Json>;
      await saveModel(file, encodeCheckpoint({ checkpoint, settings: kept, data }), 'the checkpoint');
      written = performance.now();
    },
  };
}

/**
 * Reads a checkpoint to go on from.
 *
 * @param given settings beside it: those of the checkpoint, or a number of threads
 * @throws DataError for a missing file or other data, SettingError for another setting, ModelError for a damaged file
 */
export async function openCheckpoint(
  file: string,
  given: Partial<Settings>,
): Promise<Resumed & { data: string }> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new DataError(
      `${file}: ${error.code === 'ENOENT' ? 'no such file: name a file that --checkpoint wrote' : error.message}`,
    );
  });
  const { checkpoint, settings: kept, data } = decodeCheckpoint(bytes, file);
  for (const setting of SETTINGS) {
    const value = given[setting.name];
    if (value === undefined || setting.name === 'threads') continue;
    const own = kept[setting.name];
    if (JSON.stringify(own) === JSON.stringify(value)) continue;
    const had = own === undefined ? 'without it' : `with ${formatSetting(setting, own as SettingValue)}`;
    throw new SettingError(
      `${flagOf(setting)} ${formatSetting(setting, value)}: ${file} was made ${had}: leave it out, or train anew without --resume`,
    );
  }
  const { threads } = given;
  const settings = completeSettings({
    ...(kept as Partial<Settings>),
    ...(threads === undefined ? {} : { threads }),
  });
  return { checkpoint, settings, data };
}

/** @throws DataError when a checkpoint was made with other data */
export function checkSameData(file: string, made: string, found: string, name: string): void {
  if (made === found) return;
  throw new DataError(`${file}: was made with other data than ${name}: resume with the same --data`);
}
