// train --from: goes on training from a model of ours or of another program.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as core from '@longhand/core';
import { createNetwork, Dataset, Model, type ModelFile, parametersSha256 } from '@longhand/core';
import { decodeModel, encodeModel } from '@longhand/core/files';
import { createRandom } from '@longhand/core/maths';
import { fileOf } from '@longhand/formats';
import { readModel, writeModel } from '@longhand/formats/models';
import { beforeAll, describe, expect, test } from 'vitest';
import { longhand, temporaryFolder } from './command.js';
import { safetensors } from './foreign.js';

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const SIDE = 6;
const CLASSES = ['left', 'middle', 'right'];
const network = createNetwork({ layers: [SIDE * SIDE, 7, 3], activation: 'tanh', seed: 4 });
const model: ModelFile = {
  network,
  record: {
    ...{ width: SIDE, height: SIDE, classNames: CLASSES, pixelScale: 1 / 255 },
    settings: {},
    results: {},
  },
};
const run = (...args: string[]) => longhand(['train', '--data', 'bars.csv', ...args], folder);
const recordOf = (name: string) => decodeModel(readFileSync(at(name)), name).record;

/** Pictures of a bar that stands left, in the middle or right. */
function bars(length: number) {
  const random = createRandom(2, 'bars');
  return Array.from({ length }, () => {
    const label = random.below(3);
    const pixels = Array.from({ length: SIDE * SIDE }, (_, i) =>
      Math.floor((i % SIDE) / 2) === label ? 255 - random.below(60) : random.below(90),
    );
    return { label, pixels };
  });
}

beforeAll(() => {
  const header = ['label', ...Array.from({ length: SIDE * SIDE }, (_, i) => `pixel${i}`)].join(',');
  const rows = bars(90).map(({ label, pixels }) => `${CLASSES[label]},${pixels.join(',')}`);
  writeFileSync(at('bars.csv'), `${header}\n${rows.join('\n')}\n`);
  writeFileSync(at('own.safetensors'), encodeModel(model));
  for (const fileName of ['m.onnx', 'm.npz', 'm.json', 'm.js'])
    for (const [name, bytes] of writeModel(model, { fileName })) writeFileSync(at(name), bytes);
  const tensors = network.layers.flatMap(({ W, b }, l) => [
    [`fc${l + 1}.weight`, { dtype: 'F32', shape: [W.rows, W.cols], bytes: bytesOf(W.data) }] as const,
    [`fc${l + 1}.bias`, { dtype: 'F32', shape: [b.rows], bytes: bytesOf(b.data) }] as const,
  ]);
  writeFileSync(at('torch.safetensors'), safetensors(Object.fromEntries(tensors)));
});

const bytesOf = (values: Float64Array) => new Uint8Array(Float32Array.from(values).buffer);

test.each(['own.safetensors', 'm.onnx', 'm.npz', 'm.json', 'm.js'])(
  '%s: the same parameters in any format become the same model, whose record says where it started',
  async (from) => {
    const out = `${from}.out`;
    const args = ['--from', from, '--epochs', '3', '--batch-size', '16', '--dev', '9', '--out', out];
    const { code, stdout, stderr } = await run(...args, '--json');
    expect(code, stderr).toBe(0);
    const { startedFrom, parametersSha256: found, dev } = JSON.parse(stdout);
    expect(startedFrom).toMatchObject({ file: from, parametersSha256: await parametersSha256(network) });
    expect(recordOf(out).results.startedFrom).toEqual(startedFrom);
    expect(recordOf(out).settings).toMatchObject({ hidden: [7], activation: ['tanh'], batchSize: 16 });
    const begun = await fitFrom(new Model(model));
    expect(found).toBe(await parametersSha256(begun.network));
    expect(found).not.toBe(await parametersSha256(network));
    expect(dev.examples).toBe(9);
  },
);

const fitFrom = (from: Model) => {
  const pictures = bars(90);
  const dataset = new Dataset({
    pixels: Uint8Array.from(pictures.flatMap(({ pixels }) => pixels)),
    labels: Uint8Array.from(pictures, ({ label }) => label),
    ...{ width: SIDE, height: SIDE, classNames: CLASSES },
  });
  return core.fit(dataset, { from, epochs: 3, batchSize: 16, dev: 9, devEvery: 1, threads: 0 });
};

test('fit goes on from a model of another program, and its record says so', async () => {
  const read = await readModel(fileOf('torch.safetensors', readFileSync(at('torch.safetensors'))), {
    activation: 'tanh',
    classNames: CLASSES,
  });
  expect(read.record.results).toEqual({ importedFrom: 'safetensors' });
  const better = await fitFrom(new Model(read));
  expect(better.record.results.startedFrom).toEqual({
    parametersSha256: await parametersSha256(network),
    importedFrom: 'safetensors',
  });
  expect(await parametersSha256(better.network)).toBe(
    await parametersSha256((await fitFrom(new Model(model))).network),
  );
});

test('train --from reads what other programs leave open from the flags', async () => {
  const args = ['--from', 'torch.safetensors', '--classes', CLASSES.join(), '--activation', 'tanh'];
  const { code, stdout, stderr } = await run(...args, '--iterations', '2', '--out', 'torch.out', '--json');
  expect(code, stderr).toBe(0);
  expect(stderr).not.toMatch(/ReLU is assumed/);
  expect(JSON.parse(stdout).startedFrom).toEqual({
    file: 'torch.safetensors',
    parametersSha256: await parametersSha256(network),
    importedFrom: 'safetensors',
  });
});

test('a preset overrides the settings, and the network stays', async () => {
  const args = [
    '--from',
    'own.safetensors',
    '--preset',
    'quick',
    '--batch-size',
    '16',
    '--epochs',
    '1',
    '--out',
    'preset.safetensors',
  ];
  const { code, stdout, stderr } = await run(...args, '--json');
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout).layers).toEqual([SIDE * SIDE, 7, 3]);
  expect(recordOf('preset.safetensors').settings).toMatchObject({
    activation: ['tanh'],
    batchSize: 16,
    alpha: 0.15,
  });
  const { code: shown, stderr: line } = await longhand(['show', 'preset.safetensors', '--learned'], folder);
  expect(shown).toBe(2);
  expect(line).toMatch(/was trained further from another model/);
});

describe('what does not fit is one line', () => {
  test.each<[string, string[], RegExp]>([
    [
      'MNIST',
      ['train', '--from', 'own.safetensors'],
      /MNIST: pictures of 28 × 28, but own\.safetensors .*6 × 6/,
    ],
    [
      'other classes',
      ['train', '--data', 'bars.csv', '--from', 'torch.safetensors'],
      /expected a label that was trained on \(0, 1, 2\), found "(left|middle|right)"/,
    ],
    [
      'the classes named',
      ['train', '--data', 'bars.csv', '--from', 'torch.safetensors', '--classes', 'a,b'],
      /2 class names: it has 3 outputs/,
    ],
    [
      'another network',
      ['train', '--data', 'bars.csv', '--from', 'own.safetensors', '--hidden', '9'],
      /--hidden 9: excludes/,
    ],
    [
      'an initialization',
      ['train', '--data', 'bars.csv', '--from', 'm.onnx', '--initialization', 'he'],
      /--initialization: needs a new network/,
    ],
    [
      'a checkpoint',
      ['train', '--data', 'bars.csv', '--from', 'm.onnx', '--resume', 'x'],
      /--from and --resume exclude each other/,
    ],
    ['no model', ['train', '--from', 'bars.csv'], /bars\.csv: is .*, no model: expected/],
    ['no file', ['train', '--from', 'nowhere'], /nowhere: no such file/],
    ['no name', ['train', '--from', ''], /--from: the file name is empty/],
  ])('%s', async (_, args, line) => {
    const { code, stdout, stderr } = await longhand(
      [...args, '--out', 'none.safetensors', '--quiet'],
      folder,
    );
    expect(stderr).toMatch(line);
    expect(stderr).toMatch(/^longhand: [^\n]+\n$/);
    expect([code, stdout]).toEqual([2, '']);
  });
});
