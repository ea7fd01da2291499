import {
  type BuiltRun,
  buildRun,
  type Checkpoint,
  type Dataset,
  describeNetwork,
  layerSizes,
  type Measure,
  type ModelFile,
  type Network,
  parametersSha256,
  type Settings,
  type TrainOptions,
  train,
} from '@longhand/core';
import { count, percent, plural } from '@longhand/core/text';
import { learnDoubt, measureOf, outcomeOf, type RunOutcome } from '@longhand/core/training';
import { announce } from '../data/announce.js';
import { log } from '../streams.js';
import { startProgress } from '../terminal/progress.js';
import { type CheckpointPlan, checkWithin, keepCheckpoints, type Resumed } from './checkpoints.js';
import { followRun } from './follow-run.js';
import type { TrainingData } from './open-training-data.js';
import { reportInterval } from './report-interval.js';
import type { RunReport } from './report-run.js';
import { endOf, lineOf, type RunLog } from './run-log.js';
import { type StartModel, startInRecord, startState } from './start-model.js';

/** What stays the same from run to run. */
export interface TrainingContext {
  readonly data: TrainingData;
  /** The values of the flags with these names. */
  readonly flags: {
    readonly out: string;
    readonly data?: string;
    readonly json?: boolean;
    readonly quiet?: boolean;
    /** Whether it learns when to doubt; default true. */
    readonly doubt?: boolean;
  };
  readonly runLog: RunLog | undefined;
  /** Ends the run when it is aborted. */
  readonly signal: AbortSignal;
  readonly resumed: Resumed | undefined;
  /** The model that is trained further, instead of a new network. */
  readonly from: StartModel | undefined;
  readonly checkpoints: CheckpointPlan | undefined;
  /** Prints a problem that does not end the run. */
  readonly warn: (message: string) => void;
}

/** A finished run, before anything is saved or tested. */
export interface FinishedRun {
  readonly model: ModelFile;
  readonly network: Network;
  readonly outcome: RunOutcome;
  /** What computed it. */
  readonly engine: Settings['engine'];
  readonly report: Omit<RunReport, 'model' | 'data' | 'taken' | 'test'>;
}

/**
 * Trains once, with progress, log and checkpoints.
 *
 * @param introduces whether to print the network and the data first
 * @returns nothing if the run was interrupted before its first update
 */
export async function runTraining(
  given: Partial<Settings>,
  { data, flags, runLog, signal, resumed, from, checkpoints, warn }: TrainingContext,
  introduces: boolean,
): Promise<FinishedRun | undefined> {
  const { quiet = false, doubt: doubts = true } = flags;
  const built = buildRun({
    settings: given,
    dataset: data.training,
    ...(from && { from: from.model.network }),
  });
  const { network: start, training, settings, batchSize } = built;
  const keeper = checkpoints && keepCheckpoints(checkpoints, settings, resumed?.firstLoss, warn);
  const state = from && startState(from, settings);
  const run = train(start, training, {
    ...(state ? longer(built, state) : built.options),
    signal,
    reportEvery: reportInterval(built),
    ...(resumed ? { resume: resumed.checkpoint } : {}),
  });
  if (resumed) checkWithin(resumed, run);
  if (introduces) announce(data.name, data.taken, quiet);
  if (!quiet && introduces) introduce(start, training.length, settings.dev, data, from);
  runLog?.write(startLine(settings, start, training, data));
  const steps = await followRun(run, {
    quiet,
    examplesPerIteration: batchSize,
    minutes: settings.minutes,
    async onStep(step, seconds) {
      runLog?.write(lineOf(step, seconds));
      if (!run.stopReason) await keeper?.keep(run, step, { now: signal.aborted });
    },
  });
  const outcome = outcomeOf(run, steps, built);
  if (outcome.updates === (state?.iteration ?? 0)) {
    log('longhand: interrupted before the first iteration: nothing was saved');
    return undefined;
  }
  const { network, milliseconds, threads } = run;
  const doubt = outcome.interrupted || !doubts ? undefined : await learnDoubtOf(built, network, quiet);
  return {
    model: {
      network,
      record: {
        ...built.record({ ...outcome, ...(from && { startedFrom: startInRecord(from) }) }),
        ...(doubt && { doubt }),
      },
    },
    network,
    outcome,
    engine: settings.engine,
    report: {
      ...{ network, steps, outcome, milliseconds, threads, batchSize, seed: settings.seed },
      before: state?.iteration ?? 0,
      from: from && startInRecord(from),
    },
  };
}

/** It takes a few seconds after training, so that it says how far it is. */
export async function learnDoubtOf(built: BuiltRun, network: Network, quiet: boolean) {
  const progress = await startProgress({ total: 100, quiet, hasLastLine: false });
  const onProgress = (share: number) =>
    progress.update(100 * share, () => `learning what is no digit: ${percent(share, 0)}`);
  return learnDoubt({ ...built, network, onProgress }).finally(() => progress.end());
}

/** Writes the last line of a run's log. */
export async function logEnd(
  { runLog }: TrainingContext,
  { network, outcome, report }: FinishedRun,
  test: Measure | undefined,
): Promise<void> {
  if (!runLog) return;
  const sha256 = await parametersSha256(network);
  runLog.write(endOf(outcome, report.milliseconds / 1000, test ? measureOf(test) : null, sha256));
}

/** The first line of a run's log. */
export function startLine(settings: Settings, network: Network, training: Dataset, { name }: TrainingData) {
  const { threads: _, ...repeatable } = settings;
  return {
    ...({ type: 'run', version: 1 } as const),
    data: name,
    layers: layerSizes(network),
    examples: training.length,
    settings: repeatable,
  };
}

/** The options of the longer run that the model's own began: its optimizer goes on. */
function longer({ iterations, options }: BuiltRun, resume: Checkpoint): TrainOptions {
  const { epochs: _, ...others } = options;
  return { ...others, iterations: resume.iteration + iterations, resume };
}

/** Prints what is trained, and on what. */
export function introduce(
  network: Network,
  examples: number,
  held: number,
  { name, openTest }: TrainingData,
  from: StartModel | undefined,
): void {
  const dev = held > 0 ? `, ${count(held)} more held out (dev)` : '';
  if (from) log(`Training ${from.file} further`);
  log(`${describeNetwork(network)}\n${plural(examples, 'example')} of ${name}${dev}`);
  if (!openTest) log(`${name} has no test set: test the model with longhand evaluate MODEL --data PATH`);
}
