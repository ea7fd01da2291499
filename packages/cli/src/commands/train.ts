import {
  completeSettings,
  createNetwork,
  DivergenceError,
  describeNetwork,
  encodeModel,
  evaluate,
  type Network,
  type Settings,
  train,
  withPreset,
} from '@longhand/core';
import { EXIT, type ExitCode } from '../exit-code.js';
import { checkWritable, saveModel } from '../model/save-model.js';
import { type CommonFlags, settingsOf } from '../run-flags.js';
import { printJson, tell } from '../streams.js';
import { count, plural } from '../terminal/figures.js';
import { type Interruption, listenForInterruption } from '../training/interruption.js';
import { openTrainingData, type TrainingData } from '../training/open-training-data.js';
import { outcomeOf } from '../training/outcome.js';
import { paceOf } from '../training/pace.js';
import { recordRun } from '../training/record-run.js';
import { describeRunAsJson, type RunReport, reportRun } from '../training/report-run.js';
import { watchRun } from '../training/watch-run.js';

interface TrainFlags extends CommonFlags, Partial<Settings> {
  readonly data?: string;
  readonly out: string;
  readonly preset?: string;
}

/** `longhand train`: everything that can be wrong is looked at before the work begins. */
export async function trainCommand(flags: TrainFlags): Promise<ExitCode> {
  const given = settingsOf(flags);
  const settings = completeSettings(flags.preset === undefined ? given : withPreset(flags.preset, given));
  await checkWritable(flags.out);
  const data = await openTrainingData(flags.data);
  const interruption = listenForInterruption();
  try {
    return await trainAndSave(settings, data, flags, interruption);
  } catch (error) {
    // The settings do not work: bad input, and no reason to lose the model that is there.
    if (!(error instanceof DivergenceError)) throw error;
    tell(`longhand: ${error.message}; nothing was saved`);
    return EXIT.bad;
  } finally {
    interruption.stop();
  }
}

async function trainAndSave(
  settings: Settings,
  data: TrainingData,
  { out, devEvery, json = false, quiet = false }: TrainFlags,
  { signal }: Interruption,
): Promise<ExitCode> {
  const { training, dev } = data.training.split({ dev: settings.dev, seed: settings.seed });
  const start = createNetwork({
    layers: [training.inputs, ...settings.hidden, training.classNames.length],
    activation: settings.activation,
    initialisation: settings.initialisation,
    seed: settings.seed,
  });
  const paced = { ...settings, ...paceOf(settings, training.length, devEvery) };
  const { dev: _, ...options } = paced;
  const run = train(start, training, { ...options, signal, ...(dev.length > 0 ? { dev } : {}) });
  if (!quiet) introduce(start, training.length, dev.length, data);
  const batch = settings.batch === 'full' ? training.length : settings.batch;
  const steps = await watchRun(run, { quiet, examplesPerIteration: batch, minutes: settings.minutes });
  const outcome = outcomeOf(run, steps, training, dev, paced);
  if (outcome.iterations === 0) {
    tell('longhand: interrupted before the first iteration: nothing was learnt and nothing saved');
    return EXIT.interrupted;
  }
  const model = recordRun(run.network, training, paced, outcome);
  await saveModel(out, encodeModel(model));
  // Opened once, when nothing can be chosen by it any more.
  const test = await data.openTest?.();
  const report: RunReport = {
    model: out,
    network: run.network,
    steps,
    outcome,
    milliseconds: run.milliseconds,
    threads: run.threads,
    batch,
    seed: settings.seed,
    test: test && { ...test, evaluation: evaluate(run.network, test.dataset, model.record) },
  };
  if (json) printJson(await describeRunAsJson(report));
  else reportRun(report, { quiet });
  return outcome.interrupted ? EXIT.interrupted : EXIT.done;
}

function introduce(network: Network, examples: number, held: number, { name, openTest }: TrainingData): void {
  const dev = held > 0 ? `, ${count(held)} more held out as dev` : '';
  tell(`${describeNetwork(network)}\n${plural(examples, 'example')} of ${name}${dev}`);
  if (!openTest) tell(`${name} has no test set: test it with longhand evaluate MODEL --data`);
}
