import {
  createNetwork,
  layerSizes,
  type Model,
  ModelError,
  type Network,
  subtract,
  withParameters,
} from '@longhand/core';

/**
 * What training changed: the parameters less those they began with, which grow from the seed in the model's record. The board's start is
 * noise as large as what is learned in 500 iterations: without it the strokes appear.
 *
 * @param given the seed, if it is not to be that of the record
 * @throws ModelError when the record does not tell how the network began
 */
export function learnedPart({ network, record }: Model, file: string, given?: number): Network {
  const { seed: recorded, initialization } = record.settings;
  const seed = given ?? recorded;
  if (typeof seed !== 'number' || (initialization !== 'board' && initialization !== 'he')) {
    throw new ModelError(
      `${file}: its record has no seed and initialization, so where it began is not known`,
    );
  }
  const start = createNetwork({ layers: layerSizes(network), initialization, seed });
  const difference = network.layers.map(({ W, b }, l) => ({
    W: subtract(W, start.layers[l]!.W),
    b: subtract(b, start.layers[l]!.b),
  }));
  return withParameters(network, difference);
}
