import { evaluate, parametersSha256 } from '@longhand/core';
import { encodeModel } from '@longhand/core/files';
import { measureOf } from '@longhand/core/training';
import type { RankedTrial } from '@longhand/sweep';
import { saveModel } from '../model/save-model.js';
import { log } from '../streams.js';
import { checkBits } from '../training/check-bits.js';
import { runTraining } from '../training/run-training.js';
import type { SweepReport, TrainedWinner } from './sweep-report.js';

/**
 * Trains the winner's first run once more, with all threads: to the same bits, which is checked. Then the
 * test set is opened, for the first time.
 *
 * @returns nothing if it was interrupted
 * @throws EngineError if this machine comes to other bits than the worker that ran the trial
 */
export async function trainWinner(
  { plan, flags, data }: SweepReport,
  { trial, settings, rung, results }: RankedTrial,
  signal: AbortSignal,
  warn: (message: string) => void,
): Promise<TrainedWinner | undefined> {
  const { out, quiet = false } = flags;
  if (!quiet) log(`Training trial ${trial} once more, to save its model`);
  const finished = await runTraining(
    settings,
    {
      ...{ data, flags: { ...flags, json: false }, signal, warn },
      ...{ runLog: undefined, resumed: undefined, from: undefined, checkpoints: undefined },
    },
    false,
  );
  if (!finished || finished.outcome.interrupted) return undefined;
  const { model, network, outcome, engine } = finished;
  const sha256 = await parametersSha256(network);
  const [first] = results;
  const isWhole = rung === plan.rungs && first?.type === 'measured';
  if (isWhole) checkBits(`trial ${trial}`, sha256, first);
  await saveModel(out, encodeModel(model));
  const opened = await data.openTest?.();
  const test = opened && {
    name: opened.name,
    measure: measureOf(evaluate(network, opened.dataset, { ...model.record, engine })),
  };
  return {
    ...{ trial, seed: settings.seed, parametersSha256: sha256, dev: outcome.dev! },
    ...(test && { test }),
  };
}
