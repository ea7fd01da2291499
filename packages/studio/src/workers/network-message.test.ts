import { createNetwork } from '@longhand/core';
import { expect, test } from 'vitest';
import { packNetwork, unpackNetwork } from './network-message.js';

test('a network arrives as it was, to the last of its 64 bits', () => {
  const network = createNetwork({ layers: [4, 3, 3, 2], activation: ['tanh', 'gelu'], output: 'sigmoid' });
  // No 32-bit float holds it.
  network.layers[1]!.W.data[0] = 0.1;
  expect(unpackNetwork(structuredClone(packNetwork(network)))).toEqual(network);
});
