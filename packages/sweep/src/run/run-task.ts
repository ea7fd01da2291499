import {
  type BuiltRun,
  buildRun,
  type Dataset,
  type EngineOptions,
  evaluate,
  parametersSha256,
  type Step,
  type TrainingRun,
  train,
} from '@longhand/core';
import { DataError, DivergenceError, SettingError } from '@longhand/core/errors';
import { encodeModel } from '@longhand/core/files';
import { measureOf, outcomeOf, pixelScaleOf } from '@longhand/core/training';
import type { CurvePoint, StateStore, Task, TaskOutcome, TaskResult } from '../task.js';
import { decodeState, encodeState, type TaskState } from './task-state.js';

/** How a worker runs a task. None of it changes the result. */
export interface RunTaskOptions {
  /** All training examples; dev is held out of them as the settings say. */
  readonly dataset: Dataset;
  /** Default 1. */
  readonly threads?: number;
  /** Where `@longhand/core/worker` is, or how the engine's workers are started. */
  readonly worker?: EngineOptions['worker'];
  /** Starts a worker of the engine in another way. */
  readonly spawn?: EngineOptions['spawn'];
  /** Where states are kept. */
  readonly store: StateStore;
  /** The time between two saved states, in ms. Default 30,000. */
  readonly every?: number;
  /** When aborted, the state is saved, and the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called now and then with the updates that the run has made. */
  readonly onProgress?: (updates: number) => void;
}

/** What came of a task, before it is known whose work it was. `seconds` is that of the whole run so far. */
export type TaskReport = TaskOutcome & Pick<TaskResult, 'id' | 'seconds'>;

const DEFAULT_EVERY = 30_000;
/** At most so many points has a run's curve. */
const CURVE_POINTS = 200;
/** Updates between two steps, so that an abort never waits long; a step of fewer costs more than it tells. */
const STEP_UPDATES = { max: 50, min: 10 };

/**
 * Runs a task: goes on from its own state if a worker was killed, or from that of the rung before, or
 * begins at the start. The outcome has the same bits in every case, with any number of threads.
 *
 * A run that diverges, or settings that do not fit the data, are an outcome: another worker would come
 * to the same.
 *
 * @throws EngineError when memory runs out or a thread dies, and what the store throws
 */
export async function runTask(task: Task, options: RunTaskOptions): Promise<TaskReport> {
  const { id, until } = task;
  options.signal?.throwIfAborted();
  const state = await stateFor(task, options.store);
  const { outcome, milliseconds } =
    state?.outcome && state.checkpoint.iteration === until
      ? { outcome: state.outcome, milliseconds: state.checkpoint.milliseconds }
      : await outcomeFrom(task, state, options);
  return { ...outcome, id, seconds: milliseconds / 1000 };
}

/** What came of a run, and how long it trained. */
interface Ended {
  readonly outcome: TaskOutcome;
  readonly milliseconds: number;
}

async function outcomeFrom(
  task: Task,
  state: TaskState | undefined,
  options: RunTaskOptions,
): Promise<Ended> {
  const failed = (error: unknown): Ended => {
    const isOwn = [DivergenceError, SettingError, DataError].some((kind) => error instanceof kind);
    if (!isOwn) throw error;
    return { outcome: { type: 'failed', reason: (error as Error).message }, milliseconds: 0 };
  };
  let prepared: Prepared;
  try {
    prepared = prepare(task, state, options);
  } catch (error) {
    return failed(error);
  }
  try {
    return await follow(task, state, prepared, options);
  } catch (error) {
    // Other errors are those of the machine, such as a store that cannot be written.
    if (error instanceof DivergenceError) return failed(error);
    throw error;
  }
}

/** The furthest state that the task can go on from. */
async function stateFor(task: Task, store: StateStore): Promise<TaskState | undefined> {
  for (const id of [task.id, task.after]) {
    const bytes = id === undefined ? undefined : await store.load(id);
    const state = bytes && (await decodeState(task, bytes));
    if (!state) continue;
    const { iteration } = state.checkpoint;
    if (iteration < task.until || (iteration === task.until && state.outcome)) return state;
  }
  return undefined;
}

interface Prepared {
  readonly built: BuiltRun;
  readonly run: TrainingRun;
}

/** @throws SettingError or DataError for settings that do not fit the data */
function prepare(
  { settings, until }: Task,
  state: TaskState | undefined,
  { dataset, threads = 1, worker, spawn }: RunTaskOptions,
): Prepared {
  const built = buildRun({ settings: { ...settings, threads }, dataset });
  if (!built.dev) throw new SettingError({ setting: 'dev', value: 0, expected: ['held-out examples'] });
  if (until > built.iterations) {
    const expected = [`at least ${until} updates, where the task ends`];
    throw new SettingError({ setting: 'iterations', value: built.iterations, expected });
  }
  const run = train(built.network, built.training, {
    ...built.options,
    reportEvery: stepInterval(until),
    ...(worker === undefined ? {} : { worker }),
    ...(spawn ? { spawn } : {}),
    ...(state && { resume: state.checkpoint }),
  });
  return { built, run };
}

async function follow(
  task: Task,
  state: TaskState | undefined,
  { built, run }: Prepared,
  { store, every = DEFAULT_EVERY, signal, onProgress }: RunTaskOptions,
): Promise<Ended> {
  const { settings, until } = task;
  const curve = [...(state?.curve ?? [])];
  const save = async (outcome?: TaskOutcome) => {
    if (settings.engine === 'maths') return; // Checkpoints hold 32 bits, and this engine has 64.
    const now: TaskState = { checkpoint: await run.checkpoint(), curve, ...(outcome && { outcome }) };
    await store.save(task.id, await encodeState(task, now));
  };
  let saved = performance.now();
  let last: Step | undefined;
  for await (const step of run) {
    last = step;
    addPoint(curve, step, built);
    onProgress?.(run.updates);
    // A run that has ended has no state to go on from.
    if (run.stopReason) continue;
    if (step.iteration === until) {
      const outcome = await measureHere(run, built, curve, step);
      await save(outcome);
      return { outcome, milliseconds: run.milliseconds };
    }
    if (signal?.aborted) await save();
    signal?.throwIfAborted();
    if (performance.now() - saved < every) continue;
    await save();
    saved = performance.now();
  }
  if (task.keepsModel && settings.engine !== 'maths') {
    const record = built.record(outcomeOf(run, [last!], built));
    await store.save(task.id, encodeModel({ network: run.network, record }));
  }
  return {
    outcome: {
      ...{ type: 'measured', updates: run.updates, parametersSha256: await parametersSha256(run.network) },
      ...{ train: measureOf(last!), dev: measureOf(last!.dev!), curve },
    },
    milliseconds: run.milliseconds,
  };
}

/** What a run has come to at a step in its middle. Early stopping hears nothing of it. */
async function measureHere(
  run: TrainingRun,
  { dev, settings }: BuiltRun,
  curve: readonly CurvePoint[],
  step: Step,
): Promise<TaskOutcome> {
  const { network } = run;
  const { engine } = settings;
  const measured = step.dev ?? evaluate(network, dev!, { pixelScale: pixelScaleOf(settings), engine });
  return {
    ...{ type: 'measured', updates: run.updates, parametersSha256: await parametersSha256(network) },
    ...{ dev: measureOf(measured), curve },
  };
}

/** The curve of a run is the same wherever its tasks end and whatever they went on from. */
function addPoint(curve: CurvePoint[], step: Step, { settings, iterations }: BuiltRun): void {
  const { iteration, loss, accuracy, dev } = step;
  const { devEvery } = settings;
  const every = devEvery * Math.ceil(iterations / devEvery / CURVE_POINTS);
  if (iteration % every !== 0 && iteration !== iterations) return;
  if (iteration <= (curve.at(-1)?.iteration ?? -1)) return;
  curve.push({ iteration, loss, accuracy, ...(dev && { dev: { loss: dev.loss, accuracy: dev.accuracy } }) });
}

/**
 * Updates between two steps: the run must give one at `until`. Evaluations on dev give steps besides.
 */
function stepInterval(until: number): number {
  for (let every = STEP_UPDATES.max; every >= STEP_UPDATES.min; every--)
    if (until % every === 0) return every;
  return until;
}
