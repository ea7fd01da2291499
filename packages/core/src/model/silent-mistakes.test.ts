import { describe, expect, test } from 'vitest';
import { readClassNames } from '../data/class-names.js';
import { readCsv } from '../data/csv/read-csv.js';
import { Dataset, type DatasetOptions } from '../data/dataset.js';
import { gunzip, gunzipStream } from '../data/gzip.js';
import { readIdxImages, readIdxLabels } from '../data/idx.js';
import { frameDigit } from '../data/pictures/frame.js';
import { DataError, SettingError } from '../errors.js';
import { decodeCheckpoint } from '../formats/checkpoint.js';
import { decodeModel, encodeModel } from '../formats/model.js';
import { createNetwork, type NetworkOptions } from '../maths/network.js';
import { buildRun } from '../training/build-run.js';
import { evaluate } from '../training/evaluate.js';
import { type TrainOptions, train } from '../training/train.js';

// What JavaScript lets through, where TypeScript would have complained: nothing of it may train a
// network on other numbers than those that were meant.

const dataset = new Dataset({
  pixels: Uint8Array.from({ length: 80 }, (_, i) => i),
  labels: Uint8Array.from({ length: 20 }, (_, i) => i % 2),
  ...{ width: 2, height: 2, classNames: ['even', 'odd'] },
});
const network = createNetwork({ layers: [4, 2] });

describe('a dataset', () => {
  const pixels = Uint8Array.of(1, 2);
  const labels = Uint8Array.of(0, 1);

  test.each<[string, object, string]>([
    [
      'Float32 pixels',
      { pixels: Float32Array.of(0.1, 0.2), labels },
      'pixels: expected a Uint8Array, one byte a pixel',
    ],
    ['lists of pixels', { pixels: [1, 300], labels }, 'found Array'],
    ['no pixels', { labels }, 'found nothing'],
    ['an ArrayBuffer', { pixels: pixels.buffer, labels }, 'found ArrayBuffer'],
    ['negative labels', { pixels, labels: Int8Array.of(0, -1) }, 'labels: expected a Uint8Array'],
    ['fractional labels', { pixels, labels: [0.5, 1] }, 'labels: expected a Uint8Array'],
    [
      'words as labels',
      { pixels, labels: ['a', 'b'] },
      'To train on words or other numbers, give them to fit()',
    ],
  ])('refuses %s', (_, given, message) => {
    const create = () => new Dataset({ width: 1, height: 1, ...given } as DatasetOptions);
    expect(create).toThrow(DataError);
    expect(create).toThrow(message);
  });

  test.each([
    [['a', 'a'], 'classNames: two classes have the name "a"'],
    [['a', '\x1b[31mb'], 'the class "\\u001b[31mb" has control characters in its name'],
  ])('refuses the class names %j', (classNames, message) => {
    const one = { width: 1, height: 1 };
    expect(() => new Dataset({ pixels, labels, classNames, ...one })).toThrow(message);
    const record = { ...one, classNames, pixelScale: 1, settings: {}, results: {} };
    const bytes = encodeModel({ network: createNetwork({ layers: [1, 2] }), record });
    expect(() => decodeModel(bytes, 'a model')).toThrow(`a model: ${message.replace('classNames: ', '')}`);
  });

  test('holds out a share of its examples', () => {
    const { training, dev } = dataset.split({ dev: 0.25, seed: 3 });
    expect([training.length, dev.length]).toEqual([15, 5]);
    const same = dataset.split({ dev: 5, seed: 3 });
    expect(dev.pixels(0)).toEqual(same.dev.pixels(0));
  });

  test.each([
    [{ dev: 2.5, seed: 1 }, 'dev: expected a number of examples, or a share of them less than 1, found 2.5'],
    [{ dev: -1, seed: 1 }, 'found -1'],
    [{ seed: 1 }, 'found nothing'],
    [{ dev: 20, seed: 1 }, 'cannot hold out 20 of 20'],
    [{ dev: 5, seed: 'x' }, 'seed: expected an integer from 0, found "x"'],
  ])('does not split by %j', (given, message) =>
    expect(() => dataset.split(given as { dev: number })).toThrow(message),
  );

  test('without a seed, splits by seed 1', () =>
    expect(dataset.split({ dev: 5 }).dev.pixels(0)).toEqual(
      dataset.split({ dev: 5, seed: 1 }).dev.pixels(0),
    ));
});

describe('options', () => {
  test.each<[object, string]>([
    [{ learning_rate: 0.1 }, 'learning_rate: expected an option that exists. Did you mean alpha?'],
    [{ lrate: 0.1 }, 'Did you mean alpha?'],
    [{ epoch: 3 }, 'Did you mean epochs?'],
    [{ decay: 0.1 }, 'Did you mean weightDecay?'],
    [{ devevery: 3 }, 'Did you mean devEvery?'],
    [{ nonsense: 3 }, 'nonsense: expected an option that exists'],
    [{ hidden: [3] }, 'hidden: needs a new network: give it to createNetwork()'],
    [{ patience: 3 }, 'patience 3: needs dev examples'],
    [{ optimizer: 'adem' }, 'optimizer: expected one of'],
  ])('of train: %j', (given, message) => {
    const start = () => train(network, dataset, given as TrainOptions);
    expect(start).toThrow(SettingError);
    expect(start).toThrow(message);
    expect(message).not.toContain('--');
  });

  test('learningRate means alpha', () =>
    expect(() => train(network, dataset, { learningRate: 0.1 })).not.toThrow());

  test('of buildRun', () => {
    expect(() => buildRun({ dataset, settings: { batch_size: 3 } as object })).toThrow(
      'Did you mean batchSize?',
    );
    expect(buildRun({ dataset, settings: { dev: 0.25 } }).settings.dev).toBe(5);
  });

  test.each<[object, string]>([
    [{ activation: 'rleu' }, 'activation: expected one of relu, '],
    [{ output: 'sofmax' }, 'output: expected one of softmax, sigmoid'],
    [{ initialization: 'xavier' }, 'initialization: expected one of board, he, glorot'],
    [{ layer: [4, 2] }, 'layer: expected an option that exists. Did you mean layers?'],
    [{ initialisation: 'he' }, 'Did you mean initialization?'],
    [{ hidden: [4] }, 'hidden: expected an option that exists. Did you mean layers?'],
    [{ layers: undefined }, 'layers: expected at least two positive integers'],
    [{ layers: 784 }, 'layers: expected at least two positive integers, found 784'],
    [{ layers: [784, 1e9, 10] }, 'at most 2,147,483,648 parameters. These are 795,000,000,010'],
  ])('of createNetwork: %j', (given, message) => {
    const create = () => createNetwork({ layers: [4, 3, 2], ...given } as NetworkOptions);
    expect(create).toThrow(SettingError);
    expect(create).toThrow(message);
  });
});

describe('what is missing', () => {
  const call = (of: unknown, ...given: unknown[]) => (of as (...all: unknown[]) => unknown)(...given);

  test.each<[string, () => unknown, string]>([
    ['createNetwork()', () => call(createNetwork), 'options: expected { layers: [784, 10, 10] }'],
    ['train()', () => call(train), 'network: expected a network, such as createNetwork('],
    ['train(dataset)', () => call(train, dataset, dataset), 'network: expected a network'],
    ['train(network)', () => call(train, network), 'training: expected a Dataset, such as new Dataset('],
    ['train with rows', () => call(train, network, [[1]]), 'training: expected a Dataset'],
    ['train with null', () => call(train, network, dataset, null), 'options: expected an object'],
    ['rows as dev', () => call(train, network, dataset, { dev: 3 }), 'dev: expected a Dataset'],
    ['evaluate()', () => call(evaluate), 'network: expected a network'],
    ['evaluate(network)', () => call(evaluate, network), 'dataset: expected a Dataset'],
    ['buildRun()', () => call(buildRun), 'options: expected an object such as { dataset'],
    ['no dataset', () => call(buildRun, { settings: {} }), 'dataset: expected a Dataset, such as new'],
    ['rows', () => call(buildRun, { dataset: [[1]] }), 'found Array'],
    [
      'a setting beside the settings',
      () => call(buildRun, { dataset, epochs: 3 }),
      'epochs: expected one of settings, preset, dataset, from, extra. Settings of the run go into settings: { epochs: … }',
    ],
  ])('is named: %s', (_, start, message) => {
    expect(start).toThrow(SettingError);
    expect(start).toThrow(message);
  });

  test('a network too large for the engine is refused before its weights are drawn', () => {
    const settings = { hidden: [16_384, 16_384, 16_384] };
    expect(() => buildRun({ dataset, settings })).toThrow(
      'hidden 16384,16384,16384: expected at most 536,870,912 parameters in all, which fill the 4 GiB that WebAssembly can hold. These are 537,018,370',
    );
    expect(() => buildRun({ dataset, settings: { ...settings, optimizer: 'adam' } })).toThrow(
      'at most 268,435,456 parameters',
    );
  });
});

describe('readers of streams', () => {
  const csv = new TextEncoder().encode('label,a\nx,1\ny,2\n');

  const gunzipStreamed = (given: unknown, name: string) => gunzipStream(given as never, name).next();

  test.each([
    ['bytes', csv],
    ['an ArrayBuffer', csv.slice().buffer],
    ['a stream', new Blob([csv]).stream()],
  ])('readCsv takes %s', async (_, given) => {
    expect((await readCsv(given as Uint8Array, 'a file')).classNames).toEqual(['x', 'y']);
  });

  test.each(['nan', 'NaN', '-inf', 'null', 'N/A'])('readCsv refuses the label %s', async (label) => {
    const bytes = new TextEncoder().encode(`label,a\nx,1\n${label},2\ny,3\n`);
    await expect(readCsv(bytes, 'a.csv')).rejects.toThrow(
      'a.csv: line 3, column 1 (label): expected a label',
    );
    const known = { width: 1, height: 1, classNames: [label, 'x', 'y'] };
    const same = { ...known, features: [{ name: 'a', min: 0, max: 1 }] };
    expect((await readCsv(bytes, 'a.csv', same)).label(1)).toBe(0);
  });

  test.each<[unknown, string]>([
    [undefined, 'a file: expected its bytes, or a stream of them, found nothing'],
    ['text', 'found String: give new TextEncoder().encode(text)'],
    [{}, 'found Object'],
  ])('refuse %o', async (given, message) => {
    for (const read of [readCsv, gunzipStreamed]) {
      await expect(read(given as Uint8Array, 'a file')).rejects.toThrow(DataError);
      await expect(read(given as Uint8Array, 'a file')).rejects.toThrow(message);
    }
    expect(() => readClassNames(undefined as never, 'a file')).toThrow('a file: expected its text');
    expect(() => frameDigit(given as never, 'a file')).toThrow('a file: expected a picture');
  });
});

describe.each<[string, (bytes: Uint8Array) => unknown]>([
  ['readIdxImages', (bytes) => readIdxImages(bytes, 'a file')],
  ['readIdxLabels', (bytes) => readIdxLabels(bytes, 'a file')],
  ['gunzip', (bytes) => gunzip(bytes, 'a file')],
  ['decodeModel', (bytes) => decodeModel(bytes, 'a file')],
  ['decodeCheckpoint', (bytes) => decodeCheckpoint(bytes, 'a file')],
])('%s', (_, read) => {
  test.each<[unknown, string]>([
    [
      new ArrayBuffer(8),
      'a file: expected its bytes in a Uint8Array, found ArrayBuffer: give new Uint8Array(buffer)',
    ],
    [undefined, 'found nothing'],
    ['text', 'found String'],
  ])('refuses %o', async (given, message) => {
    const attempt = async () => read(given as Uint8Array);
    await expect(attempt()).rejects.toThrow(DataError);
    await expect(attempt()).rejects.toThrow(message);
  });
});
