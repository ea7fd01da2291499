import {
  backward,
  createEngine,
  type Dataset,
  forward,
  type Matrix,
  type Network,
  toColumns,
} from '@longhand/core';

/**
 * The engine may differ by this share of a matrix's largest entry. A 32-bit float is exact to 6 · 10⁻⁸ of itself; the sums
 * over pixels and examples leave some 10⁻⁶ of that. A term forgotten, counted twice or put in the wrong place shows as 10⁻² or more.
 */
export const ENGINE_TOLERANCE = 1e-4;

export interface EngineCheck {
  /** The largest over all matrices. */
  readonly maxRelativeError: number;
  readonly tolerance: number;
  /** dW¹, db¹ …: the largest |engine − maths| over the largest |maths|. */
  readonly tensors: readonly { readonly name: string; readonly relativeError: number }[];
  readonly passed: boolean;
}

/** The gradients of one batch as the engine computes them, held against the maths'. */
export async function checkEngine(
  network: Network,
  digits: Dataset,
  { pixelScale }: { pixelScale: number },
): Promise<EngineCheck> {
  const places = Uint32Array.from({ length: digits.length }, (_, i) => i);
  const { X, Y } = toColumns(digits, places, pixelScale);
  const expected = backward(network, forward(network, X), Y);
  const found = await engineGradients(network, digits, pixelScale);
  const tensors = expected.flatMap(({ dW, db }, l) => [
    { name: `dW${l + 1}`, relativeError: relativeDifference(dW, found[l]!.dW) },
    { name: `db${l + 1}`, relativeError: relativeDifference(db, found[l]!.db) },
  ]);
  const maxRelativeError = Math.max(...tensors.map(({ relativeError }) => relativeError));
  return {
    maxRelativeError,
    tolerance: ENGINE_TOLERANCE,
    tensors,
    passed: maxRelativeError < ENGINE_TOLERANCE,
  };
}

async function engineGradients(network: Network, digits: Dataset, pixelScale: number) {
  const engine = await createEngine(network, { pixelScale });
  try {
    const examples = await engine.load(digits);
    // α has no effect: it is applied to the gradient of the batch before, and there is none.
    await engine.descend(examples, { alpha: 1, batches: [{ from: 0, to: digits.length }] });
    return engine.gradients();
  } finally {
    await engine.dispose();
  }
}

/** The largest |found − expected|, as a share of the largest |expected|; not a number counts as infinitely far. */
export function relativeDifference(expected: Matrix, found: Matrix): number {
  let [difference, largest] = [0, 0];
  for (const [index, value] of expected.data.entries()) {
    const away = Math.abs(found.data[index]! - value);
    difference = Math.max(difference, Number.isNaN(away) ? Number.POSITIVE_INFINITY : away);
    largest = Math.max(largest, Math.abs(value));
  }
  return largest === 0 ? difference : difference / largest;
}
