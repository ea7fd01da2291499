import { isFullBatch } from '../data/is-full-batch.js';
import type { WorkerContext } from '../layout/worker-context.js';
import { clipGradient } from './clip.js';
import type { DescendCommand, UpdateCommand } from './command.js';
import { fullBatch } from './full-batch.js';
import { updateByLbfgs } from './lbfgs.js';
import { miniBatch, updateTasks } from './mini-batch.js';
import type { BatchResult } from './results.js';
import { shareTasks, waitForAll } from './tasks.js';
import type { Update } from './update.js';

/**
 * One thread's part of gradient descent over some batches (see `Engine.descend`). All threads run it
 * at the same time and meet at barriers. It yields where a thread may do something else.
 */
export function* descend(worker: WorkerContext, command: DescendCommand): Generator<void, BatchResult[]> {
  const { arena } = worker;
  const own = arena.plan.updateParts.filter((_, k) => k % worker.threads === worker.rank);
  const results: BatchResult[] = [];
  let { pending } = command;
  for (const [k, { from, to, alpha }] of command.batches.entries()) {
    const updated = updateByLbfgs(worker, pending, false);
    const clipped = yield* clipGradient(worker, pending.examples);
    const examples = updated ? 0 : pending.examples;
    const update: Update = { ...pending, alpha, examples, clipped };
    const iteration = pending.updates + (pending.examples > 0 ? 1 : 0);
    const next = command.batches[k + 1];
    const continues =
      next !== undefined && isFullBatch(arena, command, next) && !arena.squares && !arena.lbfgs;
    const result = yield* isFullBatch(arena, command, { from, to })
      ? fullBatch(worker, command, update, { own, iteration, continues })
      : miniBatch(worker, command, update, { k, iteration });
    results.push(result);
    pending = { ...pending, examples: to - from, loss: result.loss, updates: iteration };
    // Every thread has summed the same losses in the same order, so all stop here or none does.
    if (!Number.isFinite(result.loss)) break;
  }
  return results;
}

/** One thread's part of the pending update, when no batch follows it. */
export function* applyUpdate(
  worker: WorkerContext,
  { alpha, pending }: UpdateCommand,
): Generator<void, BatchResult[]> {
  if (updateByLbfgs(worker, pending, true)) return [];
  const clipped = yield* clipGradient(worker, pending.examples);
  yield* shareTasks(worker, updateTasks(worker, { ...pending, alpha, clipped }));
  waitForAll(worker);
  return [];
}
