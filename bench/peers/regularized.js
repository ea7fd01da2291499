// One epoch of mini-batches: plain, and with regularization.

import { createNetwork } from '@longhand/core';
import { augmentationFor, augmentPicture, createDisplacementField, drawAffineMap } from '@longhand/core/data';
import { createEngine } from '@longhand/core/engine';
import { createRandom, permutation } from '@longhand/core/maths';
import { mnistTraining } from '@longhand/mnist';
import { serve, timed } from './serve.js';

const STRENGTHS = { shift: 1, rotate: 10, scale: 0.1, shear: 0.1, elastic: 1, elasticSigma: 4, seed: 1 };
const DROPOUT = { inputDropout: 0.1, dropout: 0.3 };
const ADAM = { optimizer: 'adam' };
const ALPHA = { plain: 0.1, adam: 0.001 };
/** How many batches `longhand train` asks for at once, at most. */
const BATCHES_AT_ONCE = 50;

const engines = new Map();
let calls;

await serve({
  async load({ layers, batch, threads, ways }) {
    const digits = await mnistTraining();
    const augmentation = augmentationFor(STRENGTHS, digits);
    const configurations = {
      plain: {},
      dropout: DROPOUT,
      adam: ADAM,
      distorted: { augmentation },
      all: { ...DROPOUT, ...ADAM, augmentation },
    };
    for (const way of ways) {
      const own = configurations[way];
      const engine = await createEngine(createNetwork({ layers, initialization: 'he' }), {
        threads,
        training: own,
      });
      const alpha = own.optimizer ? ALPHA.adam : ALPHA.plain;
      engines.set(way, { engine, alpha, examples: await engine.load(digits) });
    }
    calls = callsOf(digits.length, batch, permutation(digits.length, createRandom(1, 'batches')));
    return { nonZeroOfAugmented: nonZeroOfAugmented(digits, augmentation) };
  },
  run: ({ way, iterations }) =>
    timed(async () => {
      const { engine, alpha, examples } = engines.get(way);
      for (let i = 0; i < iterations; i++) {
        for (const call of calls) await engine.descend(examples, { alpha, ...call });
      }
    }),
});

function callsOf(examples, batch, order) {
  const batches = Array.from({ length: Math.ceil(examples / batch) }, (_, k) => ({
    from: k * batch,
    to: Math.min((k + 1) * batch, examples),
  }));
  return Array.from({ length: Math.ceil(batches.length / BATCHES_AT_ONCE) }, (_, k) => ({
    batches: batches.slice(k * BATCHES_AT_ONCE, (k + 1) * BATCHES_AT_ONCE),
    order,
  }));
}

/** How many times as many non-zero pixels augmented digits have: the first layer's work grows with them. */
function nonZeroOfAugmented(digits, augmentation) {
  const field = createDisplacementField(augmentation);
  let [before, after] = [0, 0];
  for (let i = 0; i < 1000; i++) {
    const pixels = digits.pixels(i);
    const { width, height } = digits;
    const distorted = augmentPicture(pixels, width, height, drawAffineMap(augmentation, 0, i), field);
    before += pixels.filter((value) => value > 0).length;
    after += distorted.filter((value) => value > 0).length;
  }
  return after / before;
}
