import { formatSetting, parseSetting, type Setting } from '@longhand/core';
import { type Flag, kebab, placeholderOf } from './flag.js';
import { shortRange } from './short-range.js';

/** The flag of a setting of a run: explanation, symbol, range and default come from its row. */
export function flagOfSetting(setting: Setting, group?: string): Flag {
  const { name, symbol, explanation, aliases = [] } = setting;
  const also = aliases.map((alias) => `--${kebab(alias)}`).join(', ');
  const usual = `default ${formatSetting(setting, setting.default)}`;
  return {
    argument: placeholderOf(name),
    description: explanation,
    facts: [...(symbol ? [symbol] : []), ...(also ? [`also ${also}`] : []), shortRange(setting), usual],
    parse: (text) => parseSetting(setting, text),
    ...(group && { group }),
  };
}
