import { expect, test } from 'vitest';
import type { GivenSettings } from '../settings/complete.js';
import { buildRun } from './build-run.js';
import { outcomeOf } from './outcome.js';
import { training as examples, measured } from './stripes.test.support.js';
import { train } from './train.js';
import type { Step } from './training-run.js';

const weights = Float32Array.from({ length: examples.length }, (_, i) => 1 + (i % 3));

test.each<[string, GivenSettings, boolean?]>([
  ['plain', {}],
  ['label smoothing', { labelSmoothing: 0.3 }],
  ['dropout', { dropout: 0.5, hidden: [8] }],
  ['input dropout', { inputDropout: 0.5 }],
  ['class weights', { classWeight: [1, 5, 9] }],
  ['weights of examples', {}, true],
  ['weight averaging', { weightAveraging: 2 }],
  ['augmentation', { shift: 1, shear: 1 }],
  ['mini-batches', { batchSize: 10 }],
])(
  'the train loss of a run that was interrupted is that of its network on all examples: %s',
  async (_, given, isWeighted) => {
    const dataset = isWeighted ? examples.withWeights(weights) : examples;
    const settings = { iterations: 40, dev: 0, threads: 0, ...given };
    const built = buildRun({ settings, dataset });
    const run = train(built.network, built.training, built.options);
    const steps: Step[] = [];
    for await (const step of run) if (steps.push(step) === 6) break;
    const { train: found, interrupted } = outcomeOf(run, steps, built);
    const { loss, accuracy } = measured(run.network, examples);
    expect(interrupted).toBe(true);
    expect(found.loss).toBeCloseTo(loss, 3);
    expect(found.accuracy).toBeCloseTo(accuracy, 8);
    expect(found.examples).toBe(examples.length);
  },
);
