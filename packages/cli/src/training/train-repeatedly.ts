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
  const { out, json = false, quiet = false } = context.flags;
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
  const report = { model: out, saved: best.report.seed, runs: await testAll(all, context) };
  if (json) printJson(describeRepetitionsAsJson(report));
  else reportRepetitions(report, { quiet });
  return interrupted ? EXIT.interrupted : EXIT.done;
}

function devAccuracy({ outcome }: FinishedRun): number {
  return outcome.dev!.accuracy;
}

/** Tests every run, and adds the results to the log. */
async function testAll(
  all: readonly FinishedRun[],
  { data, runLog }: TrainingContext,
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
