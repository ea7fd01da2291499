import { describe, expect, test } from 'vitest';
import { toDesignMatrix } from '../data/design-matrix.js';
import { DivergenceError, SettingError } from '../errors.js';
import { backward } from '../maths/backward.js';
import { forward, meanLoss } from '../maths/forward.js';
import { createNetwork, parameters } from '../maths/network.js';
import { update } from '../maths/update.js';
import { diagnose } from './diagnose.js';
import { dev, measured, network, stepsOf, training } from './stripes.test.support.js';
import { type TrainOptions, train } from './train.js';
import type { Step } from './training-run.js';

describe.each(['maths', 'wasm'] as const)('train with the engine %s', (engine) => {
  const threads = engine === 'wasm' ? 1 : 0;
  const common = { engine, threads } as const;

  test('full batch: the steps are forward, backward and update, once an iteration', async () => {
    const run = train(network, training, { ...common, alpha: 0.5, iterations: 6 });
    let expected = network;
    let steps = 0;
    const { X, Y } = toDesignMatrix(
      training,
      Array.from({ length: training.length }, (_, i) => i),
    );
    for await (const step of run) {
      const computed = forward(expected, X);
      expect(step.loss).toBeCloseTo(meanLoss(expected, computed, Y), 5);
      expected = update(expected, backward(expected, computed, Y), 0.5);
      steps++;
    }
    expect(steps).toBe(7);
  });

  test('loss and accuracy of every step are those of the parameters the run has at that moment', async () => {
    const run = train(network, training, { ...common, alpha: 0.5, iterations: 5 });
    let steps = 0;
    for await (const step of run) {
      const { loss, accuracy } = measured(run.network, training);
      expect(step.loss).toBeCloseTo(loss, 5);
      expect(step.accuracy).toBe(accuracy);
      steps++;
    }
    expect(steps).toBe(6);
  });

  test('the first step is the start, the last the trained network, and it has learnt', async () => {
    const steps = await stepsOf({ ...common, alpha: 0.5, iterations: 60 });
    expect(steps.map(({ iteration }) => iteration)).toEqual(Array.from({ length: 61 }, (_, i) => i));
    expect(steps[0]!.loss).toBeCloseTo(measured(network, training).loss, 5);
    expect(steps.at(-1)!.accuracy).toBeGreaterThan(0.95);
    expect(steps[0]!.accuracy).toBeLessThan(0.9);
  });

  test('the network handed in is not changed', async () => {
    const before = [...parameters(network)].map(({ data }) => data.slice());
    await stepsOf({ ...common, iterations: 3 });
    expect([...parameters(network)].map(({ data }) => data)).toEqual(before);
  });

  test('the dev set is watched at its interval and at the end', async () => {
    const steps = await stepsOf({ ...common, iterations: 7, dev, devEvery: 3 });
    expect(steps.filter((step) => step.dev).map(({ iteration }) => iteration)).toEqual([0, 3, 6, 7]);
    expect(steps[0]!.dev!.loss).toBeCloseTo(measured(network, dev).loss, 5);
    expect(steps[0]!.dev!.examples).toBe(30);
  });

  test('dev is evaluated every 10 iterations, or ten times an epoch of mini-batches, unless told otherwise', async () => {
    const evaluated = async (options: TrainOptions) =>
      (await stepsOf({ ...common, dev, reportEvery: 1000, ...options })).map(({ iteration }) => iteration);
    expect(await evaluated({ iterations: 25 })).toEqual([0, 10, 20, 25]);
    expect(await evaluated({ batchSize: 3, epochs: 1 })).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30]);
    expect(await evaluated({ batchSize: 32, epochs: 1 })).toEqual([0, 1, 2, 3]);
    expect(await evaluated({ batchSize: 32, epochs: 2, devEvery: 4 })).toEqual([0, 4, 6]);
  });

  test('mini-batches: an epoch sees every example once, in another order than the next', async () => {
    const run = train(network, training, { ...common, alpha: 0.2, batchSize: 32, epochs: 2, seed: 3 });
    const steps: Step[] = [];
    for await (const step of run) steps.push(step);
    expect(steps.map(({ examples }) => examples)).toEqual([32, 32, 26, 32, 32, 26, 90]);
    expect(steps.at(-1)!.epoch).toBe(2);
    expect(steps.at(-1)!.loss).toBeCloseTo(measured(run.network, training).loss, 5);
  });

  test('what is reported does not change what is learnt', async () => {
    const options = { ...common, batchSize: 32, epochs: 3, alpha: 0.3 };
    const every = await stepsOf({ ...options, reportEvery: 1 });
    const seldom = await stepsOf({ ...options, reportEvery: 4, dev, devEvery: 5 });
    expect(seldom.map(({ iteration }) => iteration)).toEqual([0, 4, 5, 8, 9]);
    for (const step of seldom) expect(step.loss).toBe(every[step.iteration]!.loss);
  });

  test('an abort signal ends the run after the iteration, with the network of that iteration', async () => {
    const controller = new AbortController();
    const run = train(network, training, { ...common, iterations: 1000, signal: controller.signal });
    let last: Step | undefined;
    for await (const step of run) {
      last = step;
      if (step.iteration === 4) controller.abort();
    }
    expect(last!.iteration).toBe(4);
    expect(last!.loss).toBeCloseTo(measured(run.network, training).loss, 5);
  });

  test('break leaves the network as it is', async () => {
    const run = train(network, training, { ...common, iterations: 1000 });
    for await (const step of run) if (step.iteration === 2) break;
    const { loss } = (await stepsOf({ ...common, iterations: 2 })).at(-1)!;
    expect(measured(run.network, training).loss).toBeCloseTo(loss, 5);
  });

  test('what is likely to blame: α, unless L-BFGS goes its own way, or nothing was learnt yet', () => {
    const network = createNetwork({ layers: [16, 5, 3], seed: 1 });
    network.layers[0]!.W.data[7] = Number.NaN;
    const causeOf = (optimizer: 'sgd' | 'lbfgs', iteration: number) =>
      diagnose(network, training, { iteration, alpha: 0.5, optimizer, pixelScale: 1 / 255 }).message;
    expect(causeOf('sgd', 3)).toContain('likely α = 0.5 is too large: try 0.05');
    expect(causeOf('lbfgs', 3)).toContain('likely a step too far by lbfgs: try another optimizer');
    expect(causeOf('lbfgs', 0)).toContain('likely the parameters it started from');
  });

  test('a value that is not finite ends the run with iteration, symbol and cause', async () => {
    const wild = createNetwork({ layers: [16, 5, 3], activation: 'identity', seed: 1 });
    const error = await stepsOf({ ...common, alpha: 1e6, iterations: 500 }, training, wild).catch(
      (caught) => caught,
    );
    expect(error).toBeInstanceOf(DivergenceError);
    expect(error.iteration).toBeGreaterThan(0);
    expect(error.symbol).toMatch(/^(d?[WbZA][¹²]|J)$/);
    expect(error.message).toMatch(
      /^iteration \d+: .+ is not finite; likely α = 1000000 is too large: try 100000$/,
    );
  });
});

test('a run can be iterated over only once', async () => {
  const run = train(network, training, { engine: 'maths', iterations: 1 });
  for await (const _ of run);
  await expect(run[Symbol.asyncIterator]().next()).rejects.toThrow('only once');
});

test.each([
  [{ alpha: -1 }, 'alpha: expected a number greater than 0'],
  [{ batchSize: 91 }, 'batchSize: expected at most the number of training examples, 90, found 91'],
  [{ reportEvery: 0 }, 'reportEvery'],
  [{ iterations: 1, epochs: 1 }, 'epochs 1: excludes iterations 1'],
])('%j is refused before any work', (options, message) => {
  expect(() => train(network, training, options)).toThrow(SettingError);
  expect(() => train(network, training, options)).toThrow(message);
});

test('pictures that do not fit the network are refused with both sizes', () => {
  expect(() => train(createNetwork({ layers: [784, 3] }), training)).toThrow(
    'training: pictures of 4 × 4 have 16 pixels, the network takes 784',
  );
  expect(() => train(createNetwork({ layers: [16, 10] }), training)).toThrow(
    'training: 3 classes, but the network has 10 outputs',
  );
});
