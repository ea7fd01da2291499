import type { SweepReport } from './sweep-report.js';
import { valuesOf } from './values-of.js';

/** The whole table as CSV (RFC 4180), the best trial first. Accuracies are 0–1, losses in nats. */
export function tableAsCsv({ plan, ranked }: Pick<SweepReport, 'plan' | 'ranked'>): string {
  const names = plan.header.vary.map(({ name }) => name);
  const titles = [
    'rank',
    'trial',
    ...names,
    'rung',
    'runs',
    'updates',
    'devAccuracy',
    'devAccuracySd',
    'devLoss',
  ];
  const rows = ranked.map((row, k) => {
    const { trial, rung, results, dev, reason } = row;
    const [first] = results;
    const measured = first?.type === 'measured' ? first : undefined;
    return [
      ...[k + 1, trial, ...valuesOf(row, names), rung, results.length, measured?.updates],
      ...[dev?.accuracy, dev?.standardDeviation, dev?.loss, measured?.parametersSha256, reason],
    ];
  });
  const lines = [[...titles, 'parametersSha256', 'failed'], ...rows];
  return lines.map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('');
}

function cellOf(value: string | number | undefined): string {
  const text = value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
