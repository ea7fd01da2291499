import type { LayerGradient } from './backward.js';
import type { Forward } from './forward.js';
import type { Matrix } from './matrix.js';
import type { Network } from './network.js';
import { symbol } from './symbol.js';

/** Where to look for a value that is not finite. */
export interface FirstNonFiniteOptions {
  /** The mean loss J, in nats. Without it, J is not checked. */
  readonly loss?: number;
  /** Whether a number too large for a 32-bit float counts too, as in the engine. Default false. */
  readonly float32?: boolean;
}

/**
 * The symbol (`W¹`, `Z²`, `J`, `dW¹` …) of the first quantity of an iteration with a value that is
 * not finite, or `undefined` if all are. The order is that of the computation: X, then W, b, Z, A
 * of every layer, the loss J, then dZ, dW, db from the last layer to the first. Later quantities
 * only inherit the value.
 */
export function firstNonFinite(
  network: Network,
  forward: Forward,
  gradients: readonly LayerGradient[],
  { loss, float32 = false }: FirstNonFiniteOptions = {},
): string | undefined {
  const holds = float32 ? (value: number) => Number.isFinite(Math.fround(value)) : Number.isFinite;
  for (const [name, { data }] of inOrder(network, forward, gradients, loss)) {
    if (!data.every(holds)) return name;
  }
  return undefined;
}

function* inOrder(
  { layers }: Network,
  { Z, A }: Forward,
  gradients: readonly LayerGradient[],
  loss: number | undefined,
): Generator<[string, Pick<Matrix, 'data'>]> {
  yield ['X', A[0]!];
  for (const [l, { W, b }] of layers.entries()) {
    yield [symbol('W', l + 1), W];
    yield [symbol('b', l + 1), b];
    yield [symbol('Z', l + 1), Z[l]!];
    yield [symbol('A', l + 1), A[l + 1]!];
  }
  if (loss !== undefined) yield ['J', { data: Float64Array.of(loss) }];
  for (let l = gradients.length - 1; l >= 0; l--) {
    const { dZ, dW, db } = gradients[l]!;
    yield [symbol('dZ', l + 1), dZ];
    yield [symbol('dW', l + 1), dW];
    yield [symbol('db', l + 1), db];
  }
}
