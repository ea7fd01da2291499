import type { Settings } from '@longhand/core';
import {
  explanationOf,
  formatSetting,
  parseSetting,
  type Setting,
  type SettingName,
  settingNamed,
} from '@longhand/core/settings';
import { count } from '@longhand/core/text';
import { UsageError } from '../usage-error.js';
import { wholeNumber } from '../whole-number.js';
import { shortRange } from './short-range.js';

/** A flag of a command. */
export interface Flag<Value = unknown> {
  /** What stands for its value in the help, `<file>`; a switch has none. */
  readonly argument?: string;
  readonly description: string;
  /** Other names with the same meaning. */
  readonly aliases?: readonly string[];
  /** Range and default, in parentheses after the description. */
  readonly facts?: readonly string[];
  /** The heading in the help. */
  readonly group?: string;
  readonly default?: Value;
  /** Typed `--no-…`, for a switch that is on by default. */
  readonly negated?: boolean;
  /** Whether it can be passed several times. */
  readonly isList?: boolean;
  /** @throws LonghandError for a text that is no value */
  readonly parse?: (text: string, flag: string) => Value;
}

/** A flag that is there or not. */
export function toggle(description: string, group?: string): Flag<boolean> {
  return { description, ...(group && { group }) };
}

/** A flag whose value is taken as it is typed. */
export function text(argument: string, description: string, group?: string): Flag<string> {
  return { argument, description, parse: (typed) => typed, ...(group && { group }) };
}

/** A flag with one of a few values. */
export function choice<const Value extends string>(
  values: readonly Value[],
  description: string,
  group?: string,
): Flag<Value> {
  const parse = (typed: string, flag: string): Value => {
    const found = values.find((value) => value === typed);
    if (found === undefined) throw new UsageError(`${flag} ${typed}: expected one of ${values.join(', ')}`);
    return found;
  };
  return { argument: '<name>', description, facts: [values.join(', ')], parse, ...(group && { group }) };
}

/** A flag that can be passed several times, each with a text. */
export function list(argument: string, description: string, group?: string): Flag<readonly string[]> {
  return { argument, description, isList: true, parse: (typed) => [typed], ...(group && { group }) };
}

/** A flag with an integer. */
export function integer(
  { min, max, usual }: { readonly min: number; readonly max: number; readonly usual?: string },
  description: string,
  group?: string,
): Flag<number> {
  const facts = [`${min} ≤ n ≤ ${count(max)}`, ...(usual === undefined ? [] : [`default ${usual}`])];
  const parse = (typed: string, flag: string) => wholeNumber(flag, typed, min, max);
  return { argument: '<n>', description, facts, parse, ...(group && { group }) };
}

/** A setting of a run that a command uses in its own way, which the description says. */
export function settingFor<Name extends SettingName>(
  name: Name,
  description: string,
  { hasDefault = true, group }: { readonly hasDefault?: boolean; readonly group?: string } = {},
): Flag<NonNullable<Settings[Name]>> {
  const setting = settingNamed(name);
  const usual = hasDefault ? [`default ${formatSetting(setting, setting.default)}`] : [];
  return {
    argument: placeholderOf(name),
    description,
    aliases: setting.aliases ?? [],
    facts: [...symbolOf(setting), shortRange(setting), ...usual],
    parse: (typed) => parseSetting(setting, typed) as NonNullable<Settings[Name]>,
    ...(group && { group }),
  };
}

/** The flag of a setting of a run: explanation, symbol, range and default come from its row. */
export function flagOfSetting(setting: Setting, group?: string): Flag {
  const usual = `default ${formatSetting(setting, setting.default)}`;
  return {
    argument: placeholderOf(setting.name),
    description: explanationOf(setting.name),
    aliases: setting.aliases ?? [],
    facts: [...symbolOf(setting), shortRange(setting), usual],
    parse: (typed) => parseSetting(setting, typed),
    ...(group && { group }),
  };
}

function symbolOf({ symbol }: Setting): readonly string[] {
  return symbol ? [symbol] : [];
}

/** What stands for a setting's value in the help. */
function placeholderOf(name: SettingName): string {
  const placeholders = {
    integer: '<n>',
    number: '<x>',
    choice: '<name>',
    sizes: '<sizes>',
    weights: '<weights>',
  } as const;
  return placeholders[settingNamed(name).kind.type];
}
