import { ownModels } from './models.js';
import { Run } from './run.js';
import { examplesOf } from './run-figures.js';
import { columnsOf, type Point, type RunRecord } from './run-record.js';
import { firstWeights } from './run-weights.js';

/** A run as plain data, to keep it; nothing while it is going on. */
export function recordOf(run: Run): RunRecord | undefined {
  const state = run.state.value;
  if (state === 'interrupted') return recordToGoOn(run);
  if (state !== 'done' && state !== 'finished' && state !== 'closed' && state !== 'failed') return undefined;
  return recordIn(run, state);
}

/** What is kept of a run while it is going on: all up to its last checkpoint. */
export function recordToGoOn(run: Run): RunRecord | undefined {
  const [state, kept] = [run.state.value, run.kept.value];
  const isGoingOn = state === 'running' || state === 'paused' || state === 'stopped';
  if (!kept || !(isGoingOn || state === 'interrupted')) return undefined;
  const { checkpoint, step } = kept;
  const until = (points: readonly Point[]) => columnsOf(points.filter(({ epoch }) => epoch <= step.epoch));
  return {
    ...recordIn(run, 'interrupted')!,
    ...{ step, checkpoint, milliseconds: checkpoint.milliseconds },
    ...{ training: until(run.curves.training), watched: until(run.curves.watched) },
    snapshots: run.snapshots.filter(({ iteration }) => iteration <= step.iteration),
  };
}

function recordIn(run: Run, state: RunRecord['state']): RunRecord | undefined {
  // It ended before it began.
  if (!run.step.value) return undefined;
  const { id, number, given, fromName: from, shape, snapshots } = run;
  const { training, watched, firstLoss, worstLoss } = run.curves;
  return {
    ...{ id, number, given, from, examples: examplesOf(run), firstLoss, worstLoss, shape, snapshots, state },
    title: run.title.value,
    note: run.note.value,
    about: run.about.value,
    step: run.step.value,
    dev: run.dev.value,
    milliseconds: run.milliseconds.value,
    threads: run.threads.value,
    training: columnsOf(training),
    watched: columnsOf(watched),
    result: run.trained.value,
  };
}

/**
 * The run of a record.
 *
 * @throws SettingError if its settings are not valid in this version
 */
export function runOf(record: RunRecord): Run {
  const run = new Run({ given: record.given, record });
  const { title, note, about, state, step, dev, milliseconds, threads, result, shape, snapshots } = record;
  run.title.value = title;
  run.note.value = note;
  run.about.value = about;
  run.state.value = state;
  run.step.value = step;
  run.dev.value = dev;
  run.milliseconds.value = milliseconds;
  run.threads.value = threads;
  run.trained.value = result;
  run.shape = shape;
  run.snapshots = [...snapshots];
  run.W1.value = firstWeights(shape, snapshots.at(-1));
  const { checkpoint } = record;
  if (checkpoint && step) {
    run.kept.value = { checkpoint, step };
    run.W1.value = Float32Array.from(checkpoint.parameters[0]!.W.data);
  }
  run.model.value = ownModels.peek().find(({ sha256 }) => sha256 === result?.sha256);
  return run;
}
