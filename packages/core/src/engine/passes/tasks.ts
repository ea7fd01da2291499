import type { WorkerContext } from '../layout/worker-context.js';

/** Runs those of the tasks that no other thread has taken. All threads give the same list. */
export function* shareTasks(
  { kernels, arena }: WorkerContext,
  tasks: readonly (() => void)[],
): Generator<void, void> {
  for (let t = kernels.nextTask(arena.barrier); t < tasks.length; t = kernels.nextTask(arena.barrier)) {
    tasks[t]!();
    yield;
  }
}

/** Waits until all threads are here. The task counter then starts at 0 again. */
export function waitForAll({ kernels, arena, threads }: WorkerContext): void {
  kernels.barrier(arena.barrier, threads);
}

/** The numbers from `from` up to `to`, `step` apart. */
export function range(from: number, to: number, step: number): number[] {
  const numbers: number[] = [];
  for (let n = from; n < to; n += step) numbers.push(n);
  return numbers;
}
