import type { Settings } from '@longhand/core';
import { DataError } from '@longhand/core/errors';
import { checkSetting, settingNamed, withPreset } from '@longhand/core/settings';
import {
  type Dimension,
  type KnownSweep,
  parseDimension,
  type RunSettings,
  readSweepFile,
  type SweepRequest,
} from '@longhand/sweep';
import { flagOf } from '../flag-name.js';
import { settingsOf } from '../settings-of.js';
import { UsageError } from '../usage-error.js';
import { readSpace, type SpaceFile } from './read-space.js';

/** What is asked of a sweep, apart from its data. */
export type Asked = Omit<SweepRequest, 'dataset' | 'name' | 'fingerprint'>;

/** The flags that say what to try. */
export interface SpaceFlags extends Partial<Omit<Settings, 'threads' | 'minutes'>> {
  readonly vary?: readonly string[];
  readonly preset?: string;
  readonly strategy?: Asked['strategy'];
  readonly trials?: number;
  readonly repeat?: number;
  readonly budget?: number;
  readonly resume?: string;
}

/**
 * What to try, from flags, from a file that they override, or from the log of `--resume`.
 *
 * @throws UsageError for flags that are wrong or missing, DataError for a file that is
 */
export async function requestOf(
  file: string | undefined,
  flags: SpaceFlags,
): Promise<{ readonly request: Asked; readonly known: KnownSweep | undefined }> {
  const { resume } = flags;
  const known = resume === undefined ? undefined : readSweepFile(resume);
  if (known && file === undefined && typedOf(flags).length === 0) return { request: askedBy(known), known };
  const space = file === undefined ? {} : await readSpace(file);
  return { request: combine(flags, space, file), known };
}

const SPACE_FLAGS = ['vary', 'preset', 'strategy', 'trials', 'repeat', 'budget'] as const;

/** The flags that say what to try, as far as they were typed. */
function typedOf(flags: SpaceFlags): readonly string[] {
  const settings = Object.keys(ownSettings(flags));
  return [...SPACE_FLAGS.filter((name) => flags[name] !== undefined), ...settings];
}

function askedBy({ header }: KnownSweep): Asked {
  const { settings, vary, strategy, drawn, repeat, seed, budget } = header;
  return {
    ...{ settings, vary, strategy, repeat, seed },
    ...(drawn === undefined ? {} : { trials: drawn }),
    ...(budget === undefined ? {} : { budget }),
  };
}

function combine(flags: SpaceFlags, space: SpaceFile, file: string | undefined): Asked {
  const typed = ownSettings(flags);
  const own = (flags.vary ?? []).map(parseVary);
  const twice = own.find(({ name }, at) => own.findIndex((other) => other.name === name) < at);
  if (twice) throw new UsageError(`--vary ${twice.name}: is there twice: put its values into one list`);
  const vary = [...(space.vary ?? []).filter(({ name }) => !own.some((one) => one.name === name)), ...own];
  if (vary.length === 0) {
    throw new UsageError(
      `--vary: expected a setting that varies, such as --vary alpha=log:0.01..0.5${file === undefined ? '' : `, or vary in ${file}`}`,
    );
  }
  const fixed = vary.find(({ name }) => name in typed);
  if (fixed)
    throw new UsageError(`${flagOf(fixed.name)}: varies, too: leave it out, or take it out of --vary`);
  const given = { ...space.settings, ...typed } as Partial<Settings>;
  const preset = flags.preset ?? space.preset;
  const settings = (preset === undefined ? given : withPreset(preset, given)) as Partial<RunSettings>;
  const trials = flags.trials ?? space.trials;
  const budget = flags.budget ?? space.budget;
  const seed = flags.seed ?? space.seed ?? (settings.seed as number | undefined) ?? DEFAULT_SEED;
  const repeat = flags.repeat ?? space.repeat ?? 1;
  checkSeeds(seed, repeat);
  return {
    ...{ vary, repeat, seed, settings: { ...settings, seed } },
    strategy: flags.strategy ?? space.strategy ?? usualStrategy(vary, trials),
    ...(trials === undefined ? {} : { trials }),
    ...(budget === undefined ? {} : { budget }),
  };
}

const DEFAULT_SEED = settingNamed('seed').default as number;
/** Seeds that fresh runs may need beyond those of the trials. */
const FRESH_SEEDS = 1000;

/** @throws SettingError if the last seed is out of range */
function checkSeeds(seed: number, repeat: number): void {
  checkSetting(settingNamed('seed'), seed + repeat + FRESH_SEEDS, seed);
}

function parseVary(text: string): Dimension {
  try {
    return parseDimension(text);
  } catch (error) {
    if (error instanceof DataError) throw new UsageError(`--vary ${error.message}`, { cause: error.cause });
    throw error;
  }
}

function usualStrategy(vary: readonly Dimension[], trials: number | undefined): Asked['strategy'] {
  return trials === undefined && vary.every(({ kind }) => kind === 'choice') ? 'grid' : 'random';
}

/** The settings that were typed for all trials. `threads` and `minutes` are of the sweep itself. */
function ownSettings(flags: SpaceFlags): Partial<Settings> {
  const { threads: _t, minutes: _m, ...settings } = settingsOf(flags);
  return settings;
}
