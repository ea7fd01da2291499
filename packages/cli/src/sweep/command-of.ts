import { formatSetting, SETTINGS, type SettingName, type SettingValue } from '@longhand/core/settings';
import type { RankedTrial, SweepPlan } from '@longhand/sweep';
import { flagOf } from '../flag-name.js';

interface DataFlags {
  readonly out: string;
  readonly data?: string;
  readonly label?: string;
  readonly ignore?: readonly string[];
}

/** Settings whose default depends on the data or on other settings: what was given is always said. */
const DEPENDENT: readonly SettingName[] = ['iterations', 'epochs', 'dev', 'devEvery'];

/** The command line that trains a trial's first run, to the same bits. */
export function commandOf(
  { candidate }: Pick<RankedTrial, 'candidate'>,
  { header }: SweepPlan,
  { data, label, ignore = [], out }: DataFlags,
): string {
  const given = { ...header.settings, ...candidate } as Partial<Record<SettingName, SettingValue>>;
  const settings = SETTINGS.flatMap((setting) => {
    const value = given[setting.name];
    const isUsual = JSON.stringify(value) === JSON.stringify(setting.default);
    if (value === undefined || (isUsual && !DEPENDENT.includes(setting.name))) return [];
    return [flagOf(setting.name), formatSetting(setting, value)];
  });
  const words = [
    ...['longhand', 'train'],
    ...(data === undefined ? [] : ['--data', inShell(data)]),
    ...(label === undefined ? [] : ['--label', inShell(label)]),
    ...ignore.flatMap((name) => ['--ignore', inShell(name)]),
    ...settings,
    ...['--out', inShell(out)],
  ];
  return words.join(' ');
}

/** For a POSIX shell: in single quotes, inside which nothing is special but themselves. */
function inShell(word: string): string {
  return /^[\w./:@,+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
