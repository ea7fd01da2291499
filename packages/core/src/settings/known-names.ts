import { SettingError } from '../errors.js';
import { otherNamesOf } from './names.js';
import { suggestSetting } from './suggest.js';
import { SETTINGS } from './table.js';

/**
 * Checks that every option has a name that is known. A misspelled one would have no effect.
 *
 * @param others options that are not settings
 * @throws SettingError that names the option that was probably meant
 */
export function requireKnownNames(given: object, others: readonly string[] = []): void {
  for (const name of Object.keys(given)) {
    if (others.includes(name)) continue;
    const setting = SETTINGS.find((row) => row.name === name || row.aliases?.includes(name));
    if (setting) continue;
    const former = SETTINGS.find((row) => otherNamesOf(row).includes(name))?.name;
    const meant = former ?? others.find((other) => plain(other) === plain(name)) ?? suggestSetting(name);
    throw new SettingError({
      setting: name,
      expected: ['an option that exists'],
      advice: meant ? ['Did you mean ', { setting: meant }, '?'] : undefined,
    });
  }
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
