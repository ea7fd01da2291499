// Predictions by the board's network: one digit at a time, and all 10,000 of the test set.

import { createNetwork } from '@longhand/core';
import { createEngine, createPredictor } from '@longhand/core/engine';
import { mnistTest } from '@longhand/mnist';
import { serve, timed } from './serve.js';

let digits;
let pictures;
let predictor;
let engine;
let examples;

const WAYS = {
  /** One iteration is one digit. */
  one(iterations) {
    for (let i = 0; i < iterations; i++) predictor.predict(pictures[i % pictures.length]);
  },
  async loaded(iterations) {
    for (let i = 0; i < iterations; i++) await engine.predict(examples);
  },
  bytes(iterations) {
    for (let i = 0; i < iterations; i++) predictor.predictAll(digits);
  },
};

await serve({
  async load({ threads }) {
    const network = createNetwork({ layers: [784, 10, 10] });
    digits = await mnistTest();
    pictures = Array.from({ length: digits.length }, (_, i) => digits.pixels(i));
    predictor = createPredictor(network);
    engine = await createEngine(network, { threads });
    examples = await engine.load(digits);
    return {};
  },
  run: ({ way, iterations }) => timed(() => WAYS[way](iterations)),
});
