import { describe, expect, test } from 'vitest';
import { Dataset } from '../data/dataset.js';
import { DataError } from '../errors.js';
import { encodeModel } from '../formats/model.js';
import { createNetwork } from '../maths/network.js';
import { evaluate } from '../training/evaluate.js';
import { loadModel } from './load-model.js';
import { Model } from './model.js';

const digits = Array.from({ length: 10 }, (_, digit) => String(digit));
const record = { width: 28, height: 28, classNames: digits, pixelScale: 1 / 255, settings: {}, results: {} };
const model = new Model({ network: createNetwork({ layers: [784, 12, 10], seed: 3 }), record });

/** A stroke of 6 × 20 pixels, as MNIST frames it. */
const stroke = Uint8Array.from({ length: 784 }, (_, i) =>
  i % 28 >= 11 && i % 28 < 17 && i >= 4 * 28 && i < 24 * 28 ? 255 : 0,
);

function imageOf(side: number, color: (x: number, y: number) => readonly [number, number, number, number]) {
  const data = new Uint8ClampedArray(4 * side * side);
  for (let i = 0; i < side * side; i++) data.set(color(i % side, Math.floor(i / side)), 4 * i);
  return { width: side, height: side, data };
}
const inked = (x: number, y: number) => stroke[28 * y + x]! > 0;

describe('predict', () => {
  const expected = model.predict(stroke);

  test('answers with an integer where the classes are integers', () => {
    expect(typeof expected.label).toBe('number');
    expect(expected.probability).toBe(Math.max(...expected.probabilities));
  });

  test.each([
    ['an array of bytes', [...stroke]],
    ['clamped bytes', Uint8ClampedArray.from(stroke)],
    [
      'light ink on a dark picture',
      imageOf(28, (x, y) => (inked(x, y) ? [255, 255, 255, 255] : [0, 0, 0, 255])),
    ],
    [
      'dark ink on a light picture',
      imageOf(28, (x, y) => (inked(x, y) ? [0, 0, 0, 255] : [255, 255, 255, 255])),
    ],
    ['dark ink on nothing', imageOf(28, (x, y) => (inked(x, y) ? [0, 0, 0, 255] : [0, 0, 0, 0]))],
    ['light ink on nothing', imageOf(28, (x, y) => (inked(x, y) ? [255, 255, 255, 255] : [0, 0, 0, 0]))],
    ['a gray picture', { width: 28, height: 28, channels: 1 as const, data: stroke }],
  ])('gives the same answer for %s', (_, input) => expect(model.predict(input)).toEqual(expected));

  test('frames a picture of another size, wherever its ink is', () => {
    const large = (left: number) =>
      imageOf(200, (x, y) =>
        x >= left && x < left + 30 && y > 40 && y < 120 ? [20, 20, 20, 255] : [250, 250, 250, 255],
      );
    expect(model.predict(large(10))).toEqual(model.predict(large(120)));
  });

  test('reads a canvas by its 2d context', () => {
    const image = imageOf(28, (x, y) => (inked(x, y) ? [255, 255, 255, 255] : [0, 0, 0, 255]));
    const asked: unknown[] = [];
    const canvas = {
      ...{ width: 28, height: 28 },
      getContext: (kind: '2d') => {
        asked.push(kind);
        const getImageData = (...box: number[]) => {
          asked.push(box);
          return image;
        };
        return { getImageData };
      },
    };
    expect(model.predict(canvas)).toEqual(expected);
    expect(asked).toEqual(['2d', [0, 0, 28, 28]]);
    expect(() => model.predict({ ...canvas, getContext: () => null })).toThrow(
      'context of another kind than 2d',
    );
  });

  test.each<[string, unknown, string]>([
    [
      'Float32 pixels',
      Float32Array.from(stroke, (v) => v / 255),
      'found a Float32Array: make it a Uint8Array',
    ],
    [
      'fractions',
      [...stroke].map((v) => v / 510),
      'pixel 123: expected a byte, an integer from 0 to 255, found 0.5',
    ],
    ['negative numbers', [...stroke].map((v) => -v), 'found -255'],
    ['too few pixels', stroke.subarray(1), 'row 0: expected 784 numbers, found 783'],
    ['nothing', undefined, 'expected a canvas, an ImageData or pixels, found nothing'],
    ['an ArrayBuffer', stroke.buffer, 'found an ArrayBuffer'],
    ['a blank picture', imageOf(60, () => [255, 255, 255, 255]), 'the picture is blank'],
    ['a blank picture of 28 × 28', imageOf(28, () => [0, 0, 0, 0]), 'the picture is blank'],
    [
      'a picture without bytes',
      { width: 1, height: 1, data: [0, 0, 0, 0] },
      'needs bytes as its data, found an Array',
    ],
  ])('%s are a clear error', (_, input, message) => {
    expect(() => model.predict(input as Uint8Array)).toThrow(DataError);
    expect(() => model.predict(input as Uint8Array)).toThrow(message);
  });
});

test('rows.map(model.predict) works, and the model shows no property for it', () => {
  const { predict, activations } = model;
  expect([stroke, stroke].map(predict)).toEqual([model.predict(stroke), model.predict(stroke)]);
  expect([stroke].map(activations)).toEqual([model.activations(stroke)]);
  expect(Object.keys(model)).not.toContain('predict');
});

describe('in slices', () => {
  const large = new Model({ network: createNetwork({ layers: [784, 400, 10], seed: 3 }), record });
  const rows = Array.from({ length: 60 }, (_, i) => stroke.map((value, k) => (k % 7 === i % 7 ? i : value)));
  const labels = rows.map((_, i) => i % 10);

  /** The result, and how often others worked before it. */
  async function withTurns<Result>(work: Promise<Result>): Promise<[Result, number]> {
    let [turns, isOver] = [0, false];
    const count = () => {
      turns++;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    const result = await work;
    isOver = true;
    return [result, turns];
  }

  test('predictAllAsync gives the answers of predictAll, and lets others work', async () => {
    const [answers, turns] = await withTurns(large.predictAllAsync(rows));
    expect(answers).toEqual(large.predictAll(rows));
    expect(turns).toBeGreaterThan(2);
  });

  test('evaluateAsync gives the evaluation of evaluate, of rows and of a dataset, and lets others work', async () => {
    const [evaluation, turns] = await withTurns(large.evaluateAsync(rows, labels));
    expect(evaluation).toEqual(large.evaluate(rows, labels));
    expect(turns).toBeGreaterThan(2);
    const pixels = Uint8Array.from(rows.flatMap((row) => [...row]));
    const dataset = new Dataset({
      ...{ pixels, labels: Uint8Array.from(labels), width: 28, height: 28, classNames: digits },
    });
    expect(await large.evaluateAsync(dataset)).toEqual(evaluation);
  });

  test('reject with the error that names the row', async () => {
    const wrong = rows.with(59, stroke.subarray(1));
    await expect(large.predictAllAsync(wrong)).rejects.toThrow('row 59: expected 784 numbers, found 783');
    await expect(large.evaluateAsync(rows, labels.with(3, 12))).rejects.toThrow('labels: row 3');
  });
});

describe('a model of columns', () => {
  const features = [
    { name: 'length', min: 0, max: 10 },
    { name: 'width', min: -1, max: 1 },
  ];
  const table = new Model({
    network: createNetwork({ layers: [2, 3, 2], seed: 3 }),
    record: { ...record, width: 2, height: 1, classNames: ['no', 'yes'], features },
  });

  test('scales a row as in training', () => {
    const bytes = new Model({
      ...table,
      record: { ...table.record, features: features.map(({ name }) => ({ name, min: 0, max: 255 })) },
    });
    expect(table.predict([5, -0.5]).probabilities).toEqual(bytes.predict([128, 64]).probabilities);
  });

  test('doubts a row that is far from all that was trained on', () => {
    expect(table.predict([14, 0]).doubt?.reason).not.toBe('unlike');
    expect(table.predict([16, 0]).doubt).toMatchObject({
      reason: 'unlike',
      message: expect.stringContaining(
        'length is 16, far outside the range that the network was trained on, 0 to 10',
      ),
    });
  });

  test('does not take a picture', () =>
    expect(() => table.predict({ width: 2, height: 1, data: stroke })).toThrow(
      'the model takes rows of 2 numbers',
    ));
});

describe('evaluate and activations', () => {
  const pixels = Uint8Array.from({ length: 300 * 784 }, (_, i) => (i * 7919) % 256);
  const labels = Uint8Array.from({ length: 300 }, (_, i) => i % 10);
  const dataset = new Dataset({ pixels, labels, width: 28, height: 28 });

  test('agree with the fast engine', () => {
    const [own, fast] = [model.evaluate(dataset), evaluate(model.network, dataset)];
    expect(own.loss).toBeCloseTo(fast.loss, 4);
    expect(own.accuracy).toBe(fast.accuracy);
    expect(own.confusion).toEqual(fast.confusion);
    const rows = Array.from({ length: 300 }, (_, i) => dataset.pixels(i));
    expect(model.evaluate(rows, labels)).toEqual(own);
    expect(model.evaluate(rows, [...labels].map(String))).toEqual(own);
  });

  test('of the hidden layer are those of the forward pass', () => {
    const [hidden, ...more] = model.activations(stroke);
    expect(more).toEqual([]);
    const { W, b } = model.network.layers[0]!;
    const sum = stroke.reduce((all, byte, i) => all + W.data[i]! * (byte / 255), 0) + b.data[0]!;
    expect(hidden).toHaveLength(12);
    expect(hidden![0]).toBeCloseTo(Math.max(0, sum), 10);
  });
});

describe('loadModel', () => {
  const file = encodeModel(model);
  const base64 = Buffer.from(file).toString('base64');

  test.each([
    ['bytes', file],
    ['a buffer', new Uint8Array(file).buffer],
    ['an address', `data:application/octet-stream;base64,${base64}`],
    ['an address object', new URL(`data:application/octet-stream;base64,${base64}`)],
  ])('reads %s', async (_, source) => {
    expect((await loadModel(source)).predict(stroke)).toEqual(
      new Model(await loadModel(file)).predict(stroke),
    );
  });

  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'expected bytes, an ArrayBuffer or an address, found nothing'],
    ['numbers', [1, 2], 'found an Array'],
    ['a path', 'model.safetensors', "new URL('model.safetensors', import.meta.url)"],
    ['a missing file', new URL('file:///no/such/model.safetensors'), 'model.safetensors: no such file'],
    ['no model', new Uint8Array(20), 'the model: its header'],
  ])('%s is a clear error', (_, source, message) =>
    expect(loadModel(source as URL)).rejects.toThrow(message),
  );
});
