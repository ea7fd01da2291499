import { evaluate, parametersSha256, type Settings } from '@longhand/core';
import { encodeModel } from '@longhand/core/files';
import { settingNamed } from '@longhand/core/settings';
import { measureOf } from '@longhand/core/training';
import { EXIT, type ExitCode } from '../exit-code.js';
import { saveModel } from '../model/save-model.js';
import { log, printJson } from '../streams.js';
import { describeRepetitionsAsJson, type Repetition, reportRepetitions } from './report-repetitions.js';
import { type FinishedRun, logEnd, runTraining, type TrainingContext } from './run-training.js';

const DEFAULT_SEED = settingNamed('seed').default as number;

/**
 * Trains with several seeds, one after the other, and saves the model that is best on dev. The test
 * set is opened after the last run.
 */
export async function trainRepeatedly(
  settings: Partial<Settings>,
  repetitions: number,
  context: TrainingContext,
): Promise<ExitCode> {
  const { out, quiet = false } = context.flags;
  const all: FinishedRun[] = [];
  let best: FinishedRun | undefined;
  let interrupted = false;
  for (let k = 0; k < repetitions && !interrupted; k++) {
    const seed = (settings.seed ?? DEFAULT_SEED) + k;
    if (!quiet) log(`Run ${k + 1} of ${repetitions}, seed ${seed}:`);
    const finished = await runTraining({ ...settings, seed }, context, k === 0);
    if (!finished) break;
    interrupted = finished.outcome.interrupted;
    await logEnd(context, finished, undefined);
    all.push(finished);
    if (best === undefined || devAccuracy(finished) > devAccuracy(best)) {
      best = finished;
      await saveModel(out, encodeModel(finished.model));
    }
  }
  if (!best) return EXIT.interrupted;
  await testAndReport(all, best, context);
  return interrupted ? EXIT.interrupted : EXIT.done;
}

/** A run that has been trained, here or by a worker. */
export type RepeatedRun = Pick<FinishedRun, 'network' | 'model' | 'engine' | 'outcome'> & {
  readonly report: Pick<FinishedRun['report'], 'seed' | 'milliseconds'>;
};

/** Tests every run, and prints their figures, and what is to be expected. */
export async function testAndReport(
  all: readonly RepeatedRun[],
  best: RepeatedRun,
  context: RepetitionContext,
): Promise<void> {
  const { out, json = false, quiet = false } = context.flags;
  const report = { model: out, saved: best.report.seed, runs: await testAll(all, context) };
  if (json) printJson(describeRepetitionsAsJson(report));
  else reportRepetitions(report, { quiet });
}

/** The accuracy on dev, by which the saved model is chosen. */
export function devAccuracy({ outcome }: RepeatedRun): number {
  return outcome.dev!.accuracy;
}

type RepetitionContext = Pick<TrainingContext, 'data' | 'flags' | 'runLog'>;

/** Tests every run, and adds the results to the log. */
async function testAll(
  all: readonly RepeatedRun[],
  { data, runLog }: RepetitionContext,
): Promise<Repetition[]> {
  const test = await data.openTest?.();
  const runs: Repetition[] = [];
  for (const { network, model, engine, outcome, report } of all) {
    const tested = test && measureOf(evaluate(network, test.dataset, { ...model.record, engine }));
    if (tested) runLog?.write({ type: 'test', run: runs.length + 1, ...tested });
    runs.push({
      outcome,
      seed: report.seed,
      milliseconds: report.milliseconds,
      test: tested ?? null,
      parametersSha256: await parametersSha256(network),
    });
  }
  return runs;
}
