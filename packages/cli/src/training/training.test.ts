import { buildRun, Dataset, type Step, train } from '@longhand/core';
import { outcomeOf } from '@longhand/core/training';
import { expect, test } from 'vitest';
import { describeStep } from './follow-run.js';
import { reportInterval } from './report-interval.js';
import { drawRunCurves } from './run-curves.js';

const step = (iteration: number, more: Partial<Step> = {}): Step => ({
  iteration,
  iterations: 500,
  epoch: iteration,
  examples: 59_000,
  loss: 0.8123,
  accuracy: 0.763,
  ...more,
});

const dataset = new Dataset({
  pixels: Uint8Array.from({ length: 40 * 9 }, (_, i) => (i * 31) % 256),
  labels: Uint8Array.from({ length: 40 }, (_, i) => i % 10),
  width: 3,
  height: 3,
});

test('a step in words: iteration, loss, accuracy, both rates, time left', () => {
  expect(describeStep(step(120), 0.5, 59_000)).toBe(
    'iteration 120/500  loss 0.8123  accuracy 76.3%  240/s  14.2 M ex/s  1.6 s left',
  );
  expect(describeStep(step(0), 0, 59_000)).toBe('iteration 0/500  loss 0.8123  accuracy 76.3%');
  expect(describeStep(step(500), 2, 59_000)).not.toContain('left');
});

test('full batches are reported every time; mini-batches so that reporting costs little', () => {
  const training = { length: 59_000 } as Dataset;
  expect(reportInterval({ training, batchSize: 59_000, iterations: 500 })).toBe(1);
  expect(reportInterval({ training, batchSize: 128, iterations: 4610 })).toBe(4);
  expect(reportInterval({ training, batchSize: 1, iterations: 590_000 })).toBe(50);
});

test('a run that was interrupted is measured with the parameters that it saves', async () => {
  const settings = { batchSize: 16, iterations: 20, threads: 0, devEvery: 7, dev: 8 };
  const built = buildRun({ settings, dataset });
  const run = train(built.network, built.training, built.options);
  const steps: Step[] = [];
  for await (const one of run) {
    steps.push(one);
    if (one.iteration === 5) break;
  }
  const outcome = outcomeOf(run, steps, built);
  expect(outcome).toMatchObject({ iterations: 5, interrupted: true });
  expect(outcome.train.examples).toBe(32);
  expect(outcome.dev?.examples).toBe(8);
});

test('curves: next to each other where there is room, else one over the other, never wider than the terminal', () => {
  const steps = Array.from({ length: 50 }, (_, i) => step(i, { loss: 5 / (i + 1), accuracy: i / 50 }));
  const heights = [80, 120].map((width) => {
    const lines = drawRunCurves(steps, { interactive: true, width, colors: 'none', unicode: true });
    for (const line of lines) expect([...line].length).toBeLessThan(width);
    return lines.length;
  });
  expect(heights[0]).toBe(2 * heights[1]! + 1);
});
