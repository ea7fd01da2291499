import { effect } from '@preact/signals';
import { areModelsBack, forget, keep, keptOf } from './kept.js';
import { ownModels } from './models.js';
import type { RunRecord } from './run-record.js';
import { current, openings, Run, runs } from './runs.js';

/** What is kept beside the runs, by its id. */
const [OPENINGS, CURRENT] = ['openings', 'current run'];

let starting: Promise<void> | undefined;

/** Brings back the runs that were kept and the count of openings, and keeps what comes. It does so once. */
export function keepRuns(): Promise<void> {
  starting ??= start();
  return starting;
}

async function start(): Promise<void> {
  const [items, progress] = await Promise.all([keptOf<RunRecord>('run'), keptOf('progress')]);
  const places = new Map<string, number>();
  const kept = new Map<string, string>();
  const back: Run[] = [];
  for (const { id, value: record, changed } of items) {
    try {
      // A run that was begun meanwhile has its number already.
      const { number } = record;
      const taken = [...runs.peek(), ...back].map((other) => other.number);
      const isTaken = taken.includes(number);
      const free = 1 + Math.max(...taken);
      const run = new Run({ given: record.given, record: isTaken ? { ...record, number: free } : record });
      back.push(run);
      places.set(id, changed);
      kept.set(id, textOf(run));
    } catch {
      // An older page knew settings that this one refuses: the run stays in the store.
    }
  }
  runs.value = [...back, ...runs.peek()];
  const value = (wanted: string) => progress.find(({ id }) => id === wanted)?.value;
  const before = (value(OPENINGS) ?? {}) as Readonly<Record<string, number>>;
  const now = openings.peek();
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  openings.value = Object.fromEntries(
    [...names].map((name) => [name, (before[name] ?? 0) + (now[name] ?? 0)]),
  );
  current.value ??= back.find(({ id }) => id === value(CURRENT));

  effect(() => {
    if (Object.keys(openings.value).length > 0) keep('progress', OPENINGS, openings.value);
  });
  effect(() => {
    const shown = current.value?.id;
    if (shown !== undefined) keep('progress', CURRENT, shown);
    else if (value(CURRENT) !== undefined) void forget('progress', CURRENT);
  });
  // The models come back after the runs, or before.
  effect(() => {
    if (!areModelsBack.value) return;
    for (const run of runs.value) {
      const { sha256 } = run.trained.value ?? {};
      if (run.state.peek() !== 'running')
        run.model.value = ownModels.value.find((one) => one.sha256 === sha256);
    }
  });
  effect(() => {
    const ids = new Set(runs.value.map(({ id }) => id));
    for (const id of [...kept.keys()]) {
      if (ids.has(id)) continue;
      kept.delete(id);
      void forget('run', id);
    }
    for (const run of runs.value) {
      const text = textOf(run);
      if (text === '' || kept.get(run.id) === text) continue;
      kept.set(run.id, text);
      places.set(run.id, keep('run', run.id, run.record, places.get(run.id)));
    }
  });
}

/** What of an ended run can change, as text; nothing of one that has not ended. */
function textOf(run: Run): string {
  const state = run.state.value;
  const [title, note, result] = [run.title.value, run.note.value, run.trained.value];
  const isEnded = (state === 'done' || state === 'finished' || state === 'closed') && result !== undefined;
  const isLogged = state !== 'running' && run.id.startsWith('log ');
  return isEnded || isLogged ? JSON.stringify([state, title, note, result?.sha256]) : '';
}
