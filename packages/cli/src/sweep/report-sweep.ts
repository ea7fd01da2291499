import { nats, percent, plural } from '@longhand/core/text';
import { saveModel } from '../model/save-model.js';
import { log, print, printJson } from '../streams.js';
import { painter } from '../terminal/paint.js';
import { rowsFitting } from '../terminal/rows.js';
import { terminalOf } from '../terminal/terminal.js';
import { spreadOf } from '../training/repetitions.js';
import { commandOf } from './command-of.js';
import { describeCandidate } from './follow-sweep.js';
import type { SweepReport } from './sweep-report.js';
import { tableAsCsv } from './table-csv.js';
import { valuesOf } from './values-of.js';

/** Rows that a person reads; `--csv` has all. */
const ROWS = 20;

/** Prints the table, the winner and the line that trains it again, and writes the CSV file. */
export async function reportSweep(report: SweepReport): Promise<void> {
  const { flags } = report;
  if (flags.csv !== undefined) {
    await saveModel(flags.csv, new TextEncoder().encode(tableAsCsv(report)), 'the table');
  }
  if (flags.json) printJson(describeSweepAsJson(report));
  else printSweep(report);
}

/** The document of `sweep --json`. It has nothing that depends on who did the work, or how fast. */
function describeSweepAsJson({ plan, ranked, complete, flags, fresh, trained, data }: SweepReport): object {
  const { header, rungs } = plan;
  const accuracies = fresh.map(({ dev }) => dev.accuracy);
  const winner = trained && ranked.find(({ trial }) => trial === trained.trial);
  return {
    ...{
      data: data.name,
      strategy: header.strategy,
      rungs,
      repeat: header.repeat,
      seed: header.seed,
      complete,
    },
    model: trained ? flags.out : null,
    winner:
      trained && winner
        ? {
            ...{ trial: trained.trial, varied: winner.candidate, settings: winner.settings },
            ...{ parametersSha256: trained.parametersSha256, dev: trained.dev },
            test: trained.test?.measure ?? null,
            fresh: accuracies.length > 0 ? { dev: spreadOf(accuracies), runs: fresh } : null,
            command: commandOf(winner, plan, flags),
          }
        : null,
    trials: ranked.map((row, k) => {
      const { trial, candidate, settings, rung, results, dev, reason } = row;
      const [first] = results;
      return {
        ...{ rank: k + 1, trial, varied: candidate, settings, rung },
        parametersSha256: first?.type === 'measured' ? first.parametersSha256 : null,
        dev: dev ?? null,
        runs: results.map((result, r) => ({
          seed: settings.seed + r,
          ...(result.type === 'measured'
            ? { updates: result.updates, parametersSha256: result.parametersSha256, dev: result.dev }
            : { failed: result.reason }),
        })),
        ...(reason === undefined ? {} : { failed: reason }),
      };
    }),
  };
}

function printSweep(report: SweepReport): void {
  const { plan, ranked, complete, flags, fresh, trained } = report;
  const { quiet = false } = flags;
  const terminal = terminalOf(process.stdout);
  const paint = painter(terminal);
  const cells = tableOf(report);
  const widths = cells[0]!.map((_, c) => Math.max(...cells.map((row) => [...row[c]!].length)));
  const tableLines = cells.map((row) =>
    row
      .map((cell, c) => cell.padStart(widths[c]!))
      .join('  ')
      .trimEnd(),
  );
  if (!quiet) for (const line of rowsFitting(tableLines, cells, terminal)) print(line);
  if (!quiet && ranked.length > ROWS)
    print(`… and ${plural(ranked.length - ROWS, 'trial')} more: --csv FILE has all`);
  for (const row of quiet ? [] : ranked.slice(0, ROWS))
    if (row.reason) print(`trial ${row.trial} failed: ${row.reason}`);
  if (!complete) print('The table is not complete: the sweep was ended early.');
  if (!trained) return;
  const winner = ranked.find(({ trial }) => trial === trained.trial)!;
  print(`Best: trial ${winner.trial}: ${describeCandidate(winner.candidate)}`);
  if (fresh.length > 0) {
    const { mean, standardDeviation } = spreadOf(fresh.map(({ dev }) => dev.accuracy));
    const spread = fresh.length > 1 ? ` ± ${(100 * standardDeviation).toFixed(2)}` : '';
    print(
      `dev    ${paint('bold', `${percent(mean)}${spread}`)} accuracy over ${plural(fresh.length, 'fresh seed')}`,
    );
  }
  print(
    `dev    ${paint('bold', percent(trained.dev.accuracy))} accuracy, loss ${nats(trained.dev.loss)}: the model that is saved`,
  );
  if (trained.test) {
    const { measure } = trained.test;
    print(
      `test   ${paint('bold', percent(measure.accuracy))} accuracy, loss ${nats(measure.loss)}, ${plural(measure.examples, 'example')}: opened once, for this model`,
    );
  }
  print(`Saved ${flags.out}`);
  if (!quiet) log(`\nTo train it again:\n  ${commandOf(winner, plan, flags)}`);
}

function tableOf({ plan, ranked }: SweepReport): string[][] {
  const names = plan.header.vary.map(({ name }) => name);
  const hasRungs = plan.rungs > 1;
  const titles = ['', 'trial', ...names, ...(hasRungs ? ['rung'] : []), 'updates', 'dev', 'loss'];
  const rows = ranked.slice(0, ROWS).map((row, k) => {
    const { dev, results, reason } = row;
    const [first] = results;
    const spread = dev && results.length > 1 ? ` ± ${(100 * dev.standardDeviation).toFixed(2)}` : '';
    return [
      ...[String(k + 1), String(row.trial), ...valuesOf(row, names)],
      ...(hasRungs ? [String(row.rung)] : []),
      first?.type === 'measured' ? String(first.updates) : '–',
      dev ? `${percent(dev.accuracy)}${spread}` : reason === undefined ? 'not run' : 'failed',
      dev ? nats(dev.loss) : '–',
    ];
  });
  return [titles, ...rows];
}
