import type { Settings } from '@longhand/core';
import { settingNamed } from '@longhand/core/settings';
import { devExamples } from '@longhand/core/training';
import { type LoggedResult, type LoggedSweep, readSweepLog } from '@longhand/sweep/log';
import type { LoggedRun } from './logged-run.js';

/**
 * The runs of a sweep, in the order of their trials: of each, its last rung. Runs that failed have no
 * figures, and are left out.
 *
 * @throws DataError for a damaged log, with the line
 */
export function runsOfSweep(file: string, text: string): LoggedRun[] {
  const sweep = readSweepLog(file, text);
  const last = new Map<string, LoggedResult>();
  for (const result of sweep.results) {
    const key = `${result.trial} ${result.repetition}`;
    if ((last.get(key)?.rung ?? 0) <= result.rung) last.set(key, result);
  }
  return [...last.values()]
    .sort((a, b) => a.trial - b.trial || a.repetition - b.repetition)
    .flatMap((result) => (result.type === 'measured' ? [runOf(file, sweep, result)] : []));
}

function runOf(
  file: string,
  { header, trials, winners }: LoggedSweep,
  result: Extract<LoggedResult, { type: 'measured' }>,
): LoggedRun {
  const { trial, repetition, updates, seconds, train, dev, curve, parametersSha256 } = result;
  const seed = header.seed + repetition - 1;
  const settings: Partial<Settings> = { ...header.settings, ...trials.get(trial), seed };
  const { hidden = settingNamed('hidden').default as readonly number[] } = settings;
  const perEpoch = updatesPerEpoch(settings, header.examples);
  const winner = winners.find((one) => one.trial === trial && one.seed === seed);
  return {
    file,
    begun: {
      ...{ type: 'run', version: 1, data: header.data, examples: header.examples, settings },
      layers: [header.layers.inputs, ...hidden, header.layers.outputs],
    },
    steps: curve.map((point) => ({
      ...{ type: 'step', iteration: point.iteration, epoch: point.iteration / perEpoch, seconds: 0 },
      // Curves of earlier versions have no accuracy on training examples.
      ...{ loss: point.loss, accuracy: point.accuracy ?? Number.NaN },
      ...(point.dev && { dev: { examples: dev.examples, ...point.dev } }),
    })),
    end: {
      ...{ type: 'end', iterations: updates, updates, stopReason: 'length', seconds },
      ...{ train: train ?? null, dev, test: winner?.test ?? null, parametersSha256 },
    },
  };
}

function updatesPerEpoch(
  { batchSize = 'full', dev, variants = 0 }: Partial<Settings>,
  examples: number,
): number {
  if (batchSize === 'full') return 1;
  const held = devExamples(dev === undefined ? {} : { dev }, examples);
  const training = examples - held;
  return Math.ceil((training + Math.round(variants * training)) / batchSize);
}
