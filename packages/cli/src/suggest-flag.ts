import { SETTINGS } from '@longhand/core/settings';
import { suggestSetting } from '@longhand/core/suggest';
import type { CommandRow } from './commands/row.js';

/**
 * The flag of a command that somebody means by one that it does not have: a former name, a name in
 * other programs, or a setting that is misspelled. `--batch`, `--batch_size` and `--mini-batch` all
 * mean `--batch-size`.
 *
 * @param typed with its two hyphens
 * @returns the flag's name in code; nothing if no flag comes near
 */
export function suggestFlag(typed: string, row: CommandRow): string | undefined {
  const name = camel(typed);
  const misnamed = row.misnamed?.[name];
  if (misnamed) return misnamed;
  const setting = suggestSetting(name);
  if (!setting || !(row.settings.includes(setting) || setting in row.flags)) return undefined;
  const { aliases = [] } = SETTINGS.find((known) => known.name === setting)!;
  return aliases.includes(name) ? name : setting;
}

/** A flag's name in code: `--dev-every` and `--dev_every` → `devEvery`. */
function camel(flag: string): string {
  return flag.replace(/^-+/, '').replace(/[-_]+([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
