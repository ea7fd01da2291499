import type { Dataset, Matrix, Network } from '@longhand/core';
import { toDesignMatrix } from '@longhand/core/data';
import { createEngine } from '@longhand/core/engine';
import { backward, forward, map, multiply, sumOverExamples, transpose } from '@longhand/core/maths';

/**
 * How much the engine may differ, relative to a matrix's largest entry. A 32-bit float has a
 * relative error of 6 · 10⁻⁸; sums over pixels and examples have about 10⁻⁶, 16-bit integers about
 * 10⁻⁵. A term that is missing, counted twice or in the wrong place causes 10⁻² or more.
 */
export const ENGINE_TOLERANCE = 1e-4;

export interface EngineCheck extends BatchCheck {
  /** The largest one, over all matrices of both batches. */
  readonly maxRelativeError: number;
  readonly tolerance: number;
  /**
   * The same for more examples, where the engine's first layer may use integers. Errors are
   * relative to the mean size of the terms, not of their sum: in a trained network, terms of size 1
   * add up to gradients of 10⁻³.
   */
  readonly fullBatch: BatchCheck;
  readonly passed: boolean;
}

interface BatchCheck {
  readonly examples: number;
  /** For dW¹, db¹ …: the largest |engine − maths|, divided by the largest |maths|. */
  readonly tensors: readonly { readonly name: string; readonly relativeError: number }[];
}

/** Enough examples that the engine takes the path of full batches. */
const FULL_BATCH = 512;

/**
 * Compares the engine's gradients with those of the maths, for a small and a large batch.
 *
 * @param digits the small batch
 * @param more the examples that the large batch is taken from
 */
export async function checkEngine(
  network: Network,
  digits: Dataset,
  { pixelScale, more }: { pixelScale: number; more: Dataset },
): Promise<EngineCheck> {
  const few = await checkBatch(network, digits, { pixelScale, byTerms: false });
  const many = more.slice(0, Math.min(FULL_BATCH, more.length));
  const fullBatch = await checkBatch(network, many, { pixelScale, byTerms: true });
  const maxRelativeError = Math.max(
    ...[...few.tensors, ...fullBatch.tensors].map(({ relativeError }) => relativeError),
  );
  return {
    maxRelativeError,
    tolerance: ENGINE_TOLERANCE,
    ...few,
    fullBatch,
    passed: maxRelativeError < ENGINE_TOLERANCE,
  };
}

async function checkBatch(
  network: Network,
  digits: Dataset,
  { pixelScale, byTerms }: { pixelScale: number; byTerms: boolean },
): Promise<BatchCheck> {
  const places = Uint32Array.from({ length: digits.length }, (_, i) => i);
  const { X, Y } = toDesignMatrix(digits, places, pixelScale);
  const computed = forward(network, X);
  const expected = backward(network, computed, Y);
  const found = await engineGradients(network, digits, pixelScale);
  const share = (name: string, one: Matrix, other: Matrix, terms: Matrix) => ({
    name,
    relativeError: relativeDifference(one, other, byTerms ? largest(terms) / digits.length : 0),
  });
  const tensors = expected.flatMap(({ dZ, dW, db }, l) => {
    const sizes = map(dZ, Math.abs);
    return [
      share(`dW${l + 1}`, dW, found[l]!.dW, multiply(sizes, map(transpose(computed.A[l]!), Math.abs))),
      share(`db${l + 1}`, db, found[l]!.db, sumOverExamples(sizes)),
    ];
  });
  return { examples: digits.length, tensors };
}

async function engineGradients(network: Network, digits: Dataset, pixelScale: number) {
  const engine = await createEngine(network, { pixelScale });
  try {
    const examples = await engine.load(digits);
    // α has no effect: it applies to the gradient of the previous batch, and there is none.
    await engine.descend(examples, { alpha: 1, batches: [{ from: 0, to: digits.length }] });
    return engine.gradients();
  } finally {
    await engine.dispose();
  }
}

function largest({ data }: Matrix): number {
  return data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/**
 * The largest |found − expected|, divided by the largest |expected|, or by `least` if that is
 * larger. NaN counts as an infinite difference.
 */
export function relativeDifference(expected: Matrix, found: Matrix, least = 0): number {
  let difference = 0;
  const size = Math.max(least, largest(expected));
  for (const [index, value] of expected.data.entries()) {
    const away = Math.abs(found.data[index]! - value);
    difference = Math.max(difference, Number.isNaN(away) ? Number.POSITIVE_INFINITY : away);
  }
  return size === 0 ? difference : difference / size;
}
