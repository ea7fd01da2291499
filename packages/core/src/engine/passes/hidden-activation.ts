import { dropoutThreshold, hashSeed } from '../../random.js';
import { LD } from '../layout/plan.js';
import type { TrainingStep } from './block.js';
import type { KernelContext } from './kernel-context.js';

/** Some units of a layer, and the columns from example `from` on. */
export interface UnitsAndColumns {
  /** The layer as an index of `Scratch.A`: 0 is the first hidden layer. */
  readonly l: number;
  readonly firstUnit: number;
  readonly units: number;
  readonly from: number;
  readonly cols: number;
}

/**
 * Turns Z of a hidden layer into A = g(Z) ⊙ D in place, and stores g′(Z) ⊙ D for the backward pass.
 * D is the dropout mask. Only plans with `keepsDerivatives` need it.
 */
export function activateForTraining(
  { kernels, plan, scratch }: KernelContext,
  { l, firstUnit, units, from, cols }: UnitsAndColumns,
  { iteration, first }: TrainingStep,
): void {
  const { dropout, seed } = plan.training;
  const at = firstUnit * LD + 4 * from;
  kernels.activateWithDropout({
    kind: plan.activationCodes[l]!,
    A: scratch.A[l]! + at,
    derivatives: scratch.derivatives[l]! + at,
    ld: LD,
    firstRow: firstUnit,
    rows: units,
    cols,
    key: hashSeed({ seed, iteration }, l + 1),
    first: first + from,
    threshold: dropoutThreshold(dropout),
    keep: 1 / (1 - dropout),
  });
}

/** dZ = dA ⊙ g′(Z) of a hidden layer, in place, for the columns from example `from` on. */
export function hiddenActivationBackward(
  { kernels, plan, scratch }: KernelContext,
  { l, units, from, cols }: Omit<UnitsAndColumns, 'firstUnit'>,
): void {
  const kind = plan.activationCodes[l]!;
  const A = scratch.A[l]! + 4 * from;
  const dA = scratch.dZ[l]! + 4 * from;
  if (plan.keepsDerivatives) {
    const derivatives = scratch.derivatives[l]! + 4 * from;
    const keep = 1 / (1 - plan.training.dropout);
    kernels.activationBackwardWithDropout({ kind, A, derivatives, dA, ld: LD, rows: units, cols, keep });
  } else kernels.activationBackward({ kind, A, dA, ld: LD, rows: units, cols });
}
