import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../data/dataset.js';
import { createNetwork } from '../../maths/network.js';
import { createRandom, permutation } from '../../random.js';
import { createMathsEngine } from '../../training/maths-engine.js';
import {
  caseOf,
  largestDifference,
  numberOfCases,
  PROPERTY_SEED,
  parametersOf,
  randomExamples,
  realDigits,
  shapes,
  truthOf,
  withRandomWeights,
} from '../cases.test.support.js';
import type { TrainingConfiguration } from '../layout/training-configuration.js';
import { createEngine } from './create-engine.js';
import type { DescendOptions, Engine } from './engine.js';

/** 32-bit floats compared with 64-bit floats, relative to the largest number of a matrix. */
const TOLERANCE = 2e-5;

const FLOATS = { quantization: false };

/** What one call of `descend` gives: the losses, the gradients after the last batch, and the parameters. */
async function outcomeOf(engine: Engine, dataset: Dataset, options: DescendOptions, fullBatches = false) {
  try {
    const examples = await engine.load(dataset, { fullBatches });
    const results = await engine.descend(examples, options);
    const gradients = engine.gradients().map(({ dW, db }) => [...dW.data, ...db.data]);
    await engine.update(0.1);
    return {
      losses: results.map(({ loss }) => loss),
      correct: results.map(({ correct }) => correct),
      gradients,
      parameters: parametersOf(engine.network()),
      measured: await engine.measure(examples),
    };
  } finally {
    await engine.dispose();
  }
}

describe('weights of the examples', () => {
  test('loss and every gradient are those of the maths, on random shapes', async () => {
    const property = fc.asyncProperty(shapes, fc.boolean(), async (shape, ordered) => {
      const { network, dataset } = caseOf(shape);
      const weighted = withRandomWeights(dataset, shape.seed);
      const m = dataset.length;
      const order = permutation(m, createRandom(shape.seed, 'order'));
      const to = ordered ? Math.ceil(m / 2) : m;
      const truth = truthOf(network, weighted, ordered ? [...order.slice(0, to)] : undefined);
      const engine = await createEngine(network, { threads: 0, training: FLOATS });
      const batches = [{ from: 0, to }];
      const found = await outcomeOf(engine, weighted, { alpha: 0.5, batches, ...(ordered && { order }) });
      expect(largestDifference(found.losses, [truth.loss])).toBeLessThan(TOLERANCE);
      for (const [l, { dW, db }] of truth.gradients.entries()) {
        const expected = [...dW.data, ...db.data];
        expect(largestDifference(found.gradients[l]!, expected), `layer ${l + 1}`).toBeLessThan(TOLERANCE);
      }
    });
    await fc.assert(property, { seed: PROPERTY_SEED, numRuns: numberOfCases(60) });
  });

  test('in int16, where each block has its examples in another order, the gradient stays that of the maths', async () => {
    const network = createNetwork({ layers: [784, 10, 10], seed: 1 });
    const digits = withRandomWeights(realDigits(900), 5);
    const truth = truthOf(network, digits);
    const batches = [{ from: 0, to: 900 }];
    const run = async (training: Partial<TrainingConfiguration>) =>
      outcomeOf(await createEngine(network, { threads: 2, training }), digits, { alpha: 0.1, batches }, true);
    const [int16, floats] = [await run({}), await run(FLOATS)];
    expect(int16.gradients, 'int16 and floats give different numbers').not.toEqual(floats.gradients);
    for (const { losses, gradients } of [int16, floats]) {
      expect(largestDifference(losses, [truth.loss])).toBeLessThan(TOLERANCE);
      for (const [l, { dW, db }] of truth.gradients.entries()) {
        // The precision of int16 is relative to the terms of a sum, which cancel in part.
        const most = l === 0 ? 1e-4 : TOLERANCE;
        expect(largestDifference(gradients[l]!, [...dW.data, ...db.data])).toBeLessThan(most);
      }
    }
  });

  test.each(['sgd', 'nesterov', 'adam', 'lbfgs'] as const)(
    '%s, with label smoothing, dropout, clipping and augmentation: as the maths',
    async (optimizer) => {
      const network = createNetwork({ layers: [784, 12, 10], initialization: 'he', seed: 4 });
      const isSearch = optimizer === 'lbfgs';
      const training: Partial<TrainingConfiguration> = {
        ...{ optimizer, labelSmoothing: 0.1, weightDecay: 0.001, seed: 9 },
        ...(!isSearch && {
          ...{ dropout: 0.2, inputDropout: 0.1, clipNorm: 1 },
          augmentation: {
            ...{ shift: 1, rotate: 10, scale: 0.1, shear: 0.1, elastic: 1, elasticSigma: 4 },
            ...{ width: 28, height: 28, seed: 8 },
          },
        }),
      };
      const digits = withRandomWeights(realDigits(300), 6);
      const alpha = optimizer === 'adam' ? 1e-4 : 0.05;
      const whole = { from: 0, to: 300 };
      const options = {
        alpha,
        batches: isSearch ? [whole, whole, whole] : [whole, { from: 0, to: 170 }, { from: 170, to: 300 }],
        ...(!isSearch && { order: permutation(300, createRandom(2, 'order')) }),
      };
      const maths = createMathsEngine(network, { pixelScale: 1 / 255, training });
      const expected = await outcomeOf(maths, digits, options);
      const found = await outcomeOf(await createEngine(network, { threads: 2, training }), digits, options);
      expect(largestDifference(found.losses, expected.losses)).toBeLessThan(1e-5);
      expect(largestDifference(found.parameters, expected.parameters)).toBeLessThan(3e-4);
      expect(found.correct).toEqual(expected.correct);
    },
  );

  test.each([
    { layers: [784, 10, 10], m: 600, batch: 600, ordered: false },
    { layers: [784, 10, 10], m: 600, batch: 100, ordered: true },
    { layers: [30, 300, 7], m: 300, batch: 300, ordered: false },
  ])(
    'of 1 give the same bits as no weights: $layers, batches of $batch',
    async ({ layers, m, batch, ordered }) => {
      const network = createNetwork({ layers, seed: 2 });
      const plain = randomExamples(layers[0]!, layers.at(-1)!, m, 'sparse', 2);
      const options = {
        alpha: 0.2,
        batches: Array.from({ length: m / batch }, (_, k) => ({ from: k * batch, to: (k + 1) * batch })),
        ...(ordered && { order: permutation(m, createRandom(3, 'order')) }),
      };
      const run = async (dataset: Dataset) =>
        outcomeOf(await createEngine(network, { threads: 2 }), dataset, options, batch === m);
      const ones = plain.withWeights(new Float32Array(m).fill(1));
      expect(await run(ones)).toEqual(await run(plain));
    },
  );

  test('count in training alone: measuring does not see them', async () => {
    const network = createNetwork({ layers: [784, 10, 10], seed: 1 });
    const digits = realDigits(400);
    const measure = async (engine: Engine, dataset: Dataset) => {
      const result = await engine.measure(await engine.load(dataset, { fullBatches: true }));
      await engine.dispose();
      return result;
    };
    const weighted = withRandomWeights(digits, 1);
    const engine = () => createEngine(network, { threads: 1 });
    expect(await measure(await engine(), weighted)).toEqual(await measure(await engine(), digits));
    const maths = () => createMathsEngine(network, { pixelScale: 1 / 255 });
    expect(await measure(maths(), weighted)).toEqual(await measure(maths(), digits));
  });

  test('that are all 0 in a block, or in all, teach nothing and break nothing', async () => {
    const network = createNetwork({ layers: [784, 10, 10], seed: 1 });
    const digits = realDigits(600);
    const batches = [{ from: 0, to: 600 }];
    for (const training of [{}, FLOATS]) {
      const run = async (dataset: Dataset) =>
        outcomeOf(
          await createEngine(network, { threads: 0, training }),
          dataset,
          { alpha: 1, batches },
          true,
        );
      const none = await run(digits.withWeights(new Float32Array(600)));
      expect(none.losses).toEqual([0]);
      expect(none.gradients.flat().every((value) => value === 0)).toBe(true);
      expect(none.parameters).toEqual(parametersOf(network));
      // The first block of 256 counts nothing.
      const late = digits.withWeights(Float32Array.from({ length: 600 }, (_, i) => (i < 256 ? 0 : 2)));
      const { losses } = await run(late);
      expect(largestDifference(losses, [truthOf(network, late).loss])).toBeLessThan(TOLERANCE);
    }
  });
});
