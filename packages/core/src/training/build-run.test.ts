import { describe, expect, test } from 'vitest';
import { Dataset } from '../data/dataset.js';
import { PIXEL_SCALE } from '../data/pixel-scale.js';
import { SettingError } from '../errors.js';
import { createNetwork, layerSizes } from '../maths/network.js';
import { buildRun, devExamples } from './build-run.js';

/** Pictures of 3 × 2 in 3 classes. */
function pictures(length: number, first = 0): Dataset {
  return new Dataset({
    pixels: Uint8Array.from({ length: length * 6 }, (_, i) => (first + i * 31) % 256),
    labels: Uint8Array.from({ length }, (_, i) => i % 3),
    width: 3,
    height: 2,
    classNames: ['a', 'b', 'c'],
  });
}

const examplesOf = (dataset: Dataset) =>
  Array.from({ length: dataset.length }, (_, i) => [...dataset.pixels(i), dataset.label(i)].join());

describe('a run of settings and data', () => {
  test('has a network for the data, the rest of the examples, and the dev that the seed holds out', () => {
    const dataset = pictures(200);
    const { network, training, dev, settings, options } = buildRun({
      settings: { hidden: [5, 4], seed: 3, dev: 30, activation: 'tanh' },
      dataset,
    });
    expect(layerSizes(network)).toEqual([6, 5, 4, 3]);
    expect(network).toEqual(createNetwork({ layers: [6, 5, 4, 3], activation: 'tanh', seed: 3 }));
    const split = dataset.split({ dev: 30, seed: 3 });
    expect(examplesOf(training)).toEqual(examplesOf(split.training));
    expect(examplesOf(dev!)).toEqual(examplesOf(split.dev));
    expect(options.dev).toBe(dev);
    expect(settings).toMatchObject({ dev: 30, devEvery: 10, iterations: 500 });
  });

  test.each([
    [{}, 60_000, 1000],
    [{}, 9_999, 999],
    [{}, 150, 15],
    [{}, 9, 0],
    [{ dev: 40 }, 150, 40],
    [{ dev: 0 }, 60_000, 0],
  ])('with %j, of %d examples are held out: %d', (given, examples, held) => {
    expect(devExamples(given, examples)).toBe(held);
  });

  test('without dev examples there is no dev, and no early stopping', () => {
    const { dev, options, settings } = buildRun({ dataset: pictures(9) });
    expect(dev).toBeUndefined();
    expect(options).not.toHaveProperty('dev');
    expect(settings.dev).toBe(0);
    const stopping = () => buildRun({ dataset: pictures(9), settings: { patience: 2 } });
    expect(stopping).toThrow(SettingError);
    expect(stopping).toThrow('patience 2: needs dev examples: dev greater than 0');
  });

  test.each([
    [{}, 10, 500, 180],
    [{ batchSize: 3, epochs: 2 }, 6, 120, 3],
    [{ batchSize: 100, epochs: 3 }, 1, 6, 100],
    [{ batchSize: 3, devEvery: 4, iterations: 7 }, 4, 7, 3],
  ])('with %j, dev is evaluated every %d of %d iterations of %d examples', (given, every, all, size) => {
    const built = buildRun({ dataset: pictures(200), settings: { ...given, dev: 20 } });
    expect(built).toMatchObject({ iterations: all, batchSize: size });
    expect(built.settings.devEvery).toBe(every);
    expect(built.options.devEvery).toBe(every);
  });

  test('goes on from a network, and takes in more examples, of which none is held out', () => {
    const from = createNetwork({ layers: [6, 4, 3], seed: 8 });
    const extra = pictures(5, 7);
    const { network, training, dev } = buildRun({ dataset: pictures(100), from, extra });
    expect(network).toBe(from);
    expect(training.length).toBe(95);
    expect(dev?.length).toBe(10);
    expect(examplesOf(training.slice(90, 95))).toEqual(examplesOf(extra));
  });

  test('takes a preset, which the settings override', () => {
    const settings = { hidden: [7], elastic: 0, epochs: 1 };
    const built = buildRun({ dataset: pictures(300), preset: 'quick', settings });
    expect(built.settings).toMatchObject({ hidden: [7], epochs: 1, activation: 'gelu', batchSize: 128 });
  });

  test('records what repeats it: every setting as it counted, without the threads', () => {
    const dataset = pictures(100);
    const built = buildRun({ dataset, settings: { threads: 2, pixels: 'raw', batchSize: 9, lr: 0.3 } });
    const record = built.record({ iterations: 5, dev: undefined });
    expect(record).toMatchObject({ width: 3, height: 2, classNames: ['a', 'b', 'c'], pixelScale: 1 });
    expect(record.settings).toMatchObject({ alpha: 0.3, dev: 10, devEvery: 1, batchSize: 9, epochs: 10 });
    expect(record.settings).not.toHaveProperty('threads');
    expect(record.results).toEqual({ iterations: 5 });
    expect(buildRun({ dataset }).record({}).pixelScale).toBe(PIXEL_SCALE);
    const again = buildRun({ dataset, settings: record.settings });
    expect(again.settings).toEqual({ ...built.settings, threads: 'cores' });
  });

  test('is refused when the data cannot make it', () => {
    const dataset = pictures(100);
    expect(() => buildRun({ dataset, settings: { dev: 100 } })).toThrow(
      'dev: expected fewer than the 100 examples, so that some are left to train on, found 100',
    );
    expect(() => buildRun({ dataset, settings: { batchSize: 91 } })).toThrow(
      'batchSize: expected at most the number of training examples, 90, found 91',
    );
  });
});
