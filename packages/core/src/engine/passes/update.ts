import { clipFactor, OPTIMIZERS } from '../../maths/optimizers.js';
import type { WorkerContext } from '../layout/arena.js';
import { MAX_GROUPED_BYTES, type Plan, type Region } from '../layout/plan.js';

/** The update that is due. */
export interface Update {
  readonly alpha: number;
  /** Examples of the batch whose gradient waits; with 0 there is nothing to do. */
  readonly pendingExamples: number;
  /** Updates before this one. */
  readonly updates: number;
  readonly averageFrom: number;
  /** What clipping leaves of the gradient. */
  readonly clipped: number;
}

/** Some rows of a region: what is updated as one task. */
export interface Part {
  readonly region: Region;
  readonly offset: number;
  readonly rows: number;
  readonly bytes: number;
}

/** Parameters updated as one task: some 32 kB, or 8 of a small network's, so that there is one for each thread. */
const [PART_BYTES, SMALL_PART_BYTES] = [32768, 8192];

/**
 * Updates after which a mean of gradients that is all but 0 is made 0, as it is where pixels have long had no ink. It would else shrink into
 * numbers that take the machine twice as long: by 0.9 an update, from 10⁻³⁰ to those in 170.
 */
const FLUSH_EVERY = 128;

const partsOf = new WeakMap<Plan, readonly Part[]>();

/** The parameters in parts, in their order; the same for any number of threads. */
export function updateParts(plan: Plan): readonly Part[] {
  const known = partsOf.get(plan);
  if (known) return known;
  const partBytes = plan.bytes <= MAX_GROUPED_BYTES ? SMALL_PART_BYTES : PART_BYTES;
  const parts = plan.regions.flatMap((region) => {
    const rowsOfPart = Math.max(1, Math.floor(partBytes / region.ld));
    return Array.from({ length: Math.ceil(region.rows / rowsOfPart) }, (_, k) => {
      const rows = Math.min(rowsOfPart, region.rows - k * rowsOfPart);
      return { region, offset: region.offset + k * rowsOfPart * region.ld, rows, bytes: rows * region.ld };
    });
  });
  partsOf.set(plan, parts);
  return parts;
}

/** One update of a part of the parameters. The equations are in maths/optimizers.ts. */
export function updatePart(
  { arena, kernels }: WorkerContext,
  update: Update,
  { region, offset, bytes }: Part,
): void {
  const { alpha, pendingExamples, updates, averageFrom, clipped } = update;
  if (pendingExamples === 0) return;
  const { optimizer, momentum, weightDecay, weightAveraging } = arena.plan.training;
  const row = OPTIMIZERS[optimizer];
  // A line search updates all parameters together (lbfgs.ts).
  if (row.kind !== 'elementwise') return;
  const W = arena.parameters + offset;
  const dW = arena.gradients + offset;
  const [first = 0, second = 0] = arena.memory.map((address) => address + offset);
  const lambda = region.isBias ? 0 : weightDecay;
  const factor = (clipped / pendingExamples) * region.scale;
  if (row.kernel === 'multiply-add') {
    // As the board writes it: α/m is one number.
    if (lambda === 0) kernels.update(W, dW, (alpha / pendingExamples) * region.scale * clipped, bytes);
    else kernels.updateShrunk(W, dW, alpha * factor, 1 - alpha * lambda, bytes);
  } else {
    const isDecoupled = row.weightDecay === 'decoupled';
    const [c0 = 0, c1 = 0, c2 = 0, c3 = 0] = row.kernel.coefficients({ alpha, momentum, t: updates + 1 });
    kernels.step(
      row.kernel.code,
      W,
      dW,
      first,
      second,
      factor,
      isDecoupled ? 0 : lambda,
      isDecoupled ? 1 - alpha * lambda : 1,
      c0,
      c1,
      c2,
      c3,
      bytes,
    );
  }
  if (first && updates % FLUSH_EVERY === 0) kernels.flushSubnormals(first, bytes);
  if (weightAveraging && updates >= averageFrom) {
    kernels.updateAverage(arena.average + offset, W, 1 / (updates - averageFrom + 1), bytes);
  }
}

/** Writes the sum of the squares of a part of the gradient, number k of them. */
export function sumPartSquares(
  { arena, kernels, memory }: WorkerContext,
  { region, offset, rows }: Part,
  k: number,
): void {
  const sum =
    kernels.dot(arena.gradients + offset, arena.gradients + offset, region.ld, rows, region.cols) *
    region.scale *
    region.scale;
  new Float64Array(memory.buffer, arena.squares + 8 * k, 1)[0] = sum;
}

/** What clipping leaves of the gradient of `pendingExamples` examples, from the sums of all its `parts` parts. */
export function clippedShare(
  { arena, memory }: WorkerContext,
  parts: number,
  pendingExamples: number,
): number {
  let sum = 0;
  for (const part of new Float64Array(memory.buffer, arena.squares, parts)) sum += part;
  return clipFactor(Math.sqrt(sum) / pendingExamples, arena.plan.training.clipNorm);
}
