import { stepLbfgs } from '../../maths/lbfgs.js';
import { type LbfgsBuffers, lbfgsNumbers } from '../layout/arena.js';
import type { WorkerContext } from '../layout/worker-context.js';
import type { PendingUpdate } from './command.js';
import { waitForAll } from './tasks.js';

/**
 * With L-BFGS, the first thread takes the step while the others wait. One thread is enough: the step
 * is short beside a pass over all the examples.
 *
 * @param isLast whether no other step follows, so that the best parameters are kept
 * @returns whether L-BFGS is this network's optimizer
 */
export function updateByLbfgs(worker: WorkerContext, pending: PendingUpdate, isLast: boolean): boolean {
  if (!worker.arena.lbfgs) return false;
  if (worker.rank === 0 && pending.examples > 0) step(worker, worker.arena.lbfgs, pending, isLast);
  waitForAll(worker);
  return true;
}

/** One step. All dot products are in 64 bits. */
function step(
  { arena, kernels, memory }: WorkerContext,
  lbfgs: LbfgsBuffers,
  { examples, loss }: PendingUpdate,
  isLast: boolean,
): void {
  const { plan, parameters, gradients, optimizerSlots } = arena;
  const { weightDecay } = plan.training;
  const { gradient } = lbfgs;
  const dot = (a: number, b: number, regions = plan.regions) => {
    let sum = 0;
    for (const { offset, ld, rows, cols } of regions) {
      sum += kernels.dot(a + offset, b + offset, ld, rows, cols);
    }
    return sum;
  };
  for (const { offset, ld, rows, isBias, scale } of plan.regions) {
    kernels.combine({
      out: gradient + offset,
      s: scale / examples,
      A: gradients + offset,
      t: isBias ? 0 : weightDecay,
      B: parameters + offset,
      bytes: ld * rows,
    });
  }
  const weights = plan.regions.filter(({ isBias }) => !isBias);
  const vectors = {
    dot,
    linearCombination: (out: number, s: number, A: number, t: number, B: number) =>
      kernels.combine({ out, s, A, t, B, bytes: plan.bytes }),
  };
  const penalty = weightDecay === 0 ? 0 : (weightDecay / 2) * dot(parameters, parameters, weights);
  const state = {
    theta: parameters,
    gradient,
    loss: loss + penalty,
    vectors: optimizerSlots,
    numbers: lbfgsNumbers(memory, lbfgs),
  };
  stepLbfgs(vectors, state, isLast);
}
