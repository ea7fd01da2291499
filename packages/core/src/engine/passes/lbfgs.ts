import { LBFGS_NUMBERS, stepLbfgs } from '../../maths/lbfgs.js';
import { isElementwise } from '../../maths/optimizers.js';
import type { WorkerContext } from '../layout/arena.js';
import type { Memory } from '../layout/memory.js';
import type { Plan } from '../layout/plan.js';

/** Where L-BFGS has its numbers, in 64 bits, and the gradient it is given. Its vectors are the optimizer's memory. */
export interface LbfgsBuffers {
  readonly numbers: number;
  readonly gradient: number;
}

export function allocateLbfgs(memory: Memory, plan: Plan): LbfgsBuffers | undefined {
  if (isElementwise(plan.training.optimizer)) return undefined;
  const what = 'the network';
  return {
    numbers: memory.allocate(8 * LBFGS_NUMBERS, what),
    gradient: memory.allocate(plan.bytes, what),
  };
}

export function lbfgsNumbers(memory: WebAssembly.Memory, { numbers }: LbfgsBuffers): Float64Array {
  return new Float64Array(memory.buffer, numbers, LBFGS_NUMBERS);
}

/** One step of L-BFGS by one thread, all dot products in 64 bits: what it takes is little beside a pass over all the examples. */
export function search(
  { arena, kernels, memory }: WorkerContext,
  { pendingExamples, loss }: { readonly pendingExamples: number; readonly loss: number },
  isLast: boolean,
): void {
  const { plan, parameters, gradients } = arena;
  const { weightDecay } = plan.training;
  const { gradient } = arena.search!;
  const dot = (a: number, b: number, of = plan.regions) => {
    let sum = 0;
    for (const { offset, ld, rows, cols } of of) sum += kernels.dot(a + offset, b + offset, ld, rows, cols);
    return sum;
  };
  for (const { offset, ld, rows, isBias, scale } of plan.regions) {
    const lambda = isBias ? 0 : weightDecay;
    const [dW, W] = [gradients + offset, parameters + offset];
    kernels.combine(gradient + offset, scale / pendingExamples, dW, lambda, W, ld * rows);
  }
  const weights = plan.regions.filter(({ isBias }) => !isBias);
  stepLbfgs(
    { dot, linearCombination: (out, s, a, t, b) => kernels.combine(out, s, a, t, b, plan.bytes) },
    {
      theta: parameters,
      gradient,
      loss: weightDecay === 0 ? loss : loss + (weightDecay / 2) * dot(parameters, parameters, weights),
      vectors: arena.memory,
      numbers: lbfgsNumbers(memory, arena.search!),
    },
    isLast,
  );
}
