import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decodeModel, type Json } from '@longhand/core/files';
import { createRandom, type Random } from '@longhand/core/maths';
import { beforeAll, describe, expect, test } from 'vitest';
import { fashionFolder } from '../runtimes/installed.js';
import { longhand, temporaryFolder } from './command.js';

const folder = temporaryFolder();
const at = (...names: string[]) => path.join(folder, ...names);
const recordOf = (name: string) => decodeModel(readFileSync(at(name)), name).record;

/** The command succeeds. Returns what it printed. */
async function done(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await longhand(args, folder);
  expect([code, stderr.match(/^longhand: .*/m)?.[0]], stderr).toEqual([0, undefined]);
  return stdout;
}

async function json(...args: string[]): Promise<Record<string, Json>> {
  return JSON.parse(await done(...args, '--json'));
}

/** The command fails with one line that matches and exit code 2. */
async function refused(line: RegExp, ...args: string[]): Promise<void> {
  const { code, stdout, stderr } = await longhand(args, folder);
  expect(stderr).toMatch(line);
  expect(stderr).toMatch(/^longhand: [^\n]+\n$/);
  expect([code, stdout]).toEqual([2, '']);
}

const widest = (text: string) => Math.max(...text.split('\n').map((line) => [...line].length));

/** An IDX file of unsigned bytes. */
function idx(sizes: readonly number[], body: Uint8Array): Uint8Array {
  const head = Buffer.alloc(4 + 4 * sizes.length);
  head.writeUInt32BE(0x800 + sizes.length);
  for (const [i, size] of sizes.entries()) head.writeUInt32BE(size, 4 + 4 * i);
  return Buffer.concat([head, body]);
}

interface Made {
  readonly classes: number;
  /** The width and height of an example. */
  readonly sizes: readonly number[];
  /** Examples of each class, to train on. */
  readonly each: number;
  /** The text of `classes.txt`. */
  readonly names?: string;
  /** The labels of the test set, if it is not one example of each class. */
  readonly testLabels?: readonly number[];
}

/** A folder with four IDX files: each class has its own pattern, with some noise. */
function dataFolder(name: string, { classes, sizes, each, names, testLabels }: Made): string {
  const random = createRandom(3, name);
  const inputs = sizes.reduce((product, size) => product * size);
  const patterns = Array.from({ length: Math.max(classes, ...(testLabels ?? [])) + 1 }, () =>
    Uint8Array.from({ length: inputs }, () => (random.below(2) === 1 ? 200 : 0)),
  );
  const write = (set: string, labels: readonly number[]) => {
    const pixels = labels.flatMap((label) => noisy(patterns[label]!, random));
    writeFileSync(
      at(name, `${set}-images-idx${1 + sizes.length}-ubyte`),
      idx([labels.length, ...sizes], Uint8Array.from(pixels)),
    );
    writeFileSync(at(name, `${set}-labels-idx1-ubyte`), idx([labels.length], Uint8Array.from(labels)));
  };
  mkdirSync(at(name));
  write(
    'train',
    Array.from({ length: classes * each }, (_, i) => i % classes),
  );
  write('t10k', testLabels ?? Array.from({ length: classes }, (_, i) => i));
  if (names !== undefined) writeFileSync(at(name, 'classes.txt'), names);
  return name;
}

function noisy(pattern: Uint8Array, random: Random): number[] {
  return Array.from(pattern, (byte) => byte + random.below(56));
}

const QUICK = ['--dev', '3', '--initialization', 'he', '--alpha', '0.5', '--quiet'];

describe('an IDX set of pictures of 9 × 6 in three classes with names', () => {
  beforeAll(async () => {
    dataFolder('three', {
      classes: 3,
      sizes: [6, 9],
      each: 20,
      names: 'circle\nlong-sided triangle\nsquare\n',
    });
    await done('train', '--data', 'three', '--iterations', '60', ...QUICK, '--out', 'three.model');
  });

  test('the model has three outputs, the size and the names', () => {
    const { network, record } = decodeModel(readFileSync(at('three.model')), 'three');
    expect(network.layers.map(({ W }) => [W.rows, W.cols])).toEqual([
      [10, 54],
      [3, 10],
    ]);
    expect(record).toMatchObject({
      width: 9,
      height: 6,
      classNames: ['circle', 'long-sided triangle', 'square'],
    });
    expect(record).not.toHaveProperty('features');
  });

  test('evaluate: everything has three classes', async () => {
    const found = await json('evaluate', 'three.model', '--data', 'three');
    expect(found).toMatchObject({
      examples: 3,
      accuracy: 1,
      confusion: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    });
    expect(found.classes).toHaveLength(3);
    expect(found.classNames).toEqual(['circle', 'long-sided triangle', 'square']);
    const words = await done('evaluate', 'three.model', '--data', 'three');
    expect(words).toMatch(/│ +true ╲ answer circle long-sided triangle square +recall│/);
    expect(words).toMatch(/^long-sided triangle +100\.0%/m);
  });

  test('predict, show, check and explain take it', async () => {
    const words = await done('predict', 'three.model', '--data', 'three', '--index', '2');
    expect(words).toMatch(/^example 2: square \([0-9.]+%\), correct$/m);
    expect(words).toMatch(/ long-sided triangle +[0-9.]+%/);
    const {
      data,
      answers: [answer],
    } = JSON.parse(await done('predict', 'three.model', '--data', 'three', '--index', '1', '--json'));
    expect(data).toMatchObject({ kind: 'idx', warnings: [] });
    expect(answer).toMatchObject({ digit: 1, class: 'long-sided triangle', label: 1 });
    expect(answer.probabilities).toHaveLength(3);
    const shown = await done('show', 'three.model', '--unit', '4', '--quiet');
    // A title, three lines of half blocks, two of top outputs.
    expect(shown.trimEnd().split('\n')).toHaveLength(6);
    expect(
      await json('check', 'three.model', '--data', 'three', '--examples', '8', '--engine'),
    ).toMatchObject({
      passed: true,
      parameters: 54 * 10 + 10 + 30 + 3,
    });
    expect(await done('explain', 'three.model', 'A2[1]', '--data', 'three', '--index', '1')).toContain(
      'The probability of class long-sided triangle for example 1 (long-sided',
    );
  });

  test('an untrained network is checked with it, too', async () => {
    expect(await json('check', '--data', 'three', '--examples', '4')).toMatchObject({
      parameters: 54 * 10 + 10 + 30 + 3,
    });
  });

  test('other data are refused, with advice', async () => {
    await refused(
      /the MNIST test set: pictures of 28 × 28, but three\.model was trained on 9 × 6: pass its own data with --data$/m,
      'evaluate',
      'three.model',
    );
    dataFolder('others', { classes: 3, sizes: [6, 9], each: 2, names: 'a\nb\nc' });
    await refused(
      /others: 3 classes \(a, b, c\), but three\.model knows 3 \(circle, long-sided triangle, square\)/,
      'evaluate',
      'three.model',
      '--data',
      'others',
    );
  });

  test('data without class names get those of the model, if they have no more classes', async () => {
    dataFolder('fewer', { classes: 2, sizes: [6, 9], each: 2 });
    const found = await json('evaluate', 'three.model', '--data', 'fewer');
    expect(found).toMatchObject({ examples: 2, classNames: ['circle', 'long-sided triangle', 'square'] });
    dataFolder('more', { classes: 4, sizes: [6, 9], each: 2 });
    await refused(
      /train-labels-idx1-ubyte: label 3 of example 3: expected a class from 0 to 2/,
      'evaluate',
      'three.model',
      '--data',
      'more',
    );
  });
});

describe.each([200, 256])('an IDX set of %i classes', (classes) => {
  const name = `set-${classes}`;
  const model = `${name}.model`;
  let words = '';
  beforeAll(async () => {
    dataFolder(name, { classes, sizes: [5, 5], each: 6 });
    const settings = ['--hidden', '64', '--batch-size', '50', '--epochs', '40'];
    await done('train', '--data', name, ...settings, ...QUICK, '--out', model);
    words = await done('evaluate', model, '--data', name);
  });

  test('each has its own output, with its number, and most are learned', async () => {
    expect(recordOf(model).classNames).toEqual(Array.from({ length: classes }, (_, label) => String(label)));
    const found = await json('evaluate', model, '--data', name);
    expect(found.examples).toBe(classes);
    expect(found.accuracy).toBeGreaterThan(0.8);
    expect(found.confusion).toHaveLength(classes);
    expect((found.classes as Json[]).length).toBe(classes);
  });

  test('evaluate shows only the worst, within 80 columns', () => {
    expect(words).not.toContain('true ╲ answer');
    expect(words).toContain(`The 10 worst of ${classes} classes:`);
    expect(widest(words)).toBeLessThanOrEqual(80);
    expect(words.split('\n').length).toBeLessThan(60);
  });

  test('predict shows the most likely', async () => {
    const drawn = await done('predict', model, '--data', name, '--index', '7');
    expect(drawn.match(/[0-9.]+%( |$)/gm)!.length).toBeLessThanOrEqual(11);
    expect(drawn).toMatch(/^example 7: \d+ /);
    expect(widest(drawn)).toBeLessThanOrEqual(80);
  });
});

test('IDX files of two dimensions are rows of features, not pictures', async () => {
  dataFolder('rows', { classes: 4, sizes: [30], each: 10 });
  await done('train', '--data', 'rows', '--iterations', '60', ...QUICK, '--out', 'rows.model');
  expect(recordOf('rows.model')).toMatchObject({ width: 30, height: 1, classNames: ['0', '1', '2', '3'] });
  expect(await json('evaluate', 'rows.model', '--data', 'rows')).toMatchObject({ examples: 4, accuracy: 1 });
  expect(await done('show', 'rows.model', '--unit', '0')).toMatch(/^input \d+ +[−+][0-9.]+/m);
  expect(await done('explain', 'rows.model', 'X[3]', '--data', 'rows', '--index', '0')).toContain(
    'The scaled value of input 3',
  );
});

describe('an invalid IDX set', () => {
  const train = (data: string) => ['train', '--dev', '1', '--iterations', '1', '--data', data];

  test('a test label that training does not have', () => {
    dataFolder('unknown', { classes: 3, sizes: [2, 2], each: 2, testLabels: [0, 3] });
    return refused(
      /t10k-labels-idx1-ubyte: label 3 of example 1: expected a class from 0 to 2/,
      ...train('unknown'),
    );
  });
  test('fewer names than classes', () => {
    dataFolder('unnamed', { classes: 3, sizes: [2, 2], each: 2, names: 'a\nb\n' });
    return refused(
      /train-labels-idx1-ubyte: label 2 of example 2: expected a class from 0 to 1/,
      ...train('unnamed'),
    );
  });
  test('a name twice', () => {
    dataFolder('twice', { classes: 3, sizes: [2, 2], each: 2, names: 'a\nb\na\n' });
    return refused(/twice.classes\.txt: line 3 is that of line 1 again/, ...train('twice'));
  });
  test('only one class', () => {
    dataFolder('one', { classes: 1, sizes: [2, 2], each: 4 });
    return refused(
      /one: all examples belong to one class \(0\): expected two classes or more/,
      ...train('one'),
    );
  });
});

describe('a CSV table of real numbers with words as labels: iris', () => {
  const [header, ...rows] = readFileSync(new URL('../../fixtures/iris.csv', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  const every = (rest: number) => rows.filter((_, i) => i % 3 === rest);

  beforeAll(async () => {
    writeFileSync(at('iris.csv'), `${[header, ...every(0), ...every(1)].join('\n')}\n`);
    // The same columns in another order, with the label first.
    const turned = [header!, ...every(2)].map((line) => line.split(',').reverse().join(','));
    writeFileSync(at('iris-test.csv'), `${turned.join('\n')}\n`);
    const settings = ['--dev', '20', '--alpha', '0.5', '--iterations', '1000', '--quiet'];
    await done('train', '--data', 'iris.csv', ...settings, '--out', 'iris.model');
  });

  test('the model has names, columns and their ranges in training', () => {
    const values = [...every(0), ...every(1)].map((line) => Number(line.split(',')[2]));
    const { width, height, classNames, features } = recordOf('iris.model');
    expect([width, height, classNames]).toEqual([4, 1, ['setosa', 'versicolor', 'virginica']]);
    expect(features!.map(({ name }) => name)).toEqual(header!.split(',').slice(0, 4));
    expect(features![2]).toMatchObject({ min: Math.min(...values), max: Math.max(...values) });
  });

  test('evaluate reads a file with the columns in another order by their names, scaled as in training', async () => {
    const found = await json('evaluate', 'iris.model', '--data', 'iris-test.csv');
    expect(found.examples).toBe(50);
    expect(found.accuracy).toBeGreaterThan(0.9);
    // A file of one row has no ranges of its own, and still gets the same answer.
    const turned = readFileSync(at('iris-test.csv'), 'utf8').split('\n');
    writeFileSync(at('alone.csv'), `${turned[0]}\n${turned[31]}\n`);
    const ask = async (file: string, index: string) =>
      JSON.parse(await done('predict', 'iris.model', '--data', file, '--index', index, '--json')).answers[0];
    const [alone, among] = [await ask('alone.csv', '0'), await ask('iris-test.csv', '30')];
    expect(alone.probabilities).toEqual(among.probabilities);
    expect(alone.class).toBe('versicolor');
  });

  test('predict, show and explain name classes and columns, and draw no picture', async () => {
    const data = ['--data', 'iris-test.csv', '--index', '0'];
    const answer = await done('predict', 'iris.model', ...data);
    expect(answer).toMatch(/^example 0: setosa \([0-9.]+%\), correct\n +setosa +[0-9.]+% █+\nversicolor/);
    const shown = await done('show', 'iris.model', '--unit', '0');
    expect(shown).toMatch(/^petal length \(cm\) [−+][0-9.]+/m);
    expect(await done('explain', 'iris.model', 'dW1[2,3]', ...data)).toContain(
      'The gradient of the weight from petal width (cm) to unit 2 in layer 1',
    );
    expect(await json('check', 'iris.model', '--data', 'iris.csv')).toMatchObject({
      passed: true,
      parameters: 83,
    });
  });

  test('data that do not fit the model give one line', async () => {
    const write = (name: string, text: string) => {
      writeFileSync(at(name), text);
      return ['evaluate', 'iris.model', '--data', name];
    };
    const [titles, first] = [header!, rows[0]!];
    await refused(
      /cow\.csv: line 2, column 5 \(class\): expected a label that was trained on \(setosa, versicolor, virginica\), found "cow"/,
      ...write('cow.csv', `${titles}\n1,2,3,4,cow\n`),
    );
    await refused(
      /narrow\.csv: line 1: the column "sepal width \(cm\)" is missing/,
      ...write('narrow.csv', `${titles.replace('sepal width (cm),', '')}\n1,2,3,setosa\n`),
    );
    await refused(
      /hole\.csv: line 3, column 2 \(sepal width \(cm\)\): expected a finite number, found nothing/,
      ...write('hole.csv', `${titles}\n${first}\n${first.replace('3.5', '')}\n`),
    );
    await refused(
      /the MNIST test set: pictures of 28 × 28, but iris\.model was trained on 4 × 1/,
      'evaluate',
      'iris.model',
    );
    dataFolder('bytes', { classes: 3, sizes: [4], each: 2 });
    await refused(
      /bytes: has no named columns, but iris\.model was trained on 4 columns of a CSV file/,
      'evaluate',
      'iris.model',
      '--data',
      'bytes',
    );
    await refused(/iris\.model: takes rows of 4 features/, 'predict', 'iris.model', 'any.png');
  });

  test('more dev examples than there are rows', () =>
    refused(
      /--dev: expected fewer than the 100 examples, so that some are left to train on, found 100/,
      ...['train', '--data', 'iris.csv', '--dev', '100'],
    ));

  test('without --dev, a tenth of the rows is held out', async () => {
    const { train, dev } = await json(
      'train',
      '--data',
      'iris.csv',
      '--iterations',
      '2',
      '--out',
      'tenth.model',
    );
    expect([train, dev]).toMatchObject([{ examples: 90 }, { examples: 10 }]);
  });
});

describe('Fashion-MNIST, as Debian has it', () => {
  const GARMENTS =
    'T-shirt/top, Trouser, Pullover, Dress, Coat, Sandal, Shirt, Sneaker, Bag, Ankle boot'.split(', ');

  test('its class names are known; a short training reaches more than 80 %', async (context) => {
    const data = ['--data', fashionFolder(context)];
    const settings = [
      '--hidden',
      '32',
      '--initialization',
      'he',
      '--batch-size',
      '100',
      '--epochs',
      '2',
      '--quiet',
      '--no-doubt',
    ];
    const run = await json('train', ...data, ...settings, '--out', 'fashion.model');
    expect(run).toMatchObject({ train: { examples: 59_000 }, test: { examples: 10_000 } });
    expect((run.test as { accuracy: number }).accuracy).toBeGreaterThan(0.8);
    expect(recordOf('fashion.model').classNames).toEqual(GARMENTS);

    const words = await done('evaluate', 'fashion.model', ...data);
    expect(words).toMatch(
      /│ +true ╲ answer T-shi Trous Pullo Dress Coat Sanda Shirt Sneak Bag Ankle +recall│/,
    );
    expect(words).toMatch(/Most frequent mistakes:\n {2}[A-Z][\w/ -]+ read as [A-Z][\w/ -]+: \d+ times\n/);
    // The first line has the path.
    expect(widest(words.slice(words.indexOf('\n')))).toBeLessThanOrEqual(80);
    // The first test example is a boot, as published.
    expect(await done('predict', 'fashion.model', ...data, '--index', '0')).toMatch(
      /^example 0: .*Ankle boot/,
    );

    await refused(
      /the MNIST test set: 10 classes \(0, 1, 2, …\), but fashion\.model knows 10 \(T-shirt\/top, /,
      'evaluate',
      'fashion.model',
    );
  });
});
