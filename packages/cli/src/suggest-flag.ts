import { SETTINGS } from '@longhand/core/settings';
import { suggestSetting } from '@longhand/core/suggest';
import type { CommandRow } from './commands/row.js';

/** What other programs call the flag for the file that is written, and the one for what is read. */
const WRITTEN = ['out', 'output', 'outputFile', 'outFile', 'save', 'saveTo', 'saveAs', 'to', 'dest', 'o'];
const READ = ['in', 'input', 'inputFile', 'file', 'filename', 'images', 'i', 'f'];

/**
 * The flag of a command that somebody means by one that it does not have: a former name, a name in
 * other programs, or a setting that is misspelled. `--batch`, `--batch_size` and `--mini-batch` all
 * mean `--batch-size`.
 *
 * @param typed with its two hyphens
 * @returns the flag's name in code; nothing if no flag comes near; `none` if the name is known and the
 * command has nothing of the kind, so that one that is spelled alike would mislead
 */
export function suggestFlag(typed: string, row: CommandRow): string | undefined {
  const name = camel(typed);
  const misnamed = row.misnamed?.[name];
  if (misnamed) return misnamed;
  if (WRITTEN.includes(name)) return ['out', 'to'].find((flag) => flag in row.flags) ?? 'none';
  if (READ.includes(name)) return row.arguments.length === 0 && 'data' in row.flags ? 'data' : 'none';
  const setting = suggestSetting(name);
  if (!setting || !(row.settings.includes(setting) || setting in row.flags)) return undefined;
  const { aliases = [] } = SETTINGS.find((known) => known.name === setting)!;
  return aliases.includes(name) ? name : setting;
}

/** A flag's name in code: `--dev-every` and `--dev_every` → `devEvery`. */
function camel(flag: string): string {
  return flag.replace(/^-+/, '').replace(/[-_]+([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
