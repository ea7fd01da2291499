import { expect, test } from 'vitest';
import { Dataset } from '../data/dataset.js';
import { drawNonDigits, NON_DIGIT_KINDS } from '../data/non-digits/index.js';
import { createJudge, trustIn } from '../evaluation/doubt.js';
import { marksOf } from '../evaluation/marks.js';
import { isDoubtRecord } from '../evaluation/stranger.js';
import { decodeModel, encodeModel } from '../formats/model.js';
import { createNetwork } from '../maths/network.js';
import { createRandom } from '../random.js';
import { completeSettings } from '../settings/complete.js';
import { learnDoubt } from './learn-doubt.js';
import { train } from './train.js';

/** Pictures in MNIST's frame: bars at ten places, a little moved, as ten classes. */
function bars(length: number): Dataset {
  const random = createRandom(1, 'question');
  const pixels = new Uint8Array(length * 784);
  const labels = Uint8Array.from({ length }, (_, i) => i % 10);
  for (let i = 0; i < length; i++) {
    const [left, top] = [4 + 2 * (i % 10) + random.below(2), 4 + random.below(3)];
    for (let y = top; y < top + 17; y++)
      pixels.fill(255, i * 784 + y * 28 + left, i * 784 + y * 28 + left + 2);
  }
  return new Dataset({ pixels, labels, width: 28, height: 28 });
}

test('a model learns what it does not know, and its file keeps that', async () => {
  const { training, dev } = bars(2000).split({ dev: 500, seed: 1 });
  const settings = completeSettings({ alpha: 0.3, batchSize: 50, epochs: 3 });
  const run = train(createNetwork({ layers: [784, 10, 10] }), training, {
    ...{ alpha: 0.3, batchSize: 50, epochs: 3, threads: 1 },
  });
  for await (const _ of run);
  const { network } = run;
  const doubt = (await learnDoubt({ network, training, dev, settings }))!;
  expect(isDoubtRecord(doubt)).toBe(true);
  const record = {
    ...{ width: 28, height: 28, classNames: dev.classNames, pixelScale: 1 / 255 },
    ...{ settings: {}, results: {}, doubt },
  };
  const model = decodeModel(encodeModel({ network, record }), 'model');
  expect(model.record.doubt).toEqual(doubt);

  const judge = createJudge(model.record);
  const sure = [0.991, ...new Array<number>(9).fill(0.001)];
  const doubted = (pictures: readonly Uint8Array[]) =>
    pictures.filter((pixels) => judge(sure, [pixels]).doubt).length / pictures.length;
  expect(doubted(Array.from({ length: 500 }, (_, i) => dev.pixels(i)))).toBeLessThan(0.03);
  const kinds = ['noise', 'scribble', 'blot', 'pair'] as const;
  const others = drawNonDigits(dev, 200, createRandom(7, 'doubt'), kinds);
  const pictures = Array.from({ length: 200 }, (_, i) => others.subarray(784 * i, 784 * (i + 1)));
  expect(doubted(pictures)).toBeGreaterThan(0.95);
  // What the doubt says: two answers are close, or the picture is the reason.
  const close = [0.5, 0.5, ...new Array<number>(8).fill(0)];
  const strict = createJudge({ ...model.record, doubt: { ...doubt, sure: 0.6 } });
  expect(strict(close, [dev.pixels(0)]).doubt?.reason).toBe('unsure');
  const dot = new Uint8Array(784);
  dot[400] = 255;
  expect(marksOf(dot)).toBe('little ink');
  const apart = new Uint8Array(784);
  for (let y = 2; y < 26; y++) for (const x of [2, 3, 4, 22, 23, 24]) apart[28 * y + x] = 255;
  expect(marksOf(apart)).toBe('several marks');
  expect(marksOf(dev.pixels(0))).toBeUndefined();
});

test('tables and small data have no record of doubt', async () => {
  const { training, dev } = bars(600).split({ dev: 60, seed: 1 });
  const network = createNetwork({ layers: [784, 10, 10] });
  expect(await learnDoubt({ network, training, dev, settings: completeSettings({}) })).toBeUndefined();
});

test('every kind of non-digit can be drawn, and the seed decides it', () => {
  const digits = bars(100);
  for (const kind of NON_DIGIT_KINDS) {
    const draw = () => drawNonDigits(digits, 3, createRandom(5, 'doubt'), [kind]);
    expect(draw()).toEqual(draw());
    expect(draw().some((value) => value > 100)).toBe(true);
  }
});

test('trust needs a sure answer and a picture that is known', () => {
  expect(trustIn(0.9, 0)).toBe(0.9);
  expect(trustIn(0.9, 0.5)).toBe(0.45);
});

test('a record that cannot be used is refused', () => {
  const layer = { weights: 'AA==', scales: [1], biases: [0] };
  const stranger = { side: 1, layers: [layer, layer] };
  const record = {
    ...{ temperature: 1, sure: 0.5, calibrationError: { before: 0, after: 0 }, examples: 500, stranger },
  };
  expect(isDoubtRecord(record)).toBe(true);
  expect(isDoubtRecord({ ...record, temperature: 0 })).toBe(false);
  const withOutputs = (outputs: object) => ({ ...record, stranger: { side: 1, layers: [layer, outputs] } });
  expect(isDoubtRecord(withOutputs({ ...layer, weights: 'A' }))).toBe(false);
  expect(isDoubtRecord(withOutputs({ ...layer, weights: 'AAA=' }))).toBe(false);
  expect(isDoubtRecord(withOutputs({ ...layer, biases: [] }))).toBe(false);
  expect(isDoubtRecord(withOutputs({ weights: '', scales: [], biases: [] }))).toBe(false);
  expect(isDoubtRecord(withOutputs({ ...layer, scales: ['1'] }))).toBe(false);
  expect(isDoubtRecord({ ...record, stranger: { side: 1 } })).toBe(false);
  expect(isDoubtRecord({ ...record, stranger: { side: 1, layers: [layer] } })).toBe(false);
  expect(isDoubtRecord({ ...record, stranger: { ...stranger, side: -1 } })).toBe(false);
});
