import { LBFGS_NUMBERS, stepLbfgs } from '../maths/lbfgs.js';
import type { Memory } from './memory.js';
import type { Plan } from './plan.js';
import type { Thread } from './site.js';

/** Where L-BFGS has its numbers, in 64 bits, and the gradient it is given. Its vectors are the optimizer's memory. */
export interface SearchInMemory {
  readonly numbers: number;
  readonly gradient: number;
}

export function placeSearch(memory: Memory, plan: Plan): SearchInMemory | undefined {
  if (plan.rules.optimizer !== 'lbfgs') return undefined;
  const what = 'the network';
  return {
    numbers: memory.allocate(8 * LBFGS_NUMBERS, what),
    gradient: memory.allocate(plan.bytes, what),
  };
}

export function numbersOf(memory: WebAssembly.Memory, { numbers }: SearchInMemory): Float64Array {
  return new Float64Array(memory.buffer, numbers, LBFGS_NUMBERS);
}

/** One step of L-BFGS by one thread, all dot products in 64 bits: what it takes is little beside a pass over all the examples. */
export function search(
  { site, kernels, memory }: Thread,
  { waiting, loss }: { readonly waiting: number; readonly loss: number },
  isLast: boolean,
): void {
  const { plan, parameters, gradients } = site;
  const { decay } = plan.rules;
  const { gradient } = site.search!;
  const dot = (a: number, b: number, of = plan.regions) => {
    let sum = 0;
    for (const { offset, ld, rows, cols } of of) sum += kernels.dot(a + offset, b + offset, ld, rows, cols);
    return sum;
  };
  for (const { offset, ld, rows, isBias, scale } of plan.regions) {
    const lambda = isBias ? 0 : decay;
    const [dW, W] = [gradients + offset, parameters + offset];
    kernels.combine(gradient + offset, scale / waiting, dW, lambda, W, ld * rows);
  }
  const weights = plan.regions.filter(({ isBias }) => !isBias);
  stepLbfgs(
    { dot, linearCombination: (out, s, a, t, b) => kernels.combine(out, s, a, t, b, plan.bytes) },
    {
      theta: parameters,
      gradient,
      loss: decay === 0 ? loss : loss + (decay / 2) * dot(parameters, parameters, weights),
      vectors: site.memory,
      numbers: numbersOf(memory, site.search!),
    },
    isLast,
  );
}
