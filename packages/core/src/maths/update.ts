import type { LayerGradient } from './backward.js';
import { scale, subtract } from './matrix.js';
import type { Network } from './network.js';
import { withParameters } from './parameter-set.js';

/** One step of gradient descent, W := W − α dW and b := b − α db, as a new network. */
export function update(
  network: Network,
  gradients: readonly Pick<LayerGradient, 'dW' | 'db'>[],
  alpha: number,
): Network {
  const values = network.layers.map(({ W, b }, l) => {
    const { dW, db } = gradients[l]!;
    return { W: subtract(W, scale(dW, alpha)), b: subtract(b, scale(db, alpha)) };
  });
  return withParameters(network, values);
}
