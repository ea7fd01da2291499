import { describe, expect, test } from 'vitest';
import { Dataset } from '../data/dataset.js';
import { DataError, SettingError } from '../errors.js';
import { parametersSha256 } from '../formats/fingerprint.js';
import { createNetwork } from '../maths/network.js';
import { createRandom } from '../random.js';
import { fit } from './fit.js';
import { loadModel } from './load-model.js';
import type { Model } from './model.js';

/** Two columns in very different units; the class depends on both. */
const random = createRandom(5, 'rows');
const rows = Array.from({ length: 200 }, () => [1000 + 500 * random.uniform(), -0.01 * random.uniform()]);
const labels = rows.map(([a, b]) => (a! - 1250 > (b! + 0.005) * 50_000 ? 'right' : 'left'));
const options = { hidden: [8], epochs: 60, dev: 0.2, threads: 0 } as const;

const hashOf = (model: Model) => parametersSha256(model.network);

describe('fit', () => {
  test('learns rows in any unit, and answers new rows in words', async () => {
    const model = await fit(rows, labels, options);
    expect(model.evaluate(rows, labels).accuracy).toBeGreaterThan(0.95);
    const { label, probability, probabilities, doubt } = model.predict([1450, -0.009]);
    expect(label).toBe('right');
    expect(probability).toBeGreaterThan(0.9);
    expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1);
    expect(doubt).toBeUndefined();
    expect(model.predictAll(rows).map((one) => one.label)).toEqual(
      rows.map((row) => model.predict(row).label),
    );
  });

  test('learns the scale of a column from the rows that are trained on alone', async () => {
    const held = await fit(rows, labels, { ...options, epochs: 1 });
    const dataset = new Dataset({
      pixels: Uint8Array.from({ length: 200 }, (_, i) => i),
      labels: new Uint8Array(200),
      width: 1,
      height: 1,
    });
    const { training } = dataset.split({ dev: 40, seed: 1 });
    const trained = Array.from({ length: training.length }, (_, i) => rows[training.pixels(i)[0]!]![0]!);
    expect(held.record.features![0]).toMatchObject({ min: Math.min(...trained), max: Math.max(...trained) });
  });

  test.each<[string, () => Parameters<typeof fit>]>([
    ['typed rows', () => [rows.map((row) => Float64Array.from(row)), labels, options] as never],
    ['a flat array', () => [Float64Array.from(rows.flat()), labels, { ...options, columns: 2 }] as never],
    ['a flat list', () => [rows.flat(), labels, { ...options, columns: ['a', 'b'] }] as never],
    ['threads', () => [rows, labels, { ...options, threads: 2 }] as never],
  ])('gives the same bits for %s', async (_, call) => {
    expect(await hashOf(await fit(...call()))).toBe(await hashOf(await fit(rows, labels, options)));
  });

  test.each([
    ['integers, in ascending order', [10, 9, -1], [-1, 9, 10]],
    ['words, in the order of their characters', ['b', 'a', 'C'], ['C', 'a', 'b']],
    ['words that look like integers', ['10', '9', '-1'], ['-1', '9', '10']],
    ['typed integers', Int8Array.of(4, 2, 3), [2, 3, 4]],
  ])('takes labels that are %s', async (_, three, classes) => {
    const some = rows.slice(0, 30);
    const model = await fit(
      some,
      some.map((_row, i) => three[i % 3]!),
      { epochs: 1 },
    );
    expect(model.classes).toEqual(classes);
    expect((await loadModel(model.save())).classes).toEqual(classes);
    expect(classes).toContain(model.predict(some[0]!).label);
  });

  test('counts classes by their names, and rows by their own weights', async () => {
    const few = { ...options, epochs: 5 };
    const named = await fit(rows, labels, { ...few, classWeight: { right: 3 } });
    expect(named.record.settings.classWeight).toEqual([1, 3]);
    const listed = await fit(rows, labels, { ...few, classWeight: [1, 3] });
    expect(await hashOf(listed)).toBe(await hashOf(named));
    const sampleWeights = labels.map((label) => (label === 'right' ? 3 : 1));
    expect(await hashOf(await fit(rows, labels, { ...few, sampleWeights }))).toBe(await hashOf(named));
    expect(await hashOf(await fit(rows, labels, few))).not.toBe(await hashOf(named));
    // Trained further, a model keeps its class weights.
    const further = await fit(rows, labels, { from: named, epochs: 1 });
    expect(further.record.settings.classWeight).toEqual([1, 3]);
  });

  test('with balanced weights, finds a class that is rare', async () => {
    const rare = rows.filter((_, i) => labels[i] === 'left' || i % 12 === 0);
    const names = rare.map(([a, b]) => (a! - 1250 > (b! + 0.005) * 50_000 ? 'right' : 'left'));
    const short = { hidden: [4], epochs: 8, dev: 0, threads: 0 } as const;
    const recallOf = async (classWeight: 'none' | 'balanced') => {
      const model = await fit(rare, names, { ...short, classWeight });
      return model.evaluate(rows, labels).balancedAccuracy;
    };
    const [plain, balanced] = [await recallOf('none'), await recallOf('balanced')];
    expect(balanced).toBeGreaterThan(0.85);
    expect(balanced).toBeGreaterThan(plain + 0.1);
  });

  test('trains pictures, whose bytes it takes as they are', async () => {
    const pictures = Array.from({ length: 40 }, (_, i) =>
      Uint8Array.from({ length: 16 }, (__, k) => (k < 8 === (i % 2 === 0) ? 255 : i)),
    );
    const parity = pictures.map((__, i) => i % 2);
    const model = await fit(pictures, parity, { width: 4, height: 4, epochs: 20 });
    expect(model.record).toMatchObject({ width: 4, height: 4 });
    expect(model.record.features).toBeUndefined();
    expect(model.evaluate(pictures, parity).accuracy).toBe(1);
  });

  test('calls onStep with every step of the history; false stops, and the model so far remains', async () => {
    const seen: number[] = [];
    const model = await fit(rows, labels, {
      ...options,
      onStep: ({ iteration }) => {
        seen.push(iteration);
        return seen.length < 3;
      },
    });
    expect(seen).toEqual([0, 10, 20]);
    expect(model.history.map(({ iteration }) => iteration)).toEqual(seen);
    expect(model.record.results).toMatchObject({ updates: 20, interrupted: true });
    expect(model.history[0]!.dev!.examples).toBe(40);
  });

  test('rejects with the reason of the signal, before and during training', async () => {
    const controller = new AbortController();
    const onStep = () => controller.abort();
    await expect(fit(rows, labels, { ...options, onStep, signal: controller.signal })).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    );
    await expect(fit(rows, labels, { ...options, signal: controller.signal })).rejects.toBe(
      controller.signal.reason,
    );
  });

  test('measures a test set once', async () => {
    const model = await fit(rows, labels, { ...options, test: { rows, labels } });
    expect(model.record.results.test).toMatchObject({
      examples: 200,
      accuracy: model.evaluate(rows, labels).accuracy,
    });
  });

  test('without options of its own, a preset trains as buildRun does', async () => {
    const { network } = await fit(rows, labels, { preset: 'board', iterations: 1, dev: 0 });
    expect(network.layers[0]!.W.rows).toBe(createNetwork({ layers: [2, 10, 2] }).layers[0]!.W.rows);
  });
});

describe('fit from a model', () => {
  test.each(['adam', 'nesterov', 'sgd'] as const)(
    'goes on where %s ended, to the same bits as in one run, through a file too',
    async (optimizer) => {
      const whole = await fit(rows, labels, { ...options, optimizer, epochs: 12 });
      const half = await fit(rows, labels, { ...options, optimizer, epochs: 7 });
      const loaded = await loadModel(half.save());
      const more = await fit(rows, labels, { from: loaded, epochs: 5 });
      expect(await hashOf(more)).toBe(await hashOf(whole));
      const again = await fit(rows, labels, { from: half, epochs: 5 });
      expect(again.save()).toEqual(more.save());
    },
  );

  test('begins with a fresh optimizer if the file has none, or another is asked for', async () => {
    const half = await fit(rows, labels, { ...options, epochs: 7 });
    const bare = await loadModel(half.save({ training: false }));
    expect(bare.training).toBeUndefined();
    expect(half.save({ training: false }).length).toBeLessThan(half.save().length);
    const fresh = await fit(rows, labels, { from: bare, epochs: 5 });
    expect(fresh.record.results).toMatchObject({ updates: 50 });
    const other = await fit(rows, labels, { from: half, optimizer: 'lion', alpha: 0.001, epochs: 5 });
    expect(other.record.results).toMatchObject({ updates: 50 });
  });

  test('keeps the classes and the scales that the model has', async () => {
    const half = await fit(rows, labels, { ...options, epochs: 2 });
    const more = await fit(rows.slice(0, 50), labels.slice(0, 50), { from: half, epochs: 1 });
    expect(more.record.features).toEqual(half.record.features);
    await expect(
      fit(
        rows,
        rows.map(() => 'up'),
        { from: half },
      ),
    ).rejects.toThrow('labels: row 0: expected a class that the model knows (left, right), found "up"');
    await expect(fit(rows, labels, { from: half, hidden: [9] })).rejects.toThrow('hidden 9: excludes');
  });
});

describe('mistakes that fit finds', () => {
  const bad = async (given: readonly unknown[], message: string | RegExp, type: unknown = DataError) => {
    const promise = (fit as (...args: readonly unknown[]) => Promise<Model>)(...given);
    await Promise.all([
      expect(promise).rejects.toThrow(message),
      expect(promise).rejects.toBeInstanceOf(type),
    ]);
  };

  test.each([
    ['learning_rate', 'Did you mean alpha?'],
    ['lrate', 'Did you mean alpha?'],
    ['epoch', 'Did you mean epochs?'],
    ['hiden', 'Did you mean hidden?'],
    ['validationSplit', 'Did you mean dev?'],
    ['onstep', 'Did you mean onStep?'],
    ['sample_weights', 'Did you mean sampleWeights?'],
    ['class_weight', 'Did you mean classWeight?'],
  ])('the option %s', (name, message) => bad([rows, labels, { [name]: 1 }], message, SettingError));

  test.each([
    ['no labels', [rows], 'labels: expected an array with one for each row'],
    ['fewer labels', [rows, labels.slice(1)], '200 rows, but 199 labels'],
    ['one class', [rows, labels.map(() => 'a')], 'all are "a"'],
    [
      'a fractional label',
      [rows, rows.map((_, i) => i / 2)],
      'labels: row 1: expected a word or an integer, found 0.5. A network',
    ],
    [
      'a missing label',
      [rows, [undefined, ...labels.slice(1)]],
      'labels: row 0: expected a word or an integer, found undefined',
    ],
    [
      'a missing number',
      [[[1, Number.NaN], ...rows.slice(1)], labels, { dev: 0 }],
      'row 0, column 1 (x1): expected a finite number, found NaN',
    ],
    [
      'texts, of which the first is named whatever is held out',
      [rows.map((row) => row.map(String)), labels, { dev: 0.3 }],
      'row 0, column 0 (x0): expected a finite number, found "',
    ],
    ['a word', [[[1, 'two'], ...rows.slice(1)], labels, { dev: 0 }], 'expected a finite number, found "two"'],
    ['a short row', [[...rows.slice(1), [1]], labels], 'row 199: expected 2 numbers, found 1'],
    ['a flat array without columns', [rows.flat(), labels], 'with the option columns'],
    ['an object', [{ rows }, labels], 'rows: expected an array of rows of numbers, found a plain object'],
    [
      'Float32 pixels',
      [rows.map((row) => Float32Array.from(row)), labels, { width: 2, height: 1 }],
      'found a Float32Array',
    ],
    [
      'pixels that are no bytes',
      [rows, labels, { width: 2, height: 1 }],
      'picture 0, pixel 0: expected a byte',
    ],
    ['width alone', [rows, labels, { width: 2 }], 'height: expected a positive integer'],
    ['a share of more than all', [rows, labels, { dev: 200 }], 'cannot hold out 200 of 200'],
    [
      'too few weights',
      [rows, labels, { sampleWeights: [1] }],
      'expected 200 weights, one for each example, found 1',
    ],
    ['a negative share', [rows, labels, { dev: -1 }], 'dev: expected a number of examples, or a share'],
  ])('%s', (_, given, message) => bad(given, message));

  test.each([
    [{ activation: 'rleu' }, 'activation: expected one or more of relu'],
    [{ patience: 3, dev: 0 }, 'patience 3: needs dev examples: dev greater than 0'],
    [{ seed: 'x' }, 'seed: expected'],
    [{ epochs: 2, iterations: 2 }, 'epochs 2: excludes iterations 2'],
    [{ classWeight: { up: 2 } }, 'classWeight: expected names of classes (left, right), found "up"'],
    [{ classWeight: { left: -2 } }, 'classWeight: expected none, balanced, or numbers from 0'],
    [{ classWeight: [1, 2, 3] }, 'classWeight: expected a number for each of the 2 classes: left, right'],
  ])('the options %j', (given, message) => bad([rows, labels, given], message, SettingError));
});
