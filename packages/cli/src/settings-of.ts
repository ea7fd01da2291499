import { SETTINGS, type Settings } from '@longhand/core';

/** The settings of a run among a command's flags. */
export function settingsOf(flags: object): Partial<Settings> {
  return Object.fromEntries(
    SETTINGS.map(({ name, aliases = [] }) => {
      const given = [name, ...aliases].map((said) => (flags as Record<string, unknown>)[said]);
      return [name, given.find((value) => value !== undefined)];
    }).filter(([, value]) => value !== undefined),
  );
}
