import type { Settings } from '@longhand/core';
import { completeSettings, formatSetting, SETTINGS, type SettingName } from '@longhand/core/settings';
import { pointsOf, type RunRecord } from './run-record.js';

type Given = Partial<Settings>;

/** The settings in which the runs differ, in the order of the table of settings. */
export function differingSettings(runs: readonly Given[]): SettingName[] {
  return SETTINGS.filter(
    (setting) => new Set(runs.map((given) => settingText(given, setting.name))).size > 1,
  ).map(({ name }) => name);
}

/** The value of a setting, as an address has it: the default where the run has none of its own. */
export function settingText(given: Given, name: SettingName): string {
  const setting = SETTINGS.find((one) => one.name === name)!;
  const value = given[name] ?? completedSettings(given)[name];
  return value === undefined ? '' : formatSetting(setting, value);
}

/** With the defaults. A log of the command may hold settings that this page does not know together. */
export function completedSettings(given: Given): Given {
  try {
    return completeSettings(given);
  } catch {
    return given;
  }
}

/** Whether every word of a filter is in one of the texts. */
export function matches(filter: string, texts: readonly string[]): boolean {
  const all = texts.join(' ').toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

/** The runs as a table for a spreadsheet: one line each, with the settings in which they differ. */
export function csvOf(runs: readonly RunRecord[]): string {
  const names = differingSettings(runs.map(({ given }) => given));
  const head = [
    ...['run', 'name', 'note', 'data', ...names, 'iterations', 'seconds'],
    ...['train loss', 'train accuracy', 'dev accuracy', 'test accuracy', 'sha256'],
  ];
  const rows = runs.map(({ number, title, note, about, given, step, dev, milliseconds, result }) => [
    ...[number, title, note, about?.name, ...names.map((name) => settingText(given, name))],
    ...[step?.iteration, milliseconds / 1000, step?.loss, step?.accuracy, dev?.accuracy],
    ...[result?.test?.accuracy, result?.sha256],
  ]);
  return [head, ...rows].map((row) => `${row.map(cellOf).join(',')}\n`).join('');
}

/** A cell of a table. Quoted where it must be. A text that a spreadsheet would take for a formula is led by an apostrophe. */
export function cellOf(value: string | number | undefined): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' && /^[=+\-@\t]/.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The runs with their curves, as JSON. The weights are not in it. */
export function jsonOf(runs: readonly RunRecord[]): string {
  const plain = runs.map(({ snapshots: _snapshots, checkpoint: _checkpoint, training, watched, ...run }) => ({
    ...run,
    training: pointsOf(training),
    dev: pointsOf(watched),
    devAtEnd: run.dev,
  }));
  return `${JSON.stringify(plain, null, 2)}\n`;
}
