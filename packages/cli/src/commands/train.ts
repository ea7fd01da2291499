import {
  buildRun,
  completeSettings,
  type Dataset,
  DivergenceError,
  describeNetwork,
  evaluate,
  layerSizes,
  type Model,
  type Network,
  parametersSha256,
  type Settings,
  settingNamed,
  train,
  withPreset,
} from '@longhand/core';
import { encodeModel } from '@longhand/core/files';
import { count, plural } from '@longhand/core/text';
import { EXIT, type ExitCode } from '../exit-code.js';
import { saveModel } from '../model/save-model.js';
import { settingsOf } from '../settings-of.js';
import { log, printJson } from '../streams.js';
import { terminalOf } from '../terminal/terminal.js';
import { checkSeeds, checkSize, checkTogether, checkUse } from '../training/check-flags.js';
import {
  type CheckpointPlan,
  checkSameData,
  checkWithin,
  describeKept,
  fingerprintOf,
  keepCheckpoints,
  openCheckpoint,
  parseEvery,
  type Resumed,
} from '../training/checkpoints.js';
import { followRun } from '../training/follow-run.js';
import { type Interruption, listenForInterruption } from '../training/interruption.js';
import { openTrainingData, type TrainingData } from '../training/open-training-data.js';
import { measureOf, outcomeOf, type RunOutcome } from '../training/outcome.js';
import { reportInterval } from '../training/report-interval.js';
import {
  describeRepetitionsAsJson,
  type Repetition,
  reportRepetitions,
} from '../training/report-repetitions.js';
import { describeRunAsJson, type RunReport, reportRun } from '../training/report-run.js';
import { checkNamed, checkRunFiles } from '../training/run-files.js';
import { createRunLog, endOf, lineOf, type RunLog } from '../training/run-log.js';
import { UsageError } from '../usage-error.js';
import type { FlagsOf } from './row.js';
import type { train as trainRow } from './train.row.js';

type TrainFlags = FlagsOf<typeof trainRow>;

const DEFAULT_SEED = settingNamed('seed').default as number;

/** `longhand train`: everything that can be wrong is looked at before the work begins. */
export async function trainCommand(flags: TrainFlags): Promise<ExitCode> {
  const given = settingsOf(flags);
  checkNamed(flags);
  checkTogether(flags);
  const every = parseEvery(flags.every);
  const resumed = flags.resume === undefined ? undefined : await openCheckpoint(flags.resume, given);
  const asked = resumed?.settings ?? withPresetOf(flags, given);
  const settings = completeSettings(asked);
  checkUse(given, settings);
  if (flags.checkpoint !== undefined && settings.engine === 'maths') {
    throw new UsageError(
      '--checkpoint: keeps 32-bit floats, --engine maths has 64-bit ones: use --engine wasm',
    );
  }
  const { repeat: repetitions = 1 } = flags;
  if (repetitions > 1 && settings.dev === 0) {
    throw new UsageError(
      '--repeat: needs dev examples to choose by which model is saved: --dev greater than 0',
    );
  }
  checkSeeds(settings.seed, repetitions);
  await checkRunFiles(flags);
  const data = await openTrainingData(flags.data);
  checkSize(settings, data.training);
  const needsFingerprint = flags.checkpoint !== undefined || resumed !== undefined;
  const fingerprint = needsFingerprint ? fingerprintOf(data.training) : '';
  if (resumed) checkSameData(flags.resume!, resumed.data, fingerprint, data.name);
  const checkpoints =
    flags.checkpoint === undefined ? undefined : { file: flags.checkpoint, every, fingerprint };
  const runLog = flags.log === undefined ? undefined : createRunLog(flags.log, warningsOf(flags));
  const interruption = listenForInterruption();
  try {
    const context = { data, flags, runLog, interruption, resumed, checkpoints };
    return await (repetitions > 1 ? trainAgain(asked, repetitions, context) : trainOnce(asked, context));
  } catch (error) {
    // The settings do not work: bad input, and no reason to lose the model that is there.
    if (!(error instanceof DivergenceError)) throw error;
    const kept = await describeKept(flags.checkpoint);
    log(`longhand: ${error.message}; nothing was saved${kept}`);
    return EXIT.bad;
  } finally {
    interruption.stop();
    runLog?.close();
  }
}

/** The settings of a run as they are given, before the defaults are filled in. */
function withPresetOf({ preset }: TrainFlags, given: Partial<Settings>): Partial<Settings> {
  return preset === undefined ? given : withPreset(preset, given);
}

/** What stays the same from run to run. */
interface Context {
  readonly data: TrainingData;
  readonly flags: TrainFlags;
  readonly runLog: RunLog | undefined;
  readonly interruption: Interruption;
  readonly resumed: Resumed | undefined;
  readonly checkpoints: CheckpointPlan | undefined;
}

/** Says in a line what a run survives, below the bar if there is one. */
function warningsOf({ quiet = false }: Pick<TrainFlags, 'quiet'>): (message: string) => void {
  const start = terminalOf(process.stderr).interactive && !quiet ? '\n' : '';
  return (message) => log(`${start}longhand: ${message}`);
}

/** A run that has ended, before anything is saved or tested. */
interface Learnt {
  readonly model: Model;
  readonly network: Network;
  readonly outcome: RunOutcome;
  readonly report: Omit<RunReport, 'model' | 'data' | 'test'>;
}

async function trainOnce(settings: Partial<Settings>, context: Context): Promise<ExitCode> {
  const { data, flags } = context;
  const { out, json = false, quiet = false } = flags;
  const learnt = await learn(settings, context, true);
  if (!learnt) return EXIT.interrupted;
  const { model, network, outcome } = learnt;
  await saveModel(out, encodeModel(model));
  // Opened once, when nothing can be chosen by it any more.
  const test = await data.openTest?.();
  const report: RunReport = {
    ...learnt.report,
    model: out,
    data: flags.data,
    test: test && { ...test, evaluation: evaluate(network, test.dataset, model.record) },
  };
  await logEnd(context, learnt, report.test?.evaluation);
  if (json) printJson(await describeRunAsJson(report));
  else reportRun(report, { quiet });
  return outcome.interrupted ? EXIT.interrupted : EXIT.done;
}

/** The same settings with one seed after the other. The model that is best on dev is saved; the test set is opened when all have ended. */
async function trainAgain(
  settings: Partial<Settings>,
  repetitions: number,
  context: Context,
): Promise<ExitCode> {
  const { data, flags } = context;
  const { out, json = false, quiet = false } = flags;
  const all: Learnt[] = [];
  let best: Learnt | undefined;
  let interrupted = false;
  for (let k = 0; k < repetitions && !interrupted; k++) {
    const seeded = { ...settings, seed: (settings.seed ?? DEFAULT_SEED) + k };
    if (!quiet) log(`Run ${k + 1} of ${repetitions}, seed ${seeded.seed}:`);
    const learnt = await learn(seeded, context, k === 0);
    if (!learnt) break;
    interrupted = learnt.outcome.interrupted;
    await logEnd(context, learnt, undefined);
    all.push(learnt);
    if (best === undefined || devOf(learnt) > devOf(best)) {
      best = learnt;
      await saveModel(out, encodeModel(learnt.model));
    }
  }
  if (!best) return EXIT.interrupted;
  const test = await data.openTest?.();
  const runs: Repetition[] = [];
  for (const { network, model, outcome, report } of all) {
    const tested = test && measureOf(evaluate(network, test.dataset, model.record));
    if (tested) context.runLog?.write({ type: 'test', run: runs.length + 1, ...tested });
    runs.push({
      outcome,
      seed: report.seed,
      milliseconds: report.milliseconds,
      test: tested ?? null,
      parametersSha256: await parametersSha256(network),
    });
  }
  const report = { model: out, saved: best.report.seed, runs };
  if (json) printJson(describeRepetitionsAsJson(report));
  else reportRepetitions(report, { quiet });
  return interrupted ? EXIT.interrupted : EXIT.done;
}

function devOf({ outcome }: Learnt): number {
  return outcome.dev!.accuracy;
}

/** One run; `undefined` when it was interrupted before the first update. */
async function learn(
  given: Partial<Settings>,
  { data, flags, runLog, interruption: { signal }, resumed, checkpoints }: Context,
  introduces: boolean,
): Promise<Learnt | undefined> {
  const { quiet = false } = flags;
  const built = buildRun({ settings: given, dataset: data.training });
  const { network: start, training, settings, batchSize: batch } = built;
  const keeper = checkpoints && keepCheckpoints(checkpoints, settings, resumed?.firstLoss, warningsOf(flags));
  const run = train(start, training, {
    ...built.options,
    signal,
    reportEvery: reportInterval(built),
    ...(resumed ? { resume: resumed.checkpoint } : {}),
  });
  if (resumed) checkWithin(resumed, run);
  if (!quiet && introduces) introduce(start, training.length, settings.dev, data);
  runLog?.write(beginning(settings, start, training, data));
  const steps = await followRun(run, {
    quiet,
    examplesPerIteration: batch,
    minutes: settings.minutes,
    async onStep(step, seconds) {
      runLog?.write(lineOf(step, seconds));
      if (!run.stopReason) await keeper?.keep(run, step, { now: signal.aborted });
    },
  });
  const outcome = outcomeOf(run, steps, built);
  if (outcome.made === 0) {
    log('longhand: interrupted before the first iteration: nothing was learned and nothing saved');
    return undefined;
  }
  const { network, milliseconds, threads } = run;
  return {
    model: { network, record: built.record(outcome) },
    network,
    outcome,
    report: { network, steps, outcome, milliseconds, threads, batch, seed: settings.seed },
  };
}

function beginning(settings: Settings, network: Network, training: Dataset, { name }: TrainingData) {
  const { threads: _, ...repeatable } = settings;
  return {
    ...({ type: 'run', version: 1 } as const),
    data: name,
    layers: layerSizes(network),
    examples: training.length,
    settings: repeatable,
  };
}

async function logEnd(
  { runLog }: Context,
  { network, outcome, report }: Learnt,
  test: RunOutcome['dev'] | undefined,
): Promise<void> {
  if (!runLog) return;
  const sha256 = await parametersSha256(network);
  runLog.write(endOf(outcome, report.milliseconds / 1000, test ? measureOf(test) : null, sha256));
}

function introduce(network: Network, examples: number, held: number, { name, openTest }: TrainingData): void {
  const dev = held > 0 ? `, ${count(held)} more held out as dev` : '';
  log(`${describeNetwork(network)}\n${plural(examples, 'example')} of ${name}${dev}`);
  if (!openTest) log(`${name} has no test set: test it with longhand evaluate MODEL --data`);
}
