import { evaluate, type Settings } from '@longhand/core';
import { encodeModel } from '@longhand/core/files';
import { EXIT, type ExitCode } from '../exit-code.js';
import { saveModel } from '../model/save-model.js';
import { printJson } from '../streams.js';
import { describeRunAsJson, type RunReport, reportRun } from './report-run.js';
import { logEnd, runTraining, type TrainingContext } from './run-training.js';

/** Trains once, saves the model, tests it and reports the result. */
export async function trainOnce(settings: Partial<Settings>, context: TrainingContext): Promise<ExitCode> {
  const { data, flags } = context;
  const { out, json = false, quiet = false } = flags;
  const finished = await runTraining(settings, context, true);
  if (!finished) return EXIT.interrupted;
  const { model, network, outcome } = finished;
  await saveModel(out, encodeModel(model));
  // Opened only now, when it can no longer influence any choice.
  const test = await data.openTest?.();
  const report: RunReport = {
    ...finished.report,
    model: out,
    data: flags.data,
    taken: data.taken,
    test: test && {
      ...test,
      evaluation: evaluate(network, test.dataset, { ...model.record, engine: finished.engine }),
    },
  };
  await logEnd(context, finished, report.test?.evaluation);
  if (json) printJson(await describeRunAsJson(report));
  else reportRun(report, { quiet });
  return outcome.interrupted ? EXIT.interrupted : EXIT.done;
}
