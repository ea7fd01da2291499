import { OPTIMIZERS } from '../../maths/optimizers.js';
import type { UpdatePart } from '../layout/plan.js';
import type { WorkerContext } from '../layout/worker-context.js';

/** An update that is made now. */
export interface Update {
  readonly alpha: number;
  /** Examples of the batch that the gradient is of; with 0 there is nothing to update. */
  readonly examples: number;
  /** Updates before this one. */
  readonly updates: number;
  readonly averageFrom: number;
  /** The factor by which clipping scales the gradient. */
  readonly clipped: number;
}

/**
 * How often state slots are checked for subnormal numbers. Where a pixel has been 0 for long, a slot
 * shrinks by 0.9 an update, and after 170 updates from 10⁻³⁰ to subnormal numbers, which are slow.
 */
const FLUSH_EVERY = 128;

/** Updates a part of the parameters. The equations are in maths/optimizers.ts. */
export function updatePart(
  { arena, kernels }: WorkerContext,
  update: Update,
  { isBias, scale, offset, bytes }: Pick<UpdatePart, 'isBias' | 'scale' | 'offset' | 'bytes'>,
): void {
  const { alpha, examples, updates, averageFrom, clipped } = update;
  if (examples === 0) return;
  const { optimizer, momentum, weightDecay, weightAveraging } = arena.plan.training;
  const row = OPTIMIZERS[optimizer];
  // A line search updates all parameters together (lbfgs.ts).
  if (row.kind !== 'elementwise') return;
  const W = arena.parameters + offset;
  const dW = arena.gradients + offset;
  const [first = 0, second = 0] = arena.optimizerSlots.map((address) => address + offset);
  const lambda = isBias ? 0 : weightDecay;
  const factor = (clipped / examples) * scale;
  if (row.kernel === 'multiply-add') {
    // In this order of operations for the board, where α/m is one number.
    if (lambda === 0) kernels.update(W, dW, (alpha / examples) * scale * clipped, bytes);
    else kernels.updateShrunk(W, dW, alpha * factor, 1 - alpha * lambda, bytes);
  } else {
    const isDecoupled = row.weightDecay === 'decoupled';
    const [c0 = 0, c1 = 0, c2 = 0, c3 = 0] = row.kernel.coefficients({ alpha, momentum, t: updates + 1 });
    kernels.step({
      code: row.kernel.code,
      W,
      dW,
      first,
      second,
      factor,
      weightDecay: isDecoupled ? 0 : lambda,
      shrink: isDecoupled ? 1 - alpha * lambda : 1,
      c0,
      c1,
      c2,
      c3,
      bytes,
    });
  }
  if (first && updates % FLUSH_EVERY === 0) kernels.flushSubnormals(first, bytes);
  if (weightAveraging && updates >= averageFrom) {
    kernels.updateAverage(arena.average + offset, W, 1 / (updates - averageFrom + 1), bytes);
  }
}
