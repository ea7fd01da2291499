import { clipFactor } from '../../maths/optimizers.js';
import type { UpdatePart } from '../layout/plan.js';
import type { WorkerContext } from '../layout/worker-context.js';
import { shareTasks, waitForAll } from './tasks.js';

/**
 * The factor by which the gradient of `examples` examples is scaled to the norm that clipping
 * allows. The norm is over all parameters. All threads compute it together, in a fixed order.
 */
export function* clipGradient(worker: WorkerContext, examples: number): Generator<void, number> {
  const { arena, memory } = worker;
  if (!arena.squares || examples === 0) return 1;
  const parts = arena.plan.updateParts;
  yield* shareTasks(
    worker,
    parts.map((part, k) => () => sumSquares(worker, part, k)),
  );
  waitForAll(worker);
  let sum = 0;
  for (const square of new Float64Array(memory.buffer, arena.squares, parts.length)) sum += square;
  return clipFactor(Math.sqrt(sum) / examples, arena.plan.training.clipNorm);
}

/** Writes the sum of squares of part k of the gradient. */
function sumSquares(
  { arena, kernels, memory }: WorkerContext,
  { offset, ld, rows, cols, scale }: UpdatePart,
  k: number,
): void {
  const dW = arena.gradients + offset;
  const sum = kernels.dot(dW, dW, ld, rows, cols) * scale * scale;
  new Float64Array(memory.buffer, arena.squares + 8 * k, 1)[0] = sum;
}
