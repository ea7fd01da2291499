import type { Setting, SettingName } from './setting.js';
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

/**
 * The setting that somebody means by a name that is not ours: a former name, what another library calls it, or a small
 * misspelling. `--weight_decay`, `l2` and `wieghtDecay` all mean `weightDecay`.
 *
 * @returns nothing where no setting comes near
 */
export function suggestSetting(name: string): SettingName | undefined {
  const typed = plain(name);
  const all = SETTINGS.flatMap((setting) =>
    [setting.name, ...otherNamesOf(setting), ...(setting.elsewhere ?? [])].map((known) => ({
      name: setting.name,
      known: plain(known),
    })),
  );
  const same = all.find(({ known }) => known === typed);
  if (same) return same.name;
  const near = all
    .map((row) => ({ ...row, distance: editDistance(typed, row.known) }))
    .filter(({ known, distance }) => distance <= (known.length > 6 ? 2 : known.length > 3 ? 1 : 0))
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.name;
}

/** `--weight-decay`, `weight_decay` and `weightDecay` alike. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** How many letters must be changed, added, left out or swapped with their neighbor to make one word of the other. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        next[j] = Math.min(next[j]!, before[j - 2]! + 1);
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}
