import { DataError, SettingError, written } from '@longhand/core/errors';
import {
  checkSetting,
  otherNamesOf,
  parseSetting,
  renderSettingProblem,
  SETTINGS,
  type Setting,
  type SettingName,
  type SettingValue,
} from '@longhand/core/settings';
import { suggestSetting } from '@longhand/core/suggest';
import type { Dimension } from '../log/sweep-line.js';
import { evenValues } from './values.js';

/** Settings that no sweep can vary, each with the reason. */
const FIXED: Readonly<Partial<Record<SettingName, string>>> = {
  seed: 'each trial runs with the same seeds: use repeat',
  threads: 'it changes no result',
  minutes: 'how far a run gets in a time depends on the machine: use epochs',
  dev: 'trials are compared on the same held-out examples',
};

const RANGE = /^(log:)?([^.,:]*(?:\.\d+)?[^.,:]*)\.\.([^,:]+?)(?::(\d+))?$/;
const MOST_STEPS = 1000;

/**
 * How a setting varies, from text: `alpha=log:0.01..0.5`, `dropout=0..0.5`, `hidden=64,128,256`.
 *
 * - A range `a..b` takes numbers, or integers if the setting has integers; with `log:` they are spread
 *   evenly over the logarithm. `a..b:5` is five values of the range, both ends among them.
 * - Commas separate values. Inside a value that is a list itself, `+` takes their place:
 *   `hidden=64,128+64,none` is one layer, two layers, or none.
 *
 * @throws DataError for anything else
 */
export function parseDimension(text: string): Dimension {
  const at = text.indexOf('=');
  if (at < 1) {
    throw new DataError(`${written(text)}: expected a setting and its values, such as alpha=log:0.01..0.5`);
  }
  return dimensionOf(text.slice(0, at).trim(), text.slice(at + 1).trim());
}

/**
 * The same from a file: the name, and text as above or a list of values.
 *
 * @throws DataError for anything else
 */
export function dimensionOf(typed: string, values: unknown): Dimension {
  const setting = settingOf(typed);
  if (Array.isArray(values))
    return choiceOf(
      setting,
      values.map((value) => checked(setting, value)),
    );
  if (typeof values !== 'string') {
    refuse(setting, `a list of values, or text such as "0.1..0.5", found ${written(values)}`);
  }
  const range = RANGE.exec(values);
  if (range) return rangeOf(setting, values, range);
  if (values === '') refuse(setting, 'values, such as 1,2,3');
  return choiceOf(
    setting,
    values.split(',').map((value) => parsed(setting, value)),
  );
}

/** A dimension as text that `parseDimension` reads back. */
export function formatDimension(dimension: Dimension): string {
  const { name, kind } = dimension;
  if (kind === 'range') {
    const { from, to, isLog } = dimension;
    return `${name}=${isLog ? 'log:' : ''}${from}..${to}`;
  }
  const text = (value: unknown) => (Array.isArray(value) ? value.join('+') || 'none' : String(value));
  return `${name}=${dimension.values.map(text).join(',')}`;
}

/** @throws DataError for a name that is no setting's, or of one that cannot vary */
function settingOf(typed: string): Setting {
  const plain = typed.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const setting = SETTINGS.find((row) => row.name === plain || otherNamesOf(row).includes(plain));
  if (!setting) {
    const meant = suggestSetting(typed);
    throw new DataError(
      `${typed}: expected the name of a setting${meant ? ` (Did you mean ${meant}?)` : ''}`,
    );
  }
  const reason = FIXED[setting.name];
  if (reason !== undefined) throw new DataError(`${setting.name}: cannot vary: ${reason}`);
  return setting;
}

function choiceOf(setting: Setting, values: readonly SettingValue[]): Dimension {
  if (values.length === 0) refuse(setting, 'at least one value');
  const known = new Set<string>();
  for (const value of values) {
    const key = JSON.stringify(value);
    if (known.has(key)) refuse(setting, `each value once, found ${key} twice`);
    known.add(key);
  }
  return { name: setting.name as Dimension['name'], kind: 'choice', values };
}

function rangeOf(setting: Setting, text: string, [, log, first, last, steps]: RegExpExecArray): Dimension {
  const { type } = setting.kind;
  if (type !== 'number' && type !== 'integer') {
    refuse(setting, `values separated by commas, found the range ${written(text)}`);
  }
  const [from, to] = [parsed(setting, first!), parsed(setting, last!)];
  if (typeof from !== 'number' || typeof to !== 'number' || from >= to) {
    refuse(setting, `a range from a smaller to a larger number, found ${written(text)}`);
  }
  const isLog = log !== undefined;
  if (isLog && from <= 0) refuse(setting, `a range that begins above 0 for log:, found ${written(text)}`);
  const dimension = { name: setting.name as Dimension['name'], kind: 'range', from, to, isLog } as const;
  if (steps === undefined) return dimension;
  const count = Number(steps);
  if (count < 2 || count > MOST_STEPS)
    refuse(setting, `2 to ${MOST_STEPS} values of a range, found ${count}`);
  return choiceOf(setting, [...new Set(evenValues(dimension, type === 'integer', count))]);
}

/** A value from text, where `+` separates what commas separate elsewhere. */
function parsed(setting: Setting, text: string): SettingValue {
  const { type } = setting.kind;
  // In a number, + is a sign: 1e+5.
  const value = type === 'number' || type === 'integer' ? text : text.replaceAll('+', ',');
  return inTable(setting, () => parseSetting(setting, value));
}

function checked(setting: Setting, value: unknown): SettingValue {
  return inTable(setting, () => checkSetting(setting, value));
}

function inTable(setting: Setting, read: () => SettingValue): SettingValue {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    throw new DataError(`${setting.name}: ${renderSettingProblem(error, (name) => name)}`, { cause: error });
  }
}

function refuse(setting: Setting, expected: string): never {
  throw new DataError(`${setting.name}: expected ${expected}`);
}
