import {
  type Evaluation,
  layerSizes,
  type Measure,
  type Network,
  parametersSha256,
  type Step,
} from '@longhand/core';
import { worstConfusions } from '@longhand/core/evaluation';
import { duration, large, nats, percent, plural, significant } from '@longhand/core/text';
import { measureOf, type RunOutcome } from '@longhand/core/training';
import { type Taken, takenAsJson } from '../data/announce.js';
import { describeConfusions } from '../evaluation/describe-confusions.js';
import { log, print } from '../streams.js';
import { painter } from '../terminal/paint.js';
import { isPicture } from '../terminal/picture.js';
import { terminalOf } from '../terminal/terminal.js';
import type { NamedDataset } from '../test-set.js';
import { drawRunCurves } from './run-curves.js';
import { drawSampleAnswers } from './sample-answers.js';

/** A run that has finished and been saved. */
export interface RunReport {
  /** Path of the model. */
  readonly model: string;
  /** The value of `--data`. */
  readonly data: string | undefined;
  /** What was taken from its files. */
  readonly taken: Taken | undefined;
  readonly network: Network;
  readonly steps: readonly Step[];
  readonly outcome: RunOutcome;
  readonly milliseconds: number;
  readonly threads: number;
  /** Updates that the model had before, whose optimizer went on. */
  readonly before: number;
  /** The model that was trained further. */
  readonly from: object | undefined;
  /** Examples per iteration. */
  readonly batchSize: number;
  readonly seed: number;
  readonly test: (NamedDataset & { readonly evaluation: Evaluation }) | undefined;
}

const CONFUSIONS = 5;

/**
 * Prints the result of `train`: in a terminal with curves and pictures, in a pipe the numbers only.
 */
export function reportRun(report: RunReport, { quiet }: { quiet: boolean }): void {
  const { model, data, steps, outcome, test, seed } = report;
  const terminal = terminalOf(process.stdout);
  const drawn = terminal.interactive && !quiet;
  if (drawn && steps.length > 1) print(['', ...drawRunCurves(steps, terminal), ''].join('\n'));
  if (drawn && test) {
    const { dataset, evaluation } = test;
    if (isPicture(dataset) && dataset.length > 0)
      print([...drawSampleAnswers(dataset, evaluation, { seed, terminal }), ''].join('\n'));
    const worst = worstConfusions(evaluation, CONFUSIONS);
    if (worst.length > 0) print(`${describeConfusions(worst, dataset.classNames)}\n`);
  }
  if (!quiet) print(describeWork(report));
  const ending = describeEnding(outcome);
  if (!quiet && ending) print(ending);
  const paint = painter(terminal);
  const rows: [string, Measure | null | undefined][] = [
    ['train', outcome.train],
    ['dev', outcome.dev],
    ['test', test?.evaluation],
  ];
  for (const [name, measure] of rows) {
    if (measure)
      print(
        `${name.padEnd(5)}  ${paint('bold', percent(measure.accuracy))} accuracy, loss ${nats(measure.loss)}, ${plural(measure.examples, 'example')}`,
      );
  }
  print(
    outcome.interrupted
      ? `Interrupted: saved ${model} after ${plural(outcome.iterations, 'iteration')}`
      : `Saved ${model}`,
  );
  if (!quiet) log(advice(model, data, report.from !== undefined));
}

/** The document of `train --json`. */
export async function describeRunAsJson(report: RunReport): Promise<object> {
  const { model, network, outcome, milliseconds, threads, seed, test } = report;
  const { iterations, updates, stopReason, interrupted, train, dev } = outcome;
  return {
    model,
    ...(report.from && { startedFrom: report.from }),
    layers: layerSizes(network),
    iterations,
    ...(updates === iterations ? {} : { updates }),
    ...(interrupted ? { interrupted } : { stopReason }),
    seconds: milliseconds / 1000,
    msPerIteration: milliseconds / (updates - report.before),
    threads,
    seed,
    train,
    dev,
    test: test ? measureOf(test.evaluation) : null,
    ...(report.taken && { data: takenAsJson(report.taken) }),
    parametersSha256: await parametersSha256(network),
  };
}

/** Why a run stopped early, or which parameters it kept instead of the last ones. */
function describeEnding({ stopReason, updates, iterations }: RunOutcome): string | undefined {
  const stopped = {
    patience: 'Stopped early: no more improvement on dev.',
    minutes: 'Stopped: the time limit was reached.',
  };
  const why = stopReason === 'patience' || stopReason === 'minutes' ? stopped[stopReason] : '';
  const kept =
    updates === iterations ? '' : `Kept the parameters of iteration ${iterations}, the best on dev.`;
  return [why, kept].filter(Boolean).join(' ') || undefined;
}

function describeWork({ outcome, before, milliseconds, threads, batchSize }: RunReport): string {
  const updates = outcome.updates - before;
  const each = milliseconds / updates;
  const on = threads === 0 ? 'on the main thread' : `on ${plural(threads, 'thread')}`;
  return `${plural(updates, 'iteration')} in ${duration(milliseconds / 1000)} ${on}: ${significant(each)} ms each, ${large((1000 / each) * batchSize)} examples/s`;
}

function advice(model: string, data: string | undefined, isContinued: boolean): string {
  // Installed through npm, the command is not on the path.
  const command = process.env.npm_lifecycle_event ? 'npx longhand' : 'longhand';
  const file = inShell(model);
  const from = data === undefined ? '' : ` --data ${inShell(data)}`;
  const lines = [
    [`evaluate ${file}${from}`, 'confusion matrix and more'],
    [
      `predict ${file}${from} --index ${data === undefined ? 115 : 0}`,
      data === undefined ? 'one digit of the test set' : 'one example',
    ],
    [`show ${file}${isContinued ? '' : ' --learned'}`, 'the hidden units as pictures'],
    [`check ${file}${from}`, 'check every gradient'],
  ] as const;
  const widest = Math.max(...lines.map(([call]) => call.length));
  const described = lines.map(([call, why]) => `  ${command} ${call.padEnd(widest)}   ${why}`);
  const bare = lines.map(([call]) => `  ${command} ${call}`);
  const fits = described.every((line) => line.length < terminalOf(process.stderr).width);
  return ['\nTry next:', ...(fits ? described : bare)].join('\n');
}

function inShell(file: string): string {
  return /^[\w./:@-]+$/.test(file) ? file : JSON.stringify(file);
}
