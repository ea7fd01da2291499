import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../data/dataset.js';
import { toDesignMatrix } from '../../data/design-matrix.js';
import { DataError, EngineError, SettingError } from '../../errors.js';
import { type ActivationName, relu } from '../../maths/activation.js';
import { matrix } from '../../maths/matrix.js';
import { multiply, transpose } from '../../maths/matrix-products.js';
import { createNetwork, type Network } from '../../maths/network.js';
import { OUTPUTS } from '../../maths/output.js';
import { update } from '../../maths/update.js';
import { createRandom, permutation } from '../../random.js';
import { createMathsEngine } from '../../training/maths-engine.js';
import {
  type Case,
  caseOf,
  largestDifference,
  numberOfCases,
  PROPERTY_SEED,
  parametersOf,
  randomExamples,
  realDigits,
  shapes,
  truthOf,
} from '../cases.test.support.js';
import { createEngine } from './create-engine.js';
import type { Engine, EngineOptions, Examples } from './engine.js';

/** 32-bit floats compared with 64-bit floats, relative to the largest number of a matrix. */
const TOLERANCE = 2e-5;

async function withEngine<Result>(
  network: Network,
  options: EngineOptions,
  use: (engine: Engine) => Promise<Result>,
): Promise<Result> {
  const engine = await createEngine(network, options);
  try {
    return await use(engine);
  } finally {
    await engine.dispose();
  }
}

/**
 * Asserts that the engine's gradients are those of the maths, matrix by matrix.
 *
 * @param floor the differences of dW¹ are relative to at least this
 */
function expectGradients(
  engine: Engine,
  expected: ReturnType<typeof truthOf>['gradients'],
  floor?: number,
): void {
  const found = engine.gradients();
  expect(found).toHaveLength(expected.length);
  for (const [l, { dW, db }] of expected.entries()) {
    const least = l === 0 ? floor : undefined;
    expect(largestDifference(found[l]!.dW.data, dW.data, least), `dW${l + 1}`).toBeLessThan(TOLERANCE);
    expect(largestDifference(found[l]!.db.data, db.data), `db${l + 1}`).toBeLessThan(TOLERANCE);
  }
}

/** The largest mean of |dZ¹ x|: dW¹ if its terms did not cancel. The precision of int16 is relative to it. */
function largestTerms({ gradients }: ReturnType<typeof truthOf>, dataset: Dataset): number {
  const { X } = toDesignMatrix(
    dataset,
    Array.from({ length: dataset.length }, (_, j) => j),
  );
  const dZ = gradients[0]!.dZ;
  const size = matrix(dZ.rows, dZ.cols, dZ.data.map(Math.abs));
  return Math.max(1e-3, ...multiply(size, transpose(X)).data.map((sum) => sum / dataset.length));
}

describe('the engine agrees with the maths', () => {
  test('forward, loss, every gradient and the update, on random shapes', async () => {
    const property = fc.asyncProperty(shapes, async (shape) => {
      const { network, dataset }: Case = caseOf(shape);
      const truth = truthOf(network, dataset);
      await withEngine(network, { threads: 0 }, async (engine) => {
        const examples = await engine.load(dataset);
        const batches = [{ from: 0, to: dataset.length }];
        const [result] = await engine.descend(examples, { alpha: 0.5, batches });
        expect(result!.examples).toBe(dataset.length);
        expect(largestDifference([result!.loss], [truth.loss])).toBeLessThan(TOLERANCE);
        // A full batch of several blocks goes through int16 in 9 or 10 units.
        const isInt16 = [9, 10].includes(shape.layers[1]!) && shape.examples > 256;
        expectGradients(engine, truth.gradients, isInt16 ? largestTerms(truth, dataset) : undefined);
        expect(parametersOf(engine.network()), 'the update is pending').toEqual(parametersOf(network));

        const answers = await engine.predict(examples);
        const { A } = truth;
        const columns = Float64Array.from(
          { length: A.data.length },
          (_, at) => A.data[(at % A.rows) * A.cols + Math.floor(at / A.rows)]!,
        );
        expect(largestDifference(answers.probabilities, columns)).toBeLessThan(TOLERANCE);
        expect(largestDifference(answers.losses, truth.losses)).toBeLessThan(TOLERANCE);
        // Two classes within rounding of each other may swap. Then their probabilities must be equal.
        for (const [j, found] of answers.classes.entries()) {
          const best = A.data[truth.classes[j]! * A.cols + j]!;
          expect(A.data[found * A.cols + j]! / best).toBeGreaterThan(1 - TOLERANCE);
        }
        const correct = answers.classes.filter((found, j) => found === dataset.label(j)).length;
        expect(result!.correct).toBe(correct);
        expect(await engine.measure(examples)).toEqual(result);

        await engine.update(0.5);
        const expected = update(network, truth.gradients, 0.5);
        const difference = largestDifference(parametersOf(engine.network()), parametersOf(expected));
        expect(difference).toBeLessThan(TOLERANCE);
      });
    });
    await fc.assert(property, { seed: PROPERTY_SEED, numRuns: numberOfCases(120) });
  });

  test('any batch of any order: its own examples and no others', async () => {
    const batch = fc.tuple(fc.nat(299), fc.integer({ min: 1, max: 300 }));
    const property = fc.asyncProperty(shapes, batch, fc.boolean(), async (shape, [start, size], ordered) => {
      const { network, dataset } = caseOf(shape);
      const from = start % dataset.length;
      const to = Math.min(dataset.length, from + size);
      const order = permutation(dataset.length, createRandom(shape.seed, 'order'));
      const places = Array.from({ length: to - from }, (_, j) => (ordered ? order[from + j]! : from + j));
      const truth = truthOf(network, dataset, places);
      await withEngine(network, { threads: 0 }, async (engine) => {
        const examples = await engine.load(dataset);
        const [result] = await engine.descend(examples, {
          alpha: 0.1,
          batches: [{ from, to }],
          ...(ordered ? { order } : {}),
        });
        expect(result!.examples).toBe(to - from);
        expect(largestDifference([result!.loss], [truth.loss])).toBeLessThan(TOLERANCE);
        expectGradients(engine, truth.gradients);
      });
    });
    await fc.assert(property, { seed: PROPERTY_SEED, numRuns: numberOfCases(60) });
  });

  test.each([
    { layers: [784, 10, 10], examples: 1100 },
    { layers: [1500, 10, 4], examples: 300 },
    { layers: [60, 130, 90, 7], examples: 600 },
    { layers: [784, 300, 10], examples: 280 },
  ])('several blocks of examples: $layers on $examples', async ({ layers, examples: m }) => {
    const network = createNetwork({ layers, seed: 3 });
    const dataset = randomExamples(layers[0]!, layers.at(-1)!, m, 'sparse', 3);
    const truth = truthOf(network, dataset);
    await withEngine(network, { threads: 2 }, async (engine) => {
      const examples = await engine.load(dataset);
      const [result] = await engine.descend(examples, { alpha: 0.1, batches: [{ from: 0, to: m }] });
      expect(largestDifference([result!.loss], [truth.loss])).toBeLessThan(TOLERANCE);
      expectGradients(engine, truth.gradients);
      expect(await engine.measure(examples)).toEqual({ ...result, loss: expect.closeTo(result!.loss, 6) });
    });
  });

  test('full batches in int16: 9 and 10 units, every activation, blank and full pictures', async () => {
    const layers = fc.tuple(
      fc.integer({ min: 1, max: 90 }),
      fc.integer({ min: 9, max: 10 }),
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 0, maxLength: 2 }),
    );
    const examples = fc.integer({ min: 257, max: 700 });
    const property = fc.asyncProperty(shapes, layers, examples, async (shape, [inputs, units, more], m) => {
      const { network, dataset } = caseOf({ ...shape, layers: [inputs, units, ...more], examples: m });
      const truth = truthOf(network, dataset);
      await withEngine(network, { threads: 0 }, async (engine) => {
        const loaded = await engine.load(dataset, { fullBatches: true });
        const [result] = await engine.descend(loaded, { alpha: 0.5, batches: [{ from: 0, to: m }] });
        expect(largestDifference([result!.loss], [truth.loss])).toBeLessThan(TOLERANCE);
        expectGradients(engine, truth.gradients, largestTerms(truth, dataset));
      });
    });
    await fc.assert(property, { seed: PROPERTY_SEED, numRuns: numberOfCases(60) });
  });

  test.each(['sgd', 'momentum', 'nesterov'] as const)(
    '200 iterations by %s in int16: every loss within 1e-5 of those in floats',
    async (optimizer) => {
      const digits = realDigits(1000);
      const network = createNetwork({ layers: [784, 10, 10], seed: 1 });
      const batches = Array.from({ length: 200 }, () => ({ from: 0, to: digits.length }));
      const alpha = optimizer === 'sgd' ? 0.1 : 0.01;
      const losses = async (quantization: boolean) => {
        const results = await withEngine(
          network,
          { threads: 2, training: { optimizer, quantization } },
          async (engine) => engine.descend(await engine.load(digits), { alpha, batches }),
        );
        return results.map(({ loss }) => loss);
      };
      const [int16, floats] = [await losses(true), await losses(false)];
      expect(int16, 'int16 and floats give different numbers').not.toEqual(floats);
      for (const [i, loss] of floats.entries()) {
        expect(Math.abs(int16[i]! / loss - 1), `iteration ${i}`).toBeLessThan(1e-5);
      }
    },
  );

  test('50 iterations on real digits: every loss within 1e-5 of the maths', async () => {
    const digits = realDigits(1000);
    const network = createNetwork({ layers: [784, 10, 10], seed: 1 });
    const batches = Array.from({ length: 50 }, () => ({ from: 0, to: digits.length }));
    const maths = createMathsEngine(network, { pixelScale: 1 / 255 });
    const expected = await maths.descend(await maths.load(digits), { alpha: 0.1, batches });
    await withEngine(network, { threads: 2 }, async (engine) => {
      const found = await engine.descend(await engine.load(digits), { alpha: 0.1, batches });
      expect(found).toHaveLength(50);
      for (const [i, { loss }] of expected.entries()) {
        expect(Math.abs(found[i]!.loss / loss - 1), `iteration ${i}`).toBeLessThan(1e-5);
      }
      expect(found.at(-1)!.loss, 'and it learns').toBeLessThan(0.8 * found[0]!.loss);
    });
  });

  test('pixelScale is what a byte is multiplied by', async () => {
    const { network, dataset } = caseOf({
      layers: [20, 6, 3],
      examples: 40,
      activation: 'tanh',
      density: 'sparse',
      seed: 9,
    });
    const maths = createMathsEngine(network, { pixelScale: 0.01 });
    const batches = [{ from: 0, to: 40 }];
    const [expected] = await maths.descend(await maths.load(dataset), { alpha: 1, batches });
    await withEngine(network, { threads: 0, pixelScale: 0.01 }, async (engine) => {
      const [found] = await engine.descend(await engine.load(dataset), { alpha: 1, batches });
      expect(largestDifference([found!.loss], [expected!.loss])).toBeLessThan(TOLERANCE);
      const wanted = maths.gradients();
      for (const [l, { dW }] of engine.gradients().entries()) {
        expect(largestDifference(dW.data, wanted[l]!.dW.data)).toBeLessThan(TOLERANCE);
      }
    });
  });
});

describe('the engine keeps its promises about', () => {
  const network = createNetwork({ layers: [30, 8, 4], seed: 5 });
  const dataset = randomExamples(30, 4, 50, 'sparse', 5);

  test('a loss that is not finite: it is the last result, with the parameters that gave it', async () => {
    await withEngine(network, { threads: 1 }, async (engine) => {
      const examples = await engine.load(dataset);
      const batches = Array.from({ length: 5 }, () => ({ from: 0, to: 50 }));
      const results = await engine.descend(examples, { alpha: 1e38, batches });
      expect(results.length).toBeLessThan(5);
      expect(results.slice(0, -1).every(({ loss }) => Number.isFinite(loss))).toBe(true);
      expect(results.at(-1)!.loss).not.toSatisfy(Number.isFinite);
      expect((await engine.measure(examples)).loss).not.toSatisfy(Number.isFinite);
    });
  });

  test.each(['W', 'b'] as const)('a NaN in %s: it reaches the loss through every ReLU', async (which) => {
    const layers = network.layers.map((layer, l) => {
      const copy = { ...layer[which], data: layer[which].data.slice() };
      if (l === 0) copy.data.fill(Number.NaN);
      return { ...layer, [which]: copy };
    });
    await withEngine({ ...network, layers }, { threads: 0 }, async (engine) => {
      const { loss } = await engine.measure(await engine.load(dataset));
      expect(loss).toBeNaN();
    });
  });

  test('parameters: 32-bit values come back exactly, and setNetwork resets the pending update', async () => {
    await withEngine(network, { threads: 1 }, async (engine) => {
      expect(parametersOf(engine.network())).toEqual(parametersOf(network));
      const examples = await engine.load(dataset);
      await engine.descend(examples, { alpha: 1, batches: [{ from: 0, to: 50 }] });
      const other = createNetwork({ layers: [30, 8, 4], seed: 6 });
      engine.setNetwork(other);
      await engine.update(1);
      expect(parametersOf(engine.network())).toEqual(parametersOf(other));
    });
  });

  test('an update: it happens once', async () => {
    await withEngine(network, { threads: 0 }, async (engine) => {
      const examples = await engine.load(dataset);
      await engine.descend(examples, { alpha: 1, batches: [{ from: 0, to: 50 }] });
      await engine.update(1);
      const once = parametersOf(engine.network());
      expect(once).not.toEqual(parametersOf(network));
      await engine.update(1);
      expect(parametersOf(engine.network())).toEqual(once);
    });
  });

  test('data that does not fit the network: an error, not a wrong answer', async () => {
    await withEngine(network, { threads: 0 }, async (engine) => {
      await expect(engine.load(randomExamples(29, 4, 3, 'sparse', 1))).rejects.toThrow(DataError);
      await expect(engine.load(randomExamples(30, 5, 3, 'sparse', 1))).rejects.toThrow(DataError);
      const ten = await engine.load(randomExamples(30, 4, 10, 'sparse', 1));
      const five = await engine.load(randomExamples(30, 4, 5, 'sparse', 1));
      const batches = [{ from: 0, to: 5 }];
      const ask = (examples: Examples, order: Uint32Array) =>
        engine.descend(examples, { alpha: 0.1, batches, order });
      const order = Uint32Array.of(9, 8, 7, 6, 5);
      for (let again = 0; again < 2; again++) {
        expect(await ask(ten, order)).toHaveLength(1);
        expect(() => ask(five, order)).toThrow(
          'order: expected indices from 0 to 4, each at most once, found 9',
        );
        expect(() => ask(five, new Uint32Array(6))).toThrow(SettingError);
        expect(() => ask(ten, Uint32Array.of(0, 1, 2, 3, 10))).toThrow(SettingError);
        expect(() => ask(ten, Uint32Array.of(0, 1, 2, 3, 1))).toThrow(
          'order: expected indices from 0 to 9, each at most once, found 1 twice',
        );
        expect(() => ask(ten, order.slice(1))).toThrow(
          'batches: expected places within 4 examples, found [0,5]',
        );
      }
    });
  });

  test('an activation that is not the library’s own: EngineError, whatever its name', async () => {
    const [hidden, ...rest] = createNetwork({ layers: [4, 3, 2] }).layers;
    const sin = { ...relu, name: 'sin' as ActivationName, f: Math.sin, derivative: Math.cos };
    for (const g of [sin, { ...relu }]) {
      const other: Network = { layers: [{ ...hidden!, g }, ...rest], output: OUTPUTS.softmax };
      const refused = createEngine(other, { threads: 0 });
      await expect(refused).rejects.toThrow(EngineError);
      await expect(refused).rejects.toThrow(
        `layer 1: the activation "${g.name}" is not one of the library's`,
      );
    }
  });

  test('what it cannot compute: EngineError for a sigmoid output, SettingError for threads', async () => {
    const sigmoid = createNetwork({ layers: [4, 3, 2], output: 'sigmoid' });
    await expect(createEngine(sigmoid, { threads: 0 })).rejects.toThrow(EngineError);
    await expect(createEngine(sigmoid, { threads: 0 })).rejects.toThrow('sigmoid');
    await expect(createEngine(network, { threads: 1.5 })).rejects.toThrow(SettingError);
    await expect(createEngine(network, { threads: -1 })).rejects.toThrow(SettingError);
  });
});
