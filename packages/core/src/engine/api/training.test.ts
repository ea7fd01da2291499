import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Augmentation } from '../../data/augmentation/augmentation.js';
import { createNetwork } from '../../maths/network.js';
import { isElementwise, OPTIMIZER_NAMES, type OptimizerName } from '../../maths/optimizers.js';
import { createRandom, permutation } from '../../random.js';
import { createMathsEngine } from '../../training/maths-engine.js';
import {
  caseOf,
  largestDifference,
  numberOfCases,
  PROPERTY_SEED,
  parametersOf,
  realDigits,
  shapes,
} from '../cases.test.support.js';
import type { TrainingConfiguration } from '../layout/training-configuration.js';
import { createEngine } from './create-engine.js';
import type { Engine, Examples } from './engine.js';

const AUGMENTATION: Augmentation = {
  ...{ shift: 1, rotate: 10, scale: 0.1, shear: 0.1, elastic: 1, elasticSigma: 4 },
  ...{ width: 28, height: 28, seed: 8 },
};

const training: fc.Arbitrary<Partial<TrainingConfiguration>> = fc.record({
  optimizer: fc.constantFrom(...OPTIMIZER_NAMES.filter(isElementwise)),
  momentum: fc.constantFrom(0, 0.5, 0.9),
  weightDecay: fc.constantFrom(0, 0.01),
  clipNorm: fc.constantFrom(Number.POSITIVE_INFINITY, 0.1),
  labelSmoothing: fc.constantFrom(0, 0.1),
  dropout: fc.constantFrom(0, 0.5),
  inputDropout: fc.constantFrom(0, 0.3),
  weightAveraging: fc.boolean(),
});

const ALPHAS: Readonly<Partial<Record<OptimizerName, number>>> = {
  ...{ sgd: 0.05, momentum: 0.05, nesterov: 0.05 },
  ...{ adam: 1e-4, adamw: 1e-4 },
};

/** The result of three updates with different learning rates: losses, parameters, their running average. */
async function threeUpdates(
  engine: Engine,
  dataset: Parameters<Engine['load']>[0],
  alpha: number,
  seed: number,
): Promise<{ losses: number[]; parameters: number[]; mean: number[] }> {
  const m = dataset.length;
  const examples = await engine.load(dataset);
  const order = permutation(m, createRandom(seed, 'order'));
  const half = Math.ceil(m / 2);
  const batches = [
    { from: 0, to: m },
    { from: 0, to: half },
    { from: 0, to: m },
  ];
  const results = await engine.descend(examples, {
    alpha: [alpha, alpha, alpha / 2],
    batches,
    order,
    averageFrom: 1,
  });
  await engine.update(alpha, 1);
  return {
    losses: results.map(({ loss }) => loss),
    parameters: parametersOf(engine.network()),
    mean: parametersOf(engine.network({ averaged: true })),
  };
}

describe('optimizers, weight decay, clipping, label smoothing, dropout and weight averaging', () => {
  test('agree with the maths on random shapes', async () => {
    const property = fc.asyncProperty(shapes, training, async (shape, given) => {
      const { network, dataset } = caseOf(shape);
      const wanted = { ...given, seed: shape.seed };
      // Some optimizers divide by the gradient's size, or take its sign. Where it is nearly 0,
      // rounding decides; a small α keeps the parameters close. That a step is right, is tested in
      // bindings/optimizer.test.ts.
      const alpha = ALPHAS[given.optimizer ?? 'sgd'] ?? 1e-5;
      const maths = createMathsEngine(network, { pixelScale: 1 / 255, training: wanted });
      const engine = await createEngine(network, { threads: 0, training: wanted });
      try {
        const expected = await threeUpdates(maths, dataset, alpha, shape.seed);
        const found = await threeUpdates(engine, dataset, alpha, shape.seed);
        expect(largestDifference(found.losses, expected.losses)).toBeLessThan(1e-4);
        expect(largestDifference(found.parameters, expected.parameters)).toBeLessThan(3e-4);
        if (given.weightAveraging) expect(largestDifference(found.mean, expected.mean)).toBeLessThan(3e-4);
      } finally {
        await engine.dispose();
      }
    });
    await fc.assert(property, { seed: PROPERTY_SEED, numRuns: numberOfCases(150) });
  });

  test('agree with the maths on real digits, with augmentation and input dropout', async () => {
    const network = createNetwork({ layers: [784, 20, 10], initialization: 'he', seed: 4 });
    for (const inputDropout of [0, 0.2]) {
      const given = { augmentation: AUGMENTATION, inputDropout, dropout: 0.2, seed: 9 };
      const maths = createMathsEngine(network, { pixelScale: 1 / 255, training: given });
      const engine = await createEngine(network, { threads: 2, training: given });
      try {
        const expected = await threeUpdates(maths, realDigits(300), 0.1, 5);
        const found = await threeUpdates(engine, realDigits(300), 0.1, 5);
        expect(largestDifference(found.losses, expected.losses)).toBeLessThan(1e-5);
        expect(largestDifference(found.parameters, expected.parameters)).toBeLessThan(1e-4);
      } finally {
        await engine.dispose();
      }
    }
  });

  test.each(OPTIMIZER_NAMES)(
    '%s: the same bits with any number of threads, with everything at once',
    async (optimizer) => {
      for (const layers of [
        [784, 10, 10],
        [784, 70, 33, 10],
      ]) {
        const network = createNetwork({ layers, activation: 'gelu', initialization: 'glorot', seed: 2 });
        const given: Partial<TrainingConfiguration> = {
          optimizer,
          weightDecay: 0.001,
          clipNorm: 0.5,
          labelSmoothing: 0.1,
          dropout: 0.2,
          inputDropout: 0.1,
          augmentation: AUGMENTATION,
          weightAveraging: true,
        };
        const outcomes: unknown[] = [];
        for (const threads of [0, 1, 2, 3]) {
          const engine = await createEngine(network, { threads, training: given });
          const digits = await engine.load(realDigits(600), { fullBatches: true });
          const full = Array.from({ length: 3 }, () => ({ from: 0, to: 600 }));
          const first = await engine.descend(digits, { alpha: 0.01, batches: full });
          const order = permutation(600, createRandom(1, 'order'));
          const small = Array.from({ length: 4 }, (_, k) => ({ from: 150 * k, to: 150 * (k + 1) }));
          const second = await engine.descend(digits, { alpha: 0.02, batches: small, order });
          await engine.update(0.01);
          outcomes.push({
            losses: [...first, ...second],
            parameters: parametersOf(engine.network()),
            mean: parametersOf(engine.network({ averaged: true })),
            measured: await engine.measure(digits, { averaged: true }),
          });
          await engine.dispose();
        }
        for (const outcome of outcomes.slice(1)) expect(outcome).toEqual(outcomes[0]);
      }
    },
  );

  test.each(['nesterov', 'adam'] as const)(
    '%s: the state of pixels that are always 0 becomes 0, not a subnormal number',
    async (optimizer) => {
      const network = createNetwork({ layers: [784, 8, 10], initialization: 'he' });
      const engine = await createEngine(network, { threads: 0, training: { optimizer } });
      const digits = await engine.load(realDigits(200));
      await engine.descend(digits, { alpha: 1e-3, batches: [{ from: 0, to: 200 }] });
      const before = await firstSlot(engine, digits, 100);
      const after = await firstSlot(engine, digits, 1100);
      await engine.dispose();
      expect(after.filter((value) => value !== 0 && Math.abs(value) < 2 ** -126)).toEqual([]);
      const gone = after.filter((value, k) => value === 0 && before[k] !== 0);
      expect(gone.length).toBeGreaterThan(100);
    },
  );
});

/** The first state slot of W¹, after `updates` more updates with the same five digits. */
async function firstSlot(engine: Engine, digits: Examples, updates: number): Promise<number[]> {
  const batches = Array.from({ length: updates }, () => ({ from: 0, to: 5 }));
  await engine.descend(digits, { alpha: 1e-3, batches });
  const { memory } = await engine.state();
  return [...memory[0]![0]!.W.data];
}
