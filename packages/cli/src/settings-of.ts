import type { Settings } from '@longhand/core';
import { SETTINGS } from '@longhand/core/settings';

/** The settings of a run among a command's flags. */
export function settingsOf(flags: object): Partial<Settings> {
  return Object.fromEntries(
    SETTINGS.map(({ name }) => [name, (flags as Partial<Settings>)[name]]).filter(
      ([, value]) => value !== undefined,
    ),
  );
}
