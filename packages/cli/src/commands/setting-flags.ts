import { formatSetting, parseSetting, type Setting } from '@longhand/core';
import { type Flag, placeholderOf } from './flag.js';
import { shortRange } from './short-range.js';

/** The flag of a setting of a run: explanation, symbol, range and default come from its row. */
export function flagOfSetting(setting: Setting, group?: string): Flag {
  const { name, symbol, explanation } = setting;
  const usual = `default ${formatSetting(setting, setting.default)}`;
  return {
    argument: placeholderOf(name),
    description: explanation,
    facts: [...(symbol ? [symbol] : []), shortRange(setting), usual],
    parse: (text) => parseSetting(setting, text),
    ...(group && { group }),
  };
}
