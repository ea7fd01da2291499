import { completeSettings, createNetwork, Dataset, type Step, train } from '@longhand/core';
import { expect, test } from 'vitest';
import { describeStep } from './follow-run.js';
import { outcomeOf } from './outcome.js';
import { paceOf } from './pace.js';
import { recordRun } from './record-run.js';
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

test('a full batch is looked at every time; mini-batches so that looking costs little', () => {
  const epochs = { batchSize: 128, epochs: 10 } as const;
  expect(paceOf({ batchSize: 'full', iterations: 500 }, 59_000, undefined)).toEqual({
    reportEvery: 1,
    devEvery: 10,
  });
  expect(paceOf(epochs, 59_000, undefined)).toEqual({ reportEvery: 4, devEvery: 46 });
  expect(paceOf(epochs, 59_000, 7).devEvery).toBe(7);
  expect(paceOf({ batchSize: 1, epochs: 10 }, 59_000, undefined).reportEvery).toBe(50);
});

test('a run that was interrupted is measured with the parameters that it saves', async () => {
  const settings = completeSettings({ batchSize: 16, iterations: 20, threads: 0, devEvery: 7 });
  const { training, dev } = dataset.split({ dev: 8, seed: 1 });
  const { dev: _, ...options } = settings;
  const run = train(createNetwork({ layers: [9, 10] }), training, { ...options, dev });
  const steps: Step[] = [];
  for await (const one of run) {
    steps.push(one);
    if (one.iteration === 5) break;
  }
  const outcome = outcomeOf(run, steps, training, dev, settings);
  expect(outcome).toMatchObject({ iterations: 5, interrupted: true });
  expect(outcome.train.examples).toBe(32);
  expect(outcome.dev?.examples).toBe(8);
});

test('the record has the settings, but not the threads, and no time', () => {
  const settings = completeSettings({ threads: 2 });
  const outcome = {
    iterations: 5,
    made: 5,
    ended: 'length' as const,
    interrupted: false,
    train: step(5),
    dev: null,
  };
  const { record } = recordRun(createNetwork({ layers: [9, 10] }), dataset, settings, outcome);
  expect(record.settings).toMatchObject({ alpha: 0.1, hidden: [10], seed: 1 });
  expect(record.settings).not.toHaveProperty('threads');
  expect(record).toMatchObject({ width: 3, height: 3, pixelScale: 1 / 255, results: { iterations: 5 } });
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
