import { afterEach, describe, expect, test } from 'vitest';
import { createNetwork } from '../../maths/network.js';
import { createRandom, permutation } from '../../random.js';
import { parametersOf, randomExamples, withRandomWeights } from '../cases.test.support.js';
import type { TrainingConfiguration } from '../layout/training-configuration.js';
import { createEngine } from './create-engine.js';
import type { BatchResult, EngineOptions } from './engine.js';

const AUGMENTED: Partial<TrainingConfiguration> = {
  optimizer: 'adam',
  dropout: 0.3,
  inputDropout: 0.1,
  augmentation: {
    ...{ shift: 1, rotate: 10, scale: 0.1, shear: 0.1, elastic: 1, elasticSigma: 4 },
    ...{ width: 28, height: 28, seed: 3 },
  },
};

interface Run {
  readonly name: string;
  readonly layers: readonly [number, ...number[]];
  readonly m: number;
  readonly batch: number;
  readonly ordered: boolean;
  readonly training?: Partial<TrainingConfiguration>;
  readonly weighted?: boolean;
}

// Each way to share the work: groups of blocks, mini-batches, wide layers, odd sizes.
const RUNS: readonly Run[] = [
  { name: 'full batch in groups', layers: [90, 10, 5], m: 3000, batch: 3000, ordered: false },
  {
    name: 'full batch with weights',
    layers: [90, 10, 5],
    m: 3000,
    batch: 3000,
    ordered: false,
    weighted: true,
  },
  {
    name: 'mini-batches with weights',
    layers: [784, 32, 10],
    m: 500,
    batch: 300,
    ordered: true,
    weighted: true,
  },
  { name: 'one block', layers: [90, 10, 5], m: 200, batch: 200, ordered: false },
  { name: 'mini-batches', layers: [784, 32, 16, 10], m: 500, batch: 128, ordered: true },
  { name: 'wide layers', layers: [150, 300, 90, 7], m: 700, batch: 700, ordered: false },
  { name: 'large mini-batches', layers: [61, 41, 3], m: 900, batch: 401, ordered: true },
  {
    name: 'augmented mini-batches',
    layers: [784, 40, 10],
    m: 500,
    batch: 301,
    ordered: true,
    training: AUGMENTED,
  },
];

/** All results of three epochs, exactly. */
async function lbfgsNumbers(
  { layers, m, batch, ordered, training = {}, weighted = false }: Run,
  options: EngineOptions,
  oneByOne = false,
): Promise<{ results: BatchResult[]; parameters: number[]; gradients: number[]; answers: number[] }> {
  const network = createNetwork({ layers, activation: ordered ? 'tanh' : 'relu', seed: 11 });
  const engine = await createEngine(network, { ...options, training });
  try {
    const plain = randomExamples(layers[0], layers.at(-1)!, m, 'sparse', 11);
    const examples = await engine.load(weighted ? withRandomWeights(plain, 11) : plain);
    const batches = Array.from({ length: Math.ceil(m / batch) }, (_, k) => ({
      from: k * batch,
      to: Math.min(m, (k + 1) * batch),
    }));
    const random = createRandom(11, 'order');
    const results: BatchResult[] = [];
    for (let epoch = 0; epoch < 3; epoch++) {
      const order = ordered ? { order: permutation(m, random) } : {};
      for (const part of oneByOne ? batches.map((one) => [one]) : [batches]) {
        results.push(...(await engine.descend(examples, { alpha: 0.3, batches: part, ...order })));
      }
    }
    results.push(await engine.measure(examples));
    const gradients = engine.gradients().flatMap(({ dW, db }) => [...dW.data, ...db.data]);
    await engine.update(0.3);
    const { probabilities, losses, classes } = await engine.predict(examples);
    const answers = [...probabilities, ...losses, ...classes];
    return { results, parameters: parametersOf(engine.network()), gradients, answers };
  } finally {
    await engine.dispose();
  }
}

describe.each(RUNS)('the same bits: $name', (run) => {
  test('with 1, 2, 3 and 4 threads as with none', async () => {
    const expected = await lbfgsNumbers(run, { threads: 0 });
    expect(expected.results.every(({ loss }) => Number.isFinite(loss))).toBe(true);
    expect(expected.gradients.some((value) => value !== 0)).toBe(true);
    for (const threads of [1, 2, 3, 4]) {
      expect(await lbfgsNumbers(run, { threads }), `${threads} threads`).toEqual(expected);
    }
  });

  test('whether the batches come in one call or one by one', async () => {
    const expected = await lbfgsNumbers(run, { threads: 2 });
    expect(await lbfgsNumbers(run, { threads: 2 }, true)).toEqual(expected);
  });
});

describe('a page without shared memory', () => {
  afterEach(() => Reflect.deleteProperty(globalThis, 'crossOriginIsolated'));

  test.each(RUNS.slice(0, 5))('has one worker by itself, and the same bits: $name', async (run) => {
    const expected = await lbfgsNumbers(run, { threads: 0 });
    Object.defineProperty(globalThis, 'crossOriginIsolated', { value: false, configurable: true });
    const engine = await createEngine(createNetwork({ layers: [4, 2], seed: 1 }), { threads: 4 });
    expect(engine.threads).toBe(1);
    await engine.dispose();
    expect(await lbfgsNumbers(run, { threads: 4 })).toEqual(expected);
  });
});
