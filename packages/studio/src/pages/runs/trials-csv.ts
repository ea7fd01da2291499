import { formatSetting, settingNamed } from '@longhand/core/settings';
import { cellOf } from '../../state/compare-runs.js';
import type { Collection, Trial } from './trial.js';

/** Trials as a table for a spreadsheet, the best first. */
export function csvOfTrials({ axes, noun }: Collection, trials: readonly Trial[]): string {
  const head = [
    ...['rank', noun, ...axes.map(({ name }) => name), 'dev accuracy', 'standard deviation', 'dev loss'],
    ...['runs', 'epochs', 'sha256', 'failed'],
  ];
  const rows = trials.map((trial, k) => {
    const { label, given, dev, epochs, sha256, reason } = trial;
    return [
      ...[k + 1, label.replace(/^trial /, '')],
      ...axes.map(({ name }) =>
        given[name] === undefined ? undefined : formatSetting(settingNamed(name), given[name]!),
      ),
      ...[dev?.accuracy, dev?.deviation, dev?.loss, dev?.runs, epochs, sha256, reason],
    ];
  });
  return [head, ...rows].map((row) => `${row.map(cellOf).join(',')}\n`).join('');
}
