import type { Settings } from '@longhand/core';
import { formatSetting, SETTINGS } from '@longhand/core/settings';

/** The settings as an address contains them. */
export function queryOf(given: Partial<Settings>): Record<string, string> {
  return Object.fromEntries(
    SETTINGS.flatMap((setting) => {
      const value = given[setting.name];
      return value === undefined ? [] : [[setting.name, formatSetting(setting, value)]];
    }),
  );
}
