import {
  flagOf,
  formatSetting,
  parseSetting,
  rangeOf,
  SETTINGS,
  type Setting,
  type SettingName,
  type Settings,
  settingNamed,
} from '@longhand/core';
import { type Command, Option } from 'commander';

/** Flags that every command has. */
export interface CommonFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What the words of a setting's kind look like as a flag's argument. */
const PLACEHOLDERS: Readonly<Record<Setting['kind']['type'], string>> = {
  integer: 'n',
  number: 'x',
  choice: 'name',
  sizes: 'sizes',
};

/** Gives a command the flags of some rows of the table of settings, or of all. */
export function addSettings(command: Command, names?: readonly SettingName[]): Command {
  for (const setting of SETTINGS) {
    if (names && !names.includes(setting.name)) continue;
    command.addOption(
      new Option(
        `${flagOf(setting)} <${PLACEHOLDERS[setting.kind.type]}>`,
        describeSetting(setting),
      ).argParser((text) => parseSetting(setting, text)),
    );
  }
  return command;
}

/** `--seed` where it draws something of a command's own. */
export function seedOption(explanation: string, hasDefault = true): Option {
  const seed = settingNamed('seed');
  const facts = [rangeOf(seed), ...(hasDefault ? [`default ${formatSetting(seed, seed.default)}`] : [])];
  return new Option('--seed <n>', `${explanation} (${facts.join('; ')})`).argParser(
    (text) => parseSetting(seed, text) as number,
  );
}

/** What help says of a setting: explanation, symbol, range, default. */
function describeSetting(setting: Setting): string {
  const { symbol, explanation } = setting;
  const facts = [symbol, rangeOf(setting), `default ${formatSetting(setting, setting.default)}`];
  return `${explanation} (${facts.filter(Boolean).join('; ')})`;
}

/** The settings among a command's flags. */
export function settingsOf(flags: object): Partial<Settings> {
  return Object.fromEntries(
    SETTINGS.map(({ name }) => [name, (flags as Partial<Settings>)[name]]).filter(
      ([, value]) => value !== undefined,
    ),
  );
}
