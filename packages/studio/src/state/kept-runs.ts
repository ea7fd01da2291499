import { effect } from '@preact/signals';
import { sizeOf } from '../storage/store.js';
import { keepOpenings } from './keep-openings.js';
import { areModelsBack, forget, keep, keptOf } from './kept.js';
import { ownModels } from './models.js';
import type { openings } from './openings.js';
import { recordOf, recordToGoOn, runOf } from './record-run.js';
import type { Run } from './run.js';
import type { RunRecord } from './run-record.js';
import { hold, lastClosed, release, rememberClosed, runsElsewhere } from './run-under-way.js';
import { current, runs } from './runs.js';

/** What is kept beside the runs, by its id. */
const [OPENINGS, CURRENT] = ['openings', 'current run'];

let starting: Promise<void> | undefined;

/** Brings back the runs that were kept and the count of openings, and keeps what comes. It does so once. */
export function keepRuns(): Promise<void> {
  starting ??= start();
  return starting;
}

async function start(): Promise<void> {
  const [all, progress, elsewhere] = await Promise.all([
    keptOf<RunRecord>('run'),
    keptOf('progress'),
    runsElsewhere(),
  ]);
  // A run that goes on in another tab was not interrupted, and is not for this one to keep.
  const items = all.filter(({ id }) => !elsewhere.has(id));
  const places = new Map<string, number>();
  const kept = new Map<string, string>();
  const back: Run[] = [];
  const closed = lastClosed();
  for (const { id, value: record, changed } of items) {
    try {
      // A run that was begun meanwhile has its number already.
      const { number } = record;
      const taken = [...runs.peek(), ...back].map((other) => other.number);
      const isTaken = taken.includes(number);
      const free = 1 + Math.max(...taken);
      const run = runOf(isTaken ? { ...record, number: free } : record);
      if (closed?.id === id) run.closedAt = closed.iteration;
      back.push(run);
      places.set(id, changed);
      kept.set(id, textOf(run));
    } catch {
      // An older page knew settings that this one refuses: the run stays in the store.
    }
  }
  runs.value = [...back, ...runs.peek()];
  const value = (wanted: string) => progress.find(({ id }) => id === wanted)?.value;
  keepOpenings((value(OPENINGS) ?? {}) as typeof openings.value);
  addEventListener('pagehide', rememberClosed);
  current.value ??= back.find(({ id }) => id === value(CURRENT));

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
  /** When a run that goes on may be kept next: the more there is of it, the later. */
  const due = new Map<string, number>();
  function keepUnderWay(run: Run, record: RunRecord): void {
    const { id, state, title, note } = run;
    const text = JSON.stringify([record.step?.iteration, title.value, note.value]);
    if (kept.get(id) === text) return;
    const now = performance.now();
    if (state.value === 'running' && now < (due.get(id) ?? 0)) return;
    if (state.value !== 'interrupted') hold(id);
    kept.set(id, text);
    places.set(id, keep('run', id, record, places.get(id)));
    due.set(id, now + sizeOf(record) / BYTES_PER_MS);
  }

  effect(() => {
    const ids = new Set(runs.value.map(({ id }) => id));
    for (const id of [...kept.keys()]) {
      if (ids.has(id)) continue;
      kept.delete(id);
      release(id);
      void forget('run', id);
    }
    for (const run of runs.value) {
      const goingOn = recordToGoOn(run);
      if (goingOn) {
        keepUnderWay(run, goingOn);
        continue;
      }
      const text = textOf(run);
      const ended = recordOf(run);
      if (!ended || text === '' || kept.get(run.id) === text) continue;
      kept.set(run.id, text);
      release(run.id);
      places.set(run.id, keep('run', run.id, ended, places.get(run.id)));
    }
  });
}

/** So many bytes of a run that goes on are written per ms, at most. */
const BYTES_PER_MS = 2000;

/** What of an ended run can change, as text; nothing of one that has not ended. */
function textOf(run: Run): string {
  const state = run.state.value;
  const [title, note, result] = [run.title.value, run.note.value, run.trained.value];
  const isEnded =
    ((state === 'done' || state === 'finished' || state === 'closed') && result !== undefined) ||
    state === 'failed';
  const isLogged = state !== 'running' && run.id.startsWith('log ');
  return isEnded || isLogged ? JSON.stringify([state, title, note, result?.sha256]) : '';
}
