import { describe, expect, test } from 'vitest';
import { DataError, SettingError } from '../errors.js';
import { createRandom } from '../random.js';
import { fit } from './fit.js';
import type { FitOptions } from './fit-options.js';
import type { Input } from './input.js';

// What a busy person types in JavaScript: each gets one line that says what, where and what to do.

const random = createRandom(5, 'tests');
const rows = Array.from({ length: 60 }, (_, i) => [(i % 3) + random.uniform(), 100 * random.uniform()]);
const labels = rows.map((_, i) => ['low', 'middle', 'high'][i % 3]!);
const few = { hidden: [4], epochs: 2, seed: 1 } as const;
const model = fit(rows, labels, { ...few, initialization: 'glorot' });

describe('an option that is of another kind', () => {
  test.each<[string, () => object | Promise<object>, string]>([
    ['no options', () => null as never, 'options: expected an object such as { epochs: 50 }, found nothing'],
    ['a number', () => 5 as never, 'options: expected an object'],
    [
      'the bytes of a model',
      async () => ({ from: (await model).save() }),
      'from: expected a model, as await',
    ],
    ['a promise of a model', () => ({ from: model }), 'found a Promise'],
    ['a controller', () => ({ signal: new AbortController() }), 'signal: expected an AbortSignal'],
    ['a word to call', () => ({ onStep: 'log' }), 'onStep: expected a function, found a String'],
    ['a share as a word', () => ({ dev: '0.2' }), 'dev: expected a number or a share, found "0.2"'],
    [
      'an empty test',
      () => ({ test: {} }),
      'test: expected a dataset, or { rows, labels }, found a plain object',
    ],
    ['weights of 0', () => ({ sampleWeights: labels.map(() => 0) }), 'sampleWeights: expected at least one'],
    [
      'weights as words',
      () => ({ sampleWeights: labels.map(() => '1') }),
      'sampleWeights: expected a number for row 0',
    ],
    ['a seed of another kind', () => ({ seed: 7n }), 'found 7'],
    ['a rate that is no number', () => ({ alpha: Number.NaN }), 'found NaN'],
  ])('%s', async (_, given, message) => {
    const options = (await given()) as FitOptions;
    const run = fit(
      rows,
      labels,
      options === null || typeof options !== 'object' ? options : { ...few, ...options },
    );
    await expect(run).rejects.toThrow(SettingError);
    await expect(run).rejects.toThrow(message);
  });
});

describe('data of another kind', () => {
  test.each<[string, unknown, unknown, string]>([
    ['no labels', rows, undefined, 'labels: expected an array with one for each row, found nothing'],
    [
      'rows that are objects',
      rows.map(([x, y]) => ({ x, y })),
      labels,
      'row 0: expected an array of numbers, found a plain object',
    ],
    ['BigInts', rows.map(() => [1n, 2n]), labels, 'expected a finite number, found 1'],
    [
      'labels that are BigInts',
      rows,
      rows.map((_, i) => BigInt(i % 2)),
      'labels: row 0: expected a word or an integer, found 0',
    ],
  ])('%s', async (_, data, answers, message) => {
    const run = fit(data as number[][], answers as string[], few);
    await expect(run).rejects.toThrow(DataError);
    await expect(run).rejects.toThrow(message);
  });

  test('a negative number of columns', () =>
    expect(fit([1, 2, 3, 4], ['a', 'b'], { ...few, columns: -2 })).rejects.toThrow(
      'columns: expected how many numbers a row has, found -2',
    ));

  test('fewer labels than rows to evaluate', async () => {
    const trained = await model;
    expect(() => trained.evaluate(rows, labels.slice(3))).toThrow('60 rows, but 57 labels');
  });

  test('an ImageData with bytes missing', async () => {
    const pictures = Array.from({ length: 20 }, (_, i) => new Uint8Array(4).fill(12 * i));
    const options = { ...few, width: 2, height: 2 };
    const reader = await fit(
      pictures,
      pictures.map((_, i) => i % 2),
      options,
    );
    const image = { width: 2, height: 2, data: new Uint8ClampedArray(10) };
    expect(() => reader.predict(image as Input)).toThrow('a picture of 2 × 2 needs 16 bytes, found 10');
  });
});

test('a test set that does not fit is refused before training, and is read before it', async () => {
  let steps = 0;
  const onStep = () => void steps++;
  const wrong = { rows, labels: labels.map(() => 'huge') };
  await expect(fit(rows, labels, { ...few, onStep, test: wrong })).rejects.toThrow(
    'expected a class that the model knows',
  );
  expect(steps).toBe(0);
  const own = rows.map((row) => [...row]);
  const measured = async (change: boolean) => {
    const spoil = () => {
      if (change) for (const row of own) row.fill(0);
    };
    const trained = await fit(rows, labels, { ...few, onStep: spoil, test: { rows: own, labels } });
    return (trained.record.results.test as { loss: number }).loss;
  };
  const loss = await measured(false);
  expect(await measured(true)).toBe(loss);
});

test('training goes on with fewer rows than the model’s batches, and keeps its record', async () => {
  const trained = await fit(rows.slice(0, 8), labels.slice(0, 8), {
    ...few,
    from: await model,
    epochs: 1,
    dev: 0,
  });
  expect(trained.record.settings).toMatchObject({ batchSize: 8, initialization: 'glorot' });
});
