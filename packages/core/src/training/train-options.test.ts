import { describe, expect, test } from 'vitest';
import { toDesignMatrix } from '../data/design-matrix.js';
import { backward } from '../maths/backward.js';
import { forward } from '../maths/forward.js';
import { type Network, parameters } from '../maths/network.js';
import { update } from '../maths/update.js';
import { createRandom, permutation } from '../random.js';
import { dev, measured, network, stepsOf, training } from './stripes.test.support.js';
import { train } from './train.js';
import type { Step } from './training-run.js';

describe.each(['maths', 'wasm'] as const)('beyond plain descent, with the engine %s', (engine) => {
  const common = { engine, threads: engine === 'wasm' ? 1 : 0, batchSize: 30 } as const;
  const flat = (of: Network) => [...parameters(of)].flatMap(({ data }) => [...data]);

  test('every update has the learning rate of the schedule', async () => {
    const cosine = await stepsOf({ ...common, alpha: 0.5, epochs: 4, schedule: 'cosine', reportEvery: 5 });
    let expected = network;
    let order = new Uint32Array() as Uint32Array;
    const random = createRandom(1, 'batches');
    for (let step = 0; step < 12; step++) {
      if (step % 3 === 0) order = permutation(90, random);
      const places = order.subarray(30 * (step % 3), 30 * (step % 3) + 30);
      const { X, Y } = toDesignMatrix(training, places);
      const alpha = 0.25 * (1 + Math.cos((Math.PI * step) / 12));
      expected = update(expected, backward(expected, forward(expected, X), Y), alpha);
    }
    expect(cosine.at(-1)!.loss).toBeCloseTo(measured(expected, training).loss, 5);
  });

  test('the average is that of the parameters after each of the last updates, for dev and at the end', async () => {
    const options = { ...common, alpha: 0.5, epochs: 3, reportEvery: 1 };
    const plain = train(network, training, options);
    const reached: number[][] = [];
    for await (const _ of plain) reached.push(flat(plain.network));
    const last = reached.slice(-3);
    const mean = last[0]!.map((_, k) => last.reduce((sum, theta) => sum + theta[k]!, 0) / 3);
    const run = train(network, training, { ...options, weightAveraging: 1, dev });
    let evaluations = 0;
    for await (const step of run) {
      if (!step.dev) continue;
      expect(step.dev.loss).toBeCloseTo(measured(run.network, dev).loss, 5);
      evaluations++;
    }
    expect(evaluations).toBe(10);
    for (const [k, theta] of flat(run.network).entries()) expect(theta).toBeCloseTo(mean[k]!, 5);
    expect(run).toMatchObject({ stopReason: 'length', updates: 9 });
  });

  test('patience ends a run that has stopped getting better, and gives the best parameters back', async () => {
    // Far too fast: it gets worse again and again.
    const run = train(network, training, {
      ...{ ...common, alpha: 30, epochs: 400, dev, devEvery: 1, patience: 7 },
      monitor: 'loss',
    });
    const steps: Step[] = [];
    for await (const step of run) steps.push(step);
    const last = steps.pop()!;
    const looks = steps.filter((step) => step.dev);
    const best = Math.min(...looks.map((step) => step.dev!.loss));
    expect(run.stopReason).toBe('patience');
    expect(run.updates).toBeLessThan(1200);
    expect(last.dev!.loss).toBeCloseTo(best, 5);
    expect(last.iteration).toBe(run.updates - 7);
    expect(measured(run.network, dev).loss).toBeCloseTo(best, 5);
    expect(last.loss).toBeCloseTo(measured(run.network, training).loss, 5);
  });

  test('a run that gets better to the end goes to the end', async () => {
    const run = train(network, training, { ...common, alpha: 0.1, epochs: 3, dev, devEvery: 1, patience: 2 });
    let last: Step | undefined;
    for await (const step of run) last = step;
    expect(run.stopReason).toBe('length');
    expect(last!.iteration).toBe(9);
  });

  test('minutes end a run that would go on', async () => {
    const run = train(network, training, { ...common, alpha: 0.1, minutes: 0.002 });
    let last: Step | undefined;
    for await (const step of run) last = step;
    expect(run.stopReason).toBe('minutes');
    expect(last!.iteration).toBe(run.updates);
    expect(last!.loss).toBeCloseTo(measured(run.network, training).loss, 5);
  });

  test('the run that its caller left has not ended by itself', async () => {
    const run = train(network, training, { ...common, epochs: 3 });
    for await (const _ of run) break;
    expect(run.stopReason).toBeUndefined();
  });
});
