import type { Settings } from '@longhand/core';
import { computed, signal } from '@preact/signals';
import type { NamedModel } from './models.js';
import { Run } from './run.js';
import { tellEnd } from './tell-end.js';

/** All runs, oldest first: those since the page was opened, and those that the browser kept (kept-runs.ts). */
export const runs = signal<readonly Run[]>([]);
/** The run that is shown in full. */
export const current = signal<Run | undefined>(undefined);
/** Whether a run is in progress: the worker trains one at a time. */
export const busy = computed(() =>
  runs.value.some(({ state }) => ['waiting', 'running', 'paused'].includes(state.value)),
);

/** Starts a run and shows it. */
export function startRun(
  given: Partial<Settings>,
  { paused, expected, from }: { paused?: boolean; expected?: string; from?: NamedModel } = {},
): Run {
  const run = new Run({ given, expected, from });
  closeStopped(run);
  runs.value = [...runs.value, run];
  current.value = run;
  void tellEnd(run, run.start({ paused }));
  return run;
}

/** Continues a paused, stopped or interrupted run. */
export function resumeRun(run: Run): void {
  const state = run.state.peek();
  if (state === 'interrupted' && busy.peek()) return;
  if (state !== 'interrupted' && state !== 'paused' && state !== 'stopped') return;
  closeStopped(run);
  if (state === 'interrupted') void tellEnd(run, run.restart());
  else run.resume();
}

/** Ends the stopped runs for another one: each holds its own copy of the training data. */
function closeStopped(other: Run): void {
  for (const run of runs.peek()) if (run !== other && run.state.peek() === 'stopped') run.close();
}

export function removeRun(run: Run): void {
  run.remove();
  runs.value = runs.value.filter((other) => other !== run);
  if (current.value === run) current.value = undefined;
}

/**
 * Clears the panel for the next run. A finished or interrupted run is kept; any other is removed.
 */
export function putAside(run: Run): void {
  if (run.trained.peek() || run.state.peek() === 'interrupted') current.value = undefined;
  else removeRun(run);
}
