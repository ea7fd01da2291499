import type { Setting } from './setting.js';
import { SETTINGS } from './table.js';

/** Names that are read for a setting besides its own: aliases, and names that it had before. */
export function otherNamesOf({ aliases = [], formerly = [] }: Setting): readonly string[] {
  return [...aliases, ...formerly];
}

/**
 * Recorded settings under the names and with the words of today. Model files, checkpoints, logs and shared links may
 * have been written before a setting was renamed. Values that are not settings stay as they are. Where a setting is
 * recorded under two names, its own name counts.
 */
export function withCurrentNames<Value>(
  recorded: Readonly<Record<string, Value>>,
): Record<string, Value | string> {
  const current: Record<string, Value | string> = { ...recorded };
  for (const setting of SETTINGS) {
    for (const name of otherNamesOf(setting)) {
      if (!Object.hasOwn(recorded, name)) continue;
      delete current[name];
      current[setting.name] ??= recorded[name]!;
    }
    const value = current[setting.name];
    const renamed = setting.kind.type === 'choice' ? setting.kind.formerly : undefined;
    if (typeof value === 'string' && renamed && Object.hasOwn(renamed, value))
      current[setting.name] = renamed[value]!;
  }
  return current;
}
