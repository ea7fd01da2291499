import { createNetwork, layerSizes, type ModelFile, type Network } from '@longhand/core';
import { ModelError } from '@longhand/core/errors';
import { subtract, withParameters } from '@longhand/core/maths';

/**
 * What training changed: the parameters minus their starting values, which the seed in the model's
 * record gives again. The board's starting values are noise as large as what 500 iterations learn:
 * without them the strokes appear.
 *
 * @param given a seed to use instead of the record's
 * @throws ModelError if the record does not say how the network was initialized
 */
export function learnedPart({ network, record }: ModelFile, file: string, given?: number): Network {
  if (record.results.startedFrom !== undefined) {
    throw new ModelError(
      `${file}: it was trained further from another model, so its starting weights are not known`,
    );
  }
  const { seed: recorded, initialization } = record.settings;
  const seed = given ?? recorded;
  if (typeof seed !== 'number' || (initialization !== 'board' && initialization !== 'he')) {
    throw new ModelError(
      `${file}: its record has no seed or initialization, so its starting weights are not known`,
    );
  }
  const start = createNetwork({ layers: layerSizes(network), initialization, seed });
  const difference = network.layers.map(({ W, b }, l) => ({
    W: subtract(W, start.layers[l]!.W),
    b: subtract(b, start.layers[l]!.b),
  }));
  return withParameters(network, difference);
}
