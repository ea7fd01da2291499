import type { LayerGradient } from './backward.js';
import { scale, subtract } from './matrix.js';
import type { Network } from './network.js';

/** One step of gradient descent: a new network with W − α dW and b − α db. */
export function update(
  network: Network,
  gradients: readonly Pick<LayerGradient, 'dW' | 'db'>[],
  alpha: number,
): Network {
  const layers = network.layers.map((layer, l) => {
    const { dW, db } = gradients[l]!;
    return {
      ...layer,
      W: subtract(layer.W, scale(dW, alpha)),
      b: subtract(layer.b, scale(db, alpha)),
    };
  });
  return { ...network, layers };
}
