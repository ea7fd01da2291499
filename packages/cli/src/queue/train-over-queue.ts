import { parametersSha256, type Settings } from '@longhand/core';
import { ModelError } from '@longhand/core/errors';
import { decodeModel, encodeModel } from '@longhand/core/files';
import { plural } from '@longhand/core/text';
import type { RunOutcome } from '@longhand/core/training';
import { fingerprintOf, type TaskResult } from '@longhand/sweep';
import type { QueueCrew } from '@longhand/sweep/queue';
import { announce } from '../data/announce.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { saveModel } from '../model/save-model.js';
import { log } from '../streams.js';
import { checkBits } from '../training/check-bits.js';
import { endOf } from '../training/run-log.js';
import {
  introduce,
  learnDoubtOf,
  runTraining,
  startLine,
  type TrainingContext,
} from '../training/run-training.js';
import { devAccuracy, type RepeatedRun, testAndReport } from '../training/train-repeatedly.js';
import { followWorkers } from './follow-workers.js';
import { openQueueCrew, type QueueCrewFlags } from './open-queue-crew.js';
import { type PlannedRun, repeatedTasks } from './repeated-tasks.js';

/** The context of a run, with the flags of the queue. */
type QueueContext = TrainingContext & { readonly flags: TrainingContext['flags'] & QueueCrewFlags };

type MeasuredResult = Extract<TaskResult, { type: 'measured' }>;

/**
 * Has the workers at a queue train with several seeds, and saves the model that is best on dev. Models come
 * back over the queue and are held against their SHA-256; one that is lost is trained here, to the same bits.
 * The test set is opened after the last run.
 */
export async function trainOverQueue(
  settings: Partial<Settings>,
  repetitions: number,
  context: QueueContext,
): Promise<ExitCode> {
  const { data, flags, signal } = context;
  const { quiet = false } = flags;
  const fingerprint = fingerprintOf(data.training);
  const runs = repeatedTasks(settings, repetitions, data.training, fingerprint);
  const tasks = runs.map(({ task }) => task);
  const [{ built }] = runs as [PlannedRun];
  const queued = {
    description: { train: tasks.map(({ id }) => id) },
    ...{ data: { name: data.name, fingerprint }, seed: built.settings.seed },
  };
  const crew = await openQueueCrew(flags, queued, signal);
  const follower = followWorkers(tasks, { quiet });
  try {
    announce(data.name, data.taken, quiet);
    if (!quiet) introduce(built.network, built.training.length, built.settings.dev, data, undefined);
    await crew.run(tasks, follower.listener, signal);
    follower.end();
    return await finish(runs, follower.results, crew, context);
  } finally {
    follower.end();
    await crew.close();
  }
}

async function finish(
  runs: readonly PlannedRun[],
  results: ReadonlyMap<string, TaskResult>,
  crew: QueueCrew,
  context: QueueContext,
): Promise<ExitCode> {
  const { flags, signal, runLog } = context;
  const { out, quiet = false, doubt: doubts = true } = flags;
  const all: RepeatedRun[] = [];
  let best: { readonly run: RepeatedRun; readonly planned: PlannedRun } | undefined;
  for (const planned of runs) {
    const result = results.get(planned.task.id);
    if (result?.type === 'failed') {
      log(`longhand: seed ${planned.task.settings.seed}: ${result.reason}; nothing was saved`);
      return EXIT.bad;
    }
    const run = result && (await trainedRun(planned, result, crew, context));
    if (!run) continue;
    all.push(run);
    writeLog(runLog, planned, result, run, context);
    if (best === undefined || devAccuracy(run) > devAccuracy(best.run)) best = { run, planned };
  }
  if (!best) {
    log('longhand: interrupted before the first run was done: nothing was saved');
    return EXIT.interrupted;
  }
  if (signal.aborted) log(`longhand: interrupted: ${all.length} of ${plural(runs.length, 'run')} were done`);
  const { model, network } = best.run;
  const doubt =
    signal.aborted || !doubts ? undefined : await learnDoubtOf(best.planned.built, network, quiet);
  await saveModel(out, encodeModel({ ...model, record: { ...model.record, ...(doubt && { doubt }) } }));
  await testAndReport(all, best.run, context);
  return signal.aborted ? EXIT.interrupted : EXIT.done;
}

/**
 * A run that a worker made, with its parameters.
 *
 * @returns nothing if its model is lost, and the command was interrupted
 * @throws EngineError if this machine comes to other bits than the worker
 */
async function trainedRun(
  { built, task }: PlannedRun,
  result: MeasuredResult,
  crew: QueueCrew,
  context: QueueContext,
): Promise<RepeatedRun | undefined> {
  const { seed } = task.settings;
  const report = { seed, milliseconds: 1000 * result.seconds };
  const engine = built.settings.engine;
  const kept = await keptModel(await crew.load(task.id), result);
  if (kept) {
    const { network, outcome } = kept;
    return { network, outcome, engine, report, model: { network, record: built.record(outcome) } };
  }
  if (context.signal.aborted) return undefined;
  log(`longhand: the queue has lost the model of seed ${seed}: it is trained here once more`);
  const flags = { ...context.flags, doubt: false };
  const finished = await runTraining(task.settings, { ...context, flags, runLog: undefined }, false);
  if (!finished || finished.outcome.interrupted) return undefined;
  checkBits(`seed ${seed}`, await parametersSha256(finished.network), result);
  return { ...finished, report };
}

/** The network of a run and how the run ended; undefined if the bytes are not those of the result. */
async function keptModel(bytes: Uint8Array | undefined, result: MeasuredResult) {
  if (!bytes) return undefined;
  try {
    const { network, record } = decodeModel(bytes, 'the model of a run');
    if ((await parametersSha256(network)) !== result.parametersSha256) return undefined;
    const outcome = outcomeFrom(record.results, result);
    return outcome && { network, outcome };
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}

/** How a run ended: what was measured comes from its result, the rest from the model's record. */
function outcomeFrom(
  { iterations, stopReason }: Readonly<Record<string, unknown>>,
  { updates, train, dev }: MeasuredResult,
): RunOutcome | undefined {
  const isCount = Number.isSafeInteger(iterations) && (iterations as number) >= 0;
  if (!isCount || !train || (stopReason !== 'length' && stopReason !== 'patience')) return undefined;
  return { iterations: iterations as number, updates, stopReason, interrupted: false, train, dev };
}

/** The lines of a run: its settings, its curve and its end. */
function writeLog(
  runLog: TrainingContext['runLog'],
  { built }: PlannedRun,
  { curve, seconds, parametersSha256: sha256 }: MeasuredResult,
  { network, outcome }: RepeatedRun,
  { data }: QueueContext,
): void {
  if (!runLog) return;
  const { settings, training, iterations, batchSize } = built;
  const perEpoch = Math.ceil(training.length / batchSize);
  runLog.write(startLine(settings, network, training, data));
  for (const { iteration, loss, accuracy, dev } of curve) {
    if (accuracy === undefined) continue;
    runLog.write({
      ...{ type: 'step', iteration, epoch: iteration / perEpoch, loss, accuracy },
      // Workers tell how long a run took, not when each step was.
      seconds: (seconds * iteration) / iterations,
      ...(dev && { dev: { examples: outcome.dev!.examples, ...dev } }),
    });
  }
  runLog.write(endOf(outcome, seconds, null, sha256));
}
