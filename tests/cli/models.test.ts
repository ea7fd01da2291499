// convert, compare, and every command on a model of another program.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createNetwork, type ModelFile, parametersSha256 } from '@longhand/core';
import { decodeModel, encodeModel } from '@longhand/core/files';
import { beforeAll, describe, expect, test } from 'vitest';
import { longhand, temporaryFolder } from './command.js';
import { safetensors } from './foreign.js';

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const record: ModelFile['record'] = {
  width: 28,
  height: 28,
  classNames: [...'0123456789'],
  pixelScale: 1 / 255,
  settings: { seed: 1, alpha: 0.1 },
  results: {},
};
const network = createNetwork({ layers: [784, 10, 10], activation: 'tanh' });
const other = createNetwork({ layers: [784, 10, 10], activation: 'tanh', seed: 2 });

/** The parameters of the network, as a module of PyTorch calls them. */
function pytorch(names: readonly string[], convolution = false): Buffer {
  const floats = (values: Float64Array) => new Uint8Array(Float32Array.from(values).buffer);
  const tensors = Object.fromEntries(
    network.layers.flatMap(({ W, b }, l) => [
      [`${names[l]}.bias`, { dtype: 'F32', shape: [b.rows], bytes: floats(b.data) }],
      [`${names[l]}.weight`, { dtype: 'F32', shape: [W.rows, W.cols], bytes: floats(W.data) }],
    ]),
  );
  const conv1 = { dtype: 'F32', shape: [4, 1, 3, 3], bytes: new Uint8Array(4 * 36) };
  return safetensors(convolution ? { 'conv1.weight': conv1, ...tensors } : tensors);
}

/** Two layers of 4 × 4. */
function square(): Buffer {
  const counted = {
    dtype: 'F32',
    shape: [4, 4],
    bytes: new Uint8Array(Float32Array.from(Array(16).keys()).buffer),
  };
  return safetensors({ w1: counted, w2: counted });
}

beforeAll(() => {
  writeFileSync(at('model.safetensors'), encodeModel({ network, record }));
  writeFileSync(
    at('other.safetensors'),
    encodeModel({ network: other, record: { ...record, settings: { seed: 2 } } }),
  );
  writeFileSync(at('torch.safetensors'), pytorch(['fc1', 'fc2']));
  writeFileSync(at('conv.safetensors'), pytorch(['fc1', 'fc2'], true));
});

describe('convert', () => {
  test('writes a file, and reads it back to the same parameters', async () => {
    const { code, stdout, stderr } = await longhand(
      ['convert', 'model.safetensors', '--to', 'm.onnx'],
      folder,
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Saved m\.onnx \([\d,]+ bytes\)\n$/);
    expect(stderr).toMatch(/^an ONNX model: input float32\[N, 784\]/);
    const back = await longhand(['convert', 'm.onnx', '--to', 'back.safetensors', '--json'], folder);
    expect(JSON.parse(back.stdout)).toMatchObject({ format: 'safetensors', notes: [] });
    const read = decodeModel(readFileSync(at('back.safetensors')), 'back');
    expect(await parametersSha256(read.network)).toBe(await parametersSha256(network));
    expect(read.record).toEqual(record);
  });

  test('TensorFlow.js becomes two files, which are read together', async () => {
    await longhand(['convert', 'model.safetensors', '--to', 'm.json'], folder);
    expect(existsSync(at('m.weights.bin'))).toBe(true);
    const { code, stdout } = await longhand(['show', 'm.json', '--unit', '0', '--json'], folder);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).units).toHaveLength(1);
  });

  test('8 bits in C: says how accurate they are', async () => {
    const { code, stdout } = await longhand(
      ['convert', 'model.safetensors', '--to', 'm.h', '--int8'],
      folder,
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/Accuracy [\d.]+% on the MNIST test set, with floats [\d.]+%/);
    expect(readFileSync(at('m.h'), 'utf8')).toMatch(/^ \* Accuracy [\d.]+% on the MNIST test set/m);
  });

  test('parameters of PyTorch: says what it assumed; the flags say otherwise', async () => {
    const assumed = await longhand(['convert', 'torch.safetensors', '--to', 'relu.safetensors'], folder);
    expect(assumed.code).toBe(0);
    expect(assumed.stderr).toMatch(/ReLU is assumed/);
    expect(assumed.stderr).toMatch(/softmax is assumed/);
    expect(assumed.stderr).toMatch(/taken as: pictures of 28 × 28, bytes divided by 255, classes 0 to 9/);
    const flags = ['--activation', 'tanh', '--output', 'softmax', '--classes', 'a,b,c,d,e,f,g,h,i,j'];
    const told = await longhand(
      ['convert', 'torch.safetensors', '--to', 'tanh.safetensors', ...flags],
      folder,
    );
    expect(told.stderr).not.toMatch(/assumed/);
    const read = decodeModel(readFileSync(at('tanh.safetensors')), 'tanh');
    expect(await parametersSha256(read.network)).toBe(await parametersSha256(network));
    expect(read.network.layers[0]!.g.name).toBe('tanh');
    expect(read.record.classNames).toEqual([...'abcdefghij']);
  });

  test.each<[string[], RegExp]>([
    [['model.safetensors'], /^longhand: --to: missing/],
    [['model.safetensors', '--to', ''], /^longhand: --to: the file name is empty/],
    [['model.safetensors', '--to', 'm.onnx/'], /^longhand: --to m\.onnx\/: is a folder: name a file in it/],
    [['model.safetensors', '--to', 'model.safetensors'], /would replace model\.safetensors/],
    [['model.safetensors', '--to', 'm.tflite'], /m\.tflite: the ending tells no format/],
    [['model.safetensors', '--to', 'nowhere/m.onnx'], /the folder does not exist/],
    [['model.safetensors', '--to', 'm.js', '--int8'], /int8: a JavaScript module has no such option/],
    [['conv.safetensors', '--to', 'm.onnx'], /conv1: a convolution \(an array of shape \[4, 1, 3, 3\]\)/],
    [
      ['torch.safetensors', '--to', 'm.onnx', '--activation', 'swish'],
      /^longhand: --activation: .*relu.*\(Did you mean silu\?\)/,
    ],
  ])('%j is refused in one line', async (args, line) => {
    const { code, stdout, stderr } = await longhand(['convert', ...args], folder);
    expect(stderr).toMatch(line);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

test.each([
  ['evaluate', '--json'],
  ['predict', '--index', '3', '--json'],
  ['explain', 'Z1[3]', '--index', '3', '--json'],
  ['check', '--examples', '4', '--json'],
])('%s takes a model of another program', async (command, ...flags) => {
  const [first, ...rest] = flags;
  const args =
    command === 'explain' ? ['torch.safetensors', first!, ...rest] : ['torch.safetensors', ...flags];
  const { code, stdout, stderr } = await longhand([command!, ...args], folder);
  expect(code, stderr).toBe(0);
  expect(() => JSON.parse(stdout)).not.toThrow();
  expect(stderr).toMatch(/torch\.safetensors: it does not say the activation/);
});

describe('what the file of another program leaves open', () => {
  const flags = ['--activation', 'tanh', '--output', 'softmax', '--classes', '0,1,2,3,4,5,6,7,8,9'];

  test.each([
    ['evaluate', 'torch.safetensors', '--examples', '50'],
    ['predict', 'torch.safetensors', '--index', '3'],
    ['explain', 'torch.safetensors', 'Z2[3]', '--index', '3'],
    ['show', 'torch.safetensors', '--unit', '0'],
    ['check', 'torch.safetensors', '--examples', '3'],
    ['compare', 'torch.safetensors', 'torch.safetensors'],
  ])('%s takes it from the flags: nothing is assumed', async (...args) => {
    const told = await longhand([...args, ...flags, '--json'], folder);
    expect(told.code, told.stderr).toBe(0);
    expect(told.stderr).not.toMatch(/assumed/);
  });

  test('the flags change the answers', async () => {
    const answer = async (...args: string[]) => {
      const { stdout } = await longhand(['predict', ...args, '--index', '3', '--json'], folder);
      return JSON.parse(stdout)[0].probabilities;
    };
    const right = await answer('model.safetensors');
    expect(await answer('torch.safetensors', '--activation', 'tanh')).toEqual(right);
    expect(await answer('torch.safetensors')).not.toEqual(right);
  });

  test('the orientation of a square stack can be told to every command', async () => {
    writeFileSync(at('square.safetensors'), square());
    const open = await longhand(['show', 'square.safetensors', '--unit', '0', '--json'], folder);
    expect([open.code, open.stdout]).toEqual([2, '']);
    expect(open.stderr).toMatch(
      /^longhand: square\.safetensors: the shapes do not tell .* Pass --orientation/,
    );
    const unit = async (orientation: string) => {
      const args = ['show', 'square.safetensors', '--unit', '0', '--json', '--orientation', orientation];
      return JSON.parse((await longhand(args, folder)).stdout).units[0].weights;
    };
    expect(await unit('out-in')).toEqual([0, 1, 2, 3]);
    expect(await unit('in-out')).toEqual([0, 4, 8, 12]);
  });

  test('a model of ours says it itself', async () => {
    const { code, stderr } = await longhand(
      ['show', 'model.safetensors', '--unit', '0', '--json', '--activation', 'relu'],
      folder,
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(/^model\.safetensors: says itself what its activations, output and classes are/);
  });
});

describe('compare', () => {
  test('counts that add up, settings and weights that differ', async () => {
    const { code, stdout } = await longhand(
      ['compare', 'model.safetensors', 'other.safetensors', '--json'],
      folder,
    );
    expect(code).toBe(0);
    const { models, examples, bothRight, bothWrong, mcnemar, differences, settings, weights } =
      JSON.parse(stdout);
    expect(bothRight + bothWrong + mcnemar.onlyFirst + mcnemar.onlySecond).toBe(examples);
    expect(models[0].correct - models[1].correct).toBe(mcnemar.onlyFirst - mcnemar.onlySecond);
    expect(differences.length).toBeGreaterThan(0);
    expect(settings).toEqual([
      { name: 'seed', values: [1, 2] },
      { name: 'alpha', values: [0.1, null] },
    ]);
    expect(weights.map(({ name }: { name: string }) => name)).toEqual(['W1', 'b1', 'W2', 'b2']);
  });

  test('a model and the same in another format: no example tells them apart', async () => {
    const { code, stdout } = await longhand(['compare', 'model.safetensors', 'torch.safetensors'], folder);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Weights and biases are the same to the last bit/);
    for (const line of stdout.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
  });
});

describe('a model of another program for a table', () => {
  // z = 0.2 a − 3 b + 4, far from 0…1 and from 0…255.
  const weights = [0.2, -3];
  const rows = [
    [-40, 1.5, 0],
    [310, 2, 1],
    [95, 9.25, 0],
    [120, 10, 0],
    [90, 4, 1],
  ] as const;
  const expected = rows.map(([a, b]) => 1 / (1 + Math.exp(-(weights[0]! * a + weights[1]! * b + 4))));
  beforeAll(() => {
    const floats = (values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
    const tensors = {
      'fc.weight': { dtype: 'F32', shape: [2, 2], bytes: floats([0, 0, ...weights]) },
      'fc.bias': { dtype: 'F32', shape: [2], bytes: floats([0, 4]) },
    };
    writeFileSync(at('table.safetensors'), safetensors(tensors));
    const table = (names: readonly string[]) =>
      `a,b,label\n${rows.map(([a, b, label]) => `${a},${b},${names[label]}\n`).join('')}`;
    writeFileSync(at('table.csv'), table(['0', '1']));
    writeFileSync(at('words.csv'), table(['low', 'high']));
    writeFileSync(at('none.csv'), `a,b\n${rows.map(([a, b]) => `${a},${b}\n`).join('')}`);
  });

  test.each([['table.csv'], ['none.csv']])(
    'takes the columns of %s as the numbers that they are',
    async (data) => {
      const args = ['predict', 'table.safetensors', '--orientation', 'out-in', '--data', data];
      const { stdout, stderr } = await longhand([...args, '--out', 'a.csv', '--probabilities'], folder);
      expect(stderr).toContain('takes the columns as the numbers that they are');
      expect(stdout).toContain('Saved 5 answers');
      const answers = readFileSync(at('a.csv'), 'utf8').trim().split('\n').slice(1);
      for (const [k, answer] of answers.entries()) {
        // A step of a is 350 / 255.
        const z = (p: number) => Math.log(p / (1 - p));
        const found = Number(answer.split(',')[3]);
        if (expected[k]! > 1e-5 && expected[k]! < 1 - 1e-5)
          expect(Math.abs(z(found) - z(expected[k]!))).toBeLessThan(0.2);
        expect(found > 0.5).toBe(expected[k]! > 0.5);
      }
    },
  );

  test('becomes programs that take the columns as they are', async () => {
    const args = ['convert', 'table.safetensors', '--orientation', 'out-in', '--to'];
    const { stderr: told } = await longhand([...args, 'table.js'], folder);
    expect(told).toContain('it takes 2 columns, as the numbers that they are');
    const { predict } = await import(pathToFileURL(at('table.js')).href);
    for (const [k, [a, b]] of rows.entries())
      expect(predict([a, b]).probabilities[1]).toBeCloseTo(expected[k]!, 5);
    await longhand([...args, 'table.h'], folder);
    expect(readFileSync(at('table.h'), 'utf8')).toContain('const float *a0 = values;');
    const { code, stderr } = await longhand([...args, 'small.h', '--int8'], folder);
    expect(code).toBe(2);
    expect(stderr).toContain('int8: this model takes the columns of a table, whose ranges it does not know');
  });

  test('hears of --classes where the labels are words', async () => {
    const args = ['evaluate', 'table.safetensors', '--orientation', 'out-in', '--data', 'words.csv'];
    const { code, stderr } = await longhand([...args, '--quiet'], folder);
    expect([code, stderr]).toEqual([
      2,
      'longhand: words.csv: line 2, column 3 (label): expected a label that was trained on (0, 1), found "low": if the data have its classes, name these in their order with --classes\n',
    ]);
    const { stdout } = await longhand([...args, '--classes', 'low,high', '--quiet'], folder);
    expect(stdout).toMatch(/^100\.00% accuracy/);
  });
});
