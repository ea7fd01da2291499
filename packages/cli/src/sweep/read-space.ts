import type { Settings } from '@longhand/core';
import { DataError, SettingError } from '@longhand/core/errors';
import {
  checkSetting,
  renderSettingError,
  SETTINGS,
  settingNamed,
  withCurrentNames,
} from '@longhand/core/settings';
import { nearestOf, suggestSetting } from '@longhand/core/suggest';
import { type Dimension, dimensionOf, parseDimension, type StrategyName } from '@longhand/sweep';
import { readBytes } from '../data/read-bytes.js';

/** What a file says of a sweep: what the flags of the same names say. */
export interface SpaceFile {
  readonly vary?: readonly Dimension[];
  readonly settings?: Partial<Settings>;
  readonly preset?: string;
  readonly strategy?: StrategyName;
  readonly trials?: number;
  readonly repeat?: number;
  readonly budget?: number;
  readonly seed?: number;
}

const KEYS = ['vary', 'settings', 'preset', 'strategy', 'trials', 'repeat', 'budget', 'seed'];
const STRATEGIES: readonly StrategyName[] = ['grid', 'random', 'halving'];
const MOST = { trials: 100_000, repeat: 1000, budget: 1e9, seed: Number.MAX_SAFE_INTEGER } as const;
/** Settings that are not those of all trials. */
const NOT_SHARED = ['threads', 'minutes', 'seed'];

/**
 * Reads a file such as `{ "preset": "quick", "vary": { "alpha": "log:0.05..0.5", "hidden": [[64], [128]] } }`.
 *
 * @throws DataError in one line that names the file and the key
 */
export async function readSpace(file: string): Promise<SpaceFile> {
  const expected = 'a JSON file that says what to try, such as {"vary": {"alpha": "log:0.01..0.5"}}';
  const text = new TextDecoder().decode(await readBytes(file, expected));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new DataError(`${file}: is not JSON (${(error as Error).message}): expected ${expected}`);
  }
  try {
    return readParts(objectOf(json, 'an object with vary', ''));
  } catch (error) {
    if (error instanceof DataError) throw new DataError(`${file}: ${error.message}`, { cause: error.cause });
    if (error instanceof SettingError) {
      throw new DataError(`${file}: settings: ${renderSettingError(error, (name) => name)}`, {
        cause: error,
      });
    }
    throw error;
  }
}

function readParts(json: Readonly<Record<string, unknown>>): SpaceFile {
  for (const key of Object.keys(json)) {
    if (KEYS.includes(key)) continue;
    const meant = nearestOf(key, KEYS);
    const asSetting = SETTINGS.some(({ name }) => name === key)
      ? `. Settings of all trials go into settings`
      : '';
    throw new DataError(
      `${key}: expected one of ${KEYS.join(', ')}${meant ? ` (Did you mean ${meant}?)` : asSetting}`,
    );
  }
  const { vary, settings, preset, strategy } = json;
  if (preset !== undefined && typeof preset !== 'string') refuse('preset', 'the name of a preset', preset);
  if (strategy !== undefined && !STRATEGIES.some((name) => name === strategy))
    refuse('strategy', `one of ${STRATEGIES.join(', ')}`, strategy);
  const counts = (['trials', 'repeat', 'budget', 'seed'] as const).filter((key) => json[key] !== undefined);
  return {
    ...(vary === undefined ? {} : { vary: dimensionsOf(vary) }),
    ...(settings === undefined ? {} : { settings: settingsFrom(settings) }),
    ...(preset === undefined ? {} : { preset: preset as string }),
    ...(strategy === undefined ? {} : { strategy: strategy as StrategyName }),
    ...Object.fromEntries(counts.map((key) => [key, countOf(json[key], key)])),
  };
}

/** As an object, or as a list of what `--vary` takes. */
function dimensionsOf(vary: unknown): Dimension[] {
  const dimensions = Array.isArray(vary)
    ? vary.map((text) => parseDimension(String(text)))
    : Object.entries(objectOf(vary, 'an object', 'vary')).map(([name, values]) => dimensionOf(name, values));
  const names = dimensions.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined)
    throw new DataError(`vary: ${twice}: is there twice: put its values into one list`);
  return dimensions;
}

function settingsFrom(json: unknown): Partial<Settings> {
  const given = withCurrentNames(objectOf(json, 'an object', 'settings') as Record<string, string>);
  for (const [key, value] of Object.entries(given)) {
    const setting = SETTINGS.find(({ name }) => name === key && !NOT_SHARED.includes(name));
    if (!setting) {
      const meant = NOT_SHARED.includes(key) ? undefined : suggestSetting(key);
      throw new DataError(
        `settings.${key}: expected a setting of the trials${meant ? ` (Did you mean ${meant}?)` : ''}`,
      );
    }
    checkSetting(settingNamed(setting.name), value);
  }
  return given as Partial<Settings>;
}

function countOf(value: unknown, key: keyof typeof MOST): number {
  const least = key === 'seed' ? 0 : 1;
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= MOST[key])
    return value as number;
  return refuse(key, `an integer from ${least} to ${MOST[key].toLocaleString('en-US')}`, value);
}

function objectOf(json: unknown, expected: string, key: string): Readonly<Record<string, unknown>> {
  if (typeof json === 'object' && json !== null && !Array.isArray(json))
    return json as Readonly<Record<string, unknown>>;
  return refuse(key, expected, json);
}

function refuse(key: string, expected: string, value: unknown): never {
  throw new DataError(`${key === '' ? '' : `${key}: `}expected ${expected}, found ${JSON.stringify(value)}`);
}
