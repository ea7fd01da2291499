import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DataError, ModelError } from '../../errors.js';
import { createNetwork } from '../../maths/network.js';
import {
  caseOf,
  largestDifference,
  numberOfCases,
  PROPERTY_SEED,
  randomExamples,
  realDigits,
  shapes,
  truthOf,
} from '../cases.test.support.js';
import { createEngine } from './create-engine.js';
import { createPredictor } from './predictor.js';

describe('a predictor', () => {
  test("of the maths answers as the maths does, with the labels' losses", () => {
    const property = fc.property(shapes, (shape) => {
      const { network, dataset } = caseOf(shape);
      const { A } = truthOf(network, dataset);
      const maths = createPredictor(network, { engine: 'maths' });
      const all = maths.predictAll(dataset);
      for (let j = 0; j < dataset.length; j++) {
        const expected = Float32Array.from({ length: A.rows }, (_, i) => A.data[i * A.cols + j]!);
        expect(all.probabilities.slice(A.rows * j, A.rows * (j + 1))).toEqual(expected);
        if (j < 3) expect(largestDifference(maths.predict(dataset.pixels(j)), expected)).toBeLessThan(1e-7);
      }
      const wasm = createPredictor(network).predictAll(dataset);
      expect(largestDifference(all.losses, wasm.losses)).toBeLessThan(1e-4);
    });
    fc.assert(property, { seed: PROPERTY_SEED, numRuns: numberOfCases(30) });
  });

  test.each(['wasm', 'maths'] as const)('of the engine %s refuses what does not fit', (engine) => {
    const predictor = createPredictor(createNetwork({ layers: [16, 3] }), { engine });
    expect(() => predictor.predict(new Uint8Array(15))).toThrow(DataError);
    expect(() => predictor.predictAll(randomExamples(16, 4, 2, 'full', 1))).toThrow(DataError);
  });

  // In 64 bits the parameters must be larger to overflow: no model file can hold them.
  test.each([
    ['wasm', 3e38],
    ['maths', 1.7e308],
  ] as const)('of the engine %s says when its answers overflow', (engine, huge) => {
    const network = createNetwork({ layers: [16, 3] });
    network.layers[0]!.W.data.fill(huge);
    const predictor = createPredictor(network, { engine });
    const dataset = randomExamples(16, 3, 2, 'full', 1);
    expect(() => predictor.predict(new Uint8Array(16).fill(255))).toThrow(ModelError);
    expect(() => predictor.predictAll(dataset)).toThrow(/answer for example 0 is not finite/);
    expect(() => predictor.predict(new Uint8Array(16))).not.toThrow();
  });

  test('answers one picture as the maths does, on random shapes', () => {
    const property = fc.property(shapes, (shape) => {
      const { network, dataset } = caseOf(shape);
      const { A } = truthOf(network, dataset);
      const predictor = createPredictor(network);
      for (let j = 0; j < Math.min(5, dataset.length); j++) {
        const expected = Array.from({ length: A.rows }, (_, i) => A.data[i * A.cols + j]!);
        const found = predictor.predict(dataset.pixels(j));
        expect(largestDifference(found, expected)).toBeLessThan(2e-5);
      }
    });
    fc.assert(property, { seed: PROPERTY_SEED, numRuns: numberOfCases(60) });
  });

  test('gives one by one the bits it gives for all, and the engine gives', async () => {
    const digits = realDigits(700);
    const network = createNetwork({ layers: [784, 10, 10], seed: 4 });
    const predictor = createPredictor(network);
    const before = predictor.predict(digits.pixels(0));
    const all = predictor.predictAll(digits);
    expect(all.probabilities.subarray(0, 10)).toEqual(before);
    for (const j of [0, 1, 350, 699]) {
      expect(predictor.predict(digits.pixels(j)), `digit ${j}`).toEqual(
        all.probabilities.slice(10 * j, 10 * j + 10),
      );
    }
    const engine = await createEngine(network, { threads: 2 });
    expect(await engine.predict(await engine.load(digits))).toEqual(all);
    await engine.dispose();
    expect(predictor.predictAll(digits), 'a second time').toEqual(all);
  });

  test('names the lowest of equal classes', () => {
    const network = createNetwork({ layers: [6, 4], seed: 1 });
    for (const { W, b } of network.layers) {
      W.data.fill(0);
      b.data.set([0, 1, 1, 1]);
    }
    const { classes } = createPredictor(network).predictAll(randomExamples(6, 4, 9, 'full', 1));
    expect([...classes]).toEqual(new Array(9).fill(1));
  });

  test('keeps a loss finite where the probability of the label is 0', () => {
    const network = createNetwork({ layers: [6, 4], seed: 1 });
    network.layers[0]!.W.data.fill(0);
    network.layers[0]!.b.data.set([300, 0, 0, 0]);
    const dataset = randomExamples(6, 4, 40, 'sparse', 2);
    const { losses, probabilities } = createPredictor(network).predictAll(dataset);
    for (const [j, loss] of losses.entries()) {
      expect(loss).toBe(dataset.label(j) === 0 ? 0 : 300);
      expect([...probabilities.subarray(4 * j, 4 * j + 4)]).toEqual([1, 0, 0, 0]);
    }
  });

  test('refuses pictures of another size and other classes', () => {
    const predictor = createPredictor(createNetwork({ layers: [16, 3] }));
    expect(() => predictor.predict(new Uint8Array(15))).toThrow(DataError);
    expect(() => predictor.predictAll(randomExamples(15, 3, 2, 'full', 1))).toThrow(DataError);
    expect(() => predictor.predictAll(randomExamples(16, 4, 2, 'full', 1))).toThrow(DataError);
  });

  test('answers nothing for no pictures', () => {
    const predictor = createPredictor(createNetwork({ layers: [16, 3] }));
    const { probabilities, classes } = predictor.predictAll(randomExamples(16, 3, 0, 'full', 1));
    expect(probabilities).toHaveLength(0);
    expect(classes).toHaveLength(0);
  });
});
