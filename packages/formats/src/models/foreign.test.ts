import { createNetwork, ModelError, type Network } from '@longhand/core';
import { forward, matrix } from '@longhand/core/maths';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { fileOf } from '../source/input-file.js';
import { encodeNpy } from './arrays/npy.js';
import { floatBytes } from './dense-layers.js';
import { readModel } from './index.js';
import { GraphWriter } from './onnx/graph-writer.js';

const network = createNetwork({ layers: [6, 5, 3], activation: 'tanh', seed: 4 });
const [first, second] = network.layers as [Network['layers'][0], Network['layers'][0]];
const floats = (data: Float64Array) => Float32Array.from(data);
const transposed = ({ rows, cols, data }: { rows: number; cols: number; data: Float64Array }) =>
  Float32Array.from({ length: data.length }, (_, k) => data[(k % rows) * cols + Math.floor(k / rows)]!);

const bytesOf = {
  F32: (values: Float32Array) => floatBytes(values),
  F64: (values: Float32Array) => new Uint8Array(Float64Array.from(values).buffer),
  // The upper half of a 32-bit float.
  BF16: (values: Float32Array) => floatBytes(values).filter((_, k) => k % 4 >= 2),
} as const;

interface Array_ {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

const W1: Array_ = { shape: [5, 6], values: floats(first.W.data) };
const b1: Array_ = { shape: [5], values: floats(first.b.data) };
const W2: Array_ = { shape: [3, 5], values: floats(second.W.data) };
const b2: Array_ = { shape: [3], values: floats(second.b.data) };
const K1: Array_ = { shape: [6, 5], values: transposed(first.W) };
const K2: Array_ = { shape: [5, 3], values: transposed(second.W) };

function safetensors(
  arrays: Readonly<Record<string, Array_>>,
  dtype: keyof typeof bytesOf = 'F32',
): Uint8Array {
  let end = 0;
  const header: Record<string, object> = {};
  const parts = Object.entries(arrays).map(([name, { shape, values }]) => {
    const bytes = bytesOf[dtype](values);
    header[name] = { dtype, shape, data_offsets: [end, end + bytes.length] };
    end += bytes.length;
    return bytes;
  });
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(json.length), true);
  return Uint8Array.from([length, json, ...parts].flatMap((part) => [...part]));
}

const npz = (arrays: Readonly<Record<string, Array_>>) =>
  zipSync(
    Object.fromEntries(
      Object.entries(arrays).map(([name, { shape, values }]) => [
        `${name}.npy`,
        encodeNpy('<f4', shape, floatBytes(values)),
      ]),
    ),
  );

const read = (bytes: Uint8Array, name = 'm', options = {}) => readModel(fileOf(name, bytes), options);

/** The answers of a network for some inputs. */
function answersOf(one: Network): number[] {
  const X = matrix(
    6,
    3,
    Float64Array.from({ length: 18 }, (_, k) => Math.sin(k)),
  );
  return [...forward(one, X).A.at(-1)!.data];
}

function expectSame(found: Network, tolerance = 0): void {
  const expected = answersOf(network);
  for (const [k, value] of answersOf(found).entries())
    expect(Math.abs(value - expected[k]!)).toBeLessThanOrEqual(tolerance);
}

describe('parameters with names: the same answers from', () => {
  test.each<[string, Record<string, Array_>]>([
    ['PyTorch, named layers', { 'fc1.bias': b1, 'fc1.weight': W1, 'fc2.bias': b2, 'fc2.weight': W2 }],
    ['PyTorch, nested Sequential', { '0.0.bias': b1, '0.0.weight': W1, '2.bias': b2, '2.weight': W2 }],
    ['Keras', { 'layers.0.bias': b1, 'layers.0.kernel': K1, 'layers.1.bias': b2, 'layers.1.kernel': K2 }],
    [
      'Keras 3',
      {
        'layers/dense/vars/0': K1,
        'layers/dense/vars/1': b1,
        'layers/dense_1/vars/0': K2,
        'layers/dense_1/vars/1': b2,
      },
    ],
    [
      'names in another order than the layers',
      { 'body.weight': W2, 'body.bias': b2, 'stem.weight': W1, 'stem.bias': b1 },
    ],
    ['the notebook', { W1, b1: { ...b1, shape: [5, 1] }, W2, b2: { ...b2, shape: [3, 1] } }],
    ['scikit-learn', { coefs_0: K1, coefs_1: K2, intercepts_0: b1, intercepts_1: b2 }],
    ['np.savez without names', { arr_0: K1, arr_1: b1, arr_2: K2, arr_3: b2 }],
  ])('%s', async (_, arrays) => {
    // Of an npz file, a name with a folder in it is none that NumPy gives.
    const hasFolders = Object.keys(arrays).some((name) => name.includes('/'));
    for (const bytes of [safetensors(arrays), ...(hasFolders ? [] : [npz(arrays)])]) {
      const { network: found, notes } = await read(bytes, 'm', { activation: 'tanh', output: 'softmax' });
      expectSame(found);
      expect(notes!.join()).toMatch(/taken as: rows of 6 columns, classes 0 to 2/);
      expect(notes!.join()).not.toMatch(/assumed|rounded/);
    }
  });

  test('64-bit floats, rounded where that changes them; 16 bits, which lose digits before', async () => {
    const arrays = { 'a.weight': W1, 'a.bias': b1, 'b.weight': W2, 'b.bias': b2 };
    const exact = await read(safetensors(arrays, 'F64'), 'm', { activation: 'tanh' });
    expectSame(exact.network);
    expect(exact.notes!.join()).not.toMatch(/rounded/);
    const brain = await read(safetensors(arrays, 'BF16'), 'm', { activation: 'tanh' });
    expectSame(brain.network, 0.02);
    expect(answersOf(brain.network)).not.toEqual(answersOf(network));
  });

  test('what is not given is assumed, and said', async () => {
    const { network: found, notes } = await read(
      safetensors({ 'a.weight': W1, 'b.weight': W2, 'b.bias': b2 }),
    );
    expect(found.layers[0]!.g.name).toBe('relu');
    expect(notes).toEqual([
      'a: no biases, so they are 0',
      expect.stringMatching(/ReLU is assumed/),
      expect.stringMatching(/softmax is assumed/),
      expect.stringMatching(/^taken as/),
    ]);
  });
});

describe('what is no plain stack of dense layers is refused with the first layer that is not', () => {
  const matrixOf = (rows: number, cols: number): Array_ => ({
    shape: [rows, cols],
    values: new Float32Array(rows * cols).fill(1),
  });
  test.each<[string, Record<string, Array_>, string]>([
    [
      'a convolution',
      { 'conv1.weight': { shape: [1, 1, 2, 3], values: W1.values.slice(0, 6) }, 'fc.weight': W1 },
      'conv1: a convolution',
    ],
    ['normalization', { 'bn1.running_mean': b1, 'fc.weight': W1 }, 'bn1: batch normalization'],
    [
      'layer normalization',
      { 'fc.weight': W1, 'fc.bias': b1, 'norm.weight': b1, 'norm.bias': b1 },
      'norm: no dense layer',
    ],
    [
      'layers that do not fit',
      { 'a.weight': W1, 'b.weight': matrixOf(3, 4) },
      'its matrices are no chain of layers: a.weight [5, 6], b.weight [3, 4]',
    ],
    [
      'square matrices without a hint',
      { W1: matrixOf(4, 4), W2: matrixOf(4, 4) },
      'Pass --orientation out-in',
    ],
    ['one output', { 'a.weight': matrixOf(1, 6) }, 'a: one output'],
    ['nothing', {}, 'has no matrix of weights'],
    [
      'numbers that are not finite',
      { 'a.weight': { shape: [3, 2], values: new Float32Array(6).fill(Number.NaN) } },
      'the weights of a holds NaN at entry 0',
    ],
  ])('%s', async (_, arrays, message) => {
    await expect(read(safetensors(arrays))).rejects.toThrow(ModelError);
    await expect(read(safetensors(arrays))).rejects.toThrow(message);
  });

  test('square matrices whose orientation is given', async () => {
    const arrays = { W1: matrixOf(4, 4), W2: matrixOf(4, 4) };
    expect((await read(safetensors(arrays), 'm', { orientation: 'in-out' })).network.layers).toHaveLength(2);
  });
});

describe('ONNX of other programs', () => {
  /** Two dense layers as MatMul and Add, with something between them and after. */
  function onnx(
    between: (graph: GraphWriter, z: string) => string,
    { after = 'Softmax', before = (_: GraphWriter, x: string) => x } = {},
  ): Uint8Array {
    const graph = new GraphWriter();
    let x = before(graph, graph.value('input', 'x', 'float', [6]));
    for (const [n, W, b] of [
      [1, K1, b1],
      [2, K2, b2],
    ] as const) {
      const product = graph.node('MatMul', [x, graph.floats(`kernel${n}`, W.shape, W.values)], `product${n}`);
      const sums = graph.node('Add', [product, graph.floats(`bias${n}`, b.shape, b.values)], `sums${n}`);
      x = n === 1 ? between(graph, sums) : sums;
    }
    if (after) x = graph.node(after, [x], 'answer', after === 'Softmax' ? { axis: { int: 1 } } : {});
    graph.value('output', x, 'float', [3]);
    return graph.finish('', {});
  }

  const tanh = (graph: GraphWriter, z: string) => graph.node('Tanh', [z], 'a');

  test('MatMul, Add and Tanh', async () => {
    const { network: found, notes } = await read(onnx(tanh));
    expectSame(found);
    expect(notes!.join()).not.toMatch(/assumed/);
    const logits = await read(onnx(tanh, { after: '' }));
    expectSame(logits.network);
    expect(logits.notes!.join()).toMatch(/softmax is assumed/);
    expect((await read(onnx(tanh, { after: 'Sigmoid' }))).network.output.name).toBe('sigmoid');
  });

  test('an activation is known by its values, however it is written', async () => {
    const silu = (graph: GraphWriter, z: string) =>
      graph.node('Mul', [graph.node('Sigmoid', [z], 's'), z], 'a');
    expect((await read(onnx(silu))).network.layers[0]!.g.name).toBe('silu');
    const relu = (graph: GraphWriter, z: string) => graph.node('Max', [z, graph.scalar('zero', 0)], 'a');
    expect((await read(onnx(relu))).network.layers[0]!.g.name).toBe('relu');
    const gelu = (graph: GraphWriter, z: string) => {
      const root = graph.node('Div', [z, graph.scalar('root', Math.SQRT2)], 'r');
      const one = graph.node('Add', [graph.node('Erf', [root], 'e'), graph.scalar('one', 1)], 'o');
      return graph.node('Mul', [graph.node('Mul', [z, one], 'm'), graph.scalar('half', 0.5)], 'a');
    };
    const found = await read(onnx(gelu));
    expect(found.network.layers[0]!.g.name).toBe('gelu');
    expect(found.notes!.join()).toMatch(/error function/);
  });

  test('an input that is scaled: the first layer does it', async () => {
    const before = (graph: GraphWriter, x: string) => {
      const centered = graph.node('Sub', [x, graph.scalar('mean', 0.5)], 'centered');
      return graph.node('Div', [centered, graph.scalar('deviation', 0.25)], 'scaled');
    };
    const { network: found, notes } = await read(onnx(tanh, { before }));
    expect(notes!.join()).toMatch(/it scales its input/);
    const X = matrix(
      6,
      1,
      Float64Array.from({ length: 6 }, (_, k) => k / 6),
    );
    const scaled = matrix(
      6,
      1,
      X.data.map((x) => (x - 0.5) / 0.25),
    );
    const [a, b] = [forward(found, X), forward(network, scaled)].map(({ A }) => A.at(-1)!.data);
    for (const [k, value] of a!.entries()) expect(value).toBeCloseTo(b![k]!, 5);
  });

  test.each<[string, (graph: GraphWriter, z: string) => string, string]>([
    [
      'a convolution',
      (graph, z) => graph.node('Conv', [z, graph.floats('k', [1, 1, 1, 1], Float32Array.of(1))], 'conv1'),
      'conv1_Conv: a layer "Conv"',
    ],
    [
      'an activation that is none of ours',
      (graph, z) => graph.node('Elu', [z], 'a'),
      'the activation between product1_MatMul and product2_MatMul is none that Longhand has',
    ],
    [
      'a residual connection',
      (graph, z) => {
        const twice = graph.node(
          'MatMul',
          [graph.node('Relu', [z], 'r'), graph.floats('w', [5, 5], new Float32Array(25))],
          'y',
        );
        return graph.node('Add', [twice, z], 'sum');
      },
      'sum_Add: a layer "Add" of two layers (a residual connection)',
    ],
  ])('%s is refused', async (_, between, message) => {
    await expect(read(onnx(between))).rejects.toThrow(ModelError);
    await expect(read(onnx(between))).rejects.toThrow(message);
  });
});

describe('TensorFlow.js', () => {
  const model = (layers: readonly object[], extra = {}) =>
    new TextEncoder().encode(
      JSON.stringify({
        format: 'layers-model',
        modelTopology: { model_config: { class_name: 'Sequential', config: { layers } } },
        weightsManifest: [
          {
            paths: ['group1-shard1of1.bin'],
            weights: [
              { name: 'dense/kernel', shape: [6, 5], dtype: 'float32' },
              { name: 'dense/bias', shape: [5], dtype: 'float32' },
              { name: 'dense_1/kernel', shape: [5, 3], dtype: 'float32' },
              { name: 'dense_1/bias', shape: [3], dtype: 'float32' },
            ],
          },
        ],
        ...extra,
      }),
    );
  const weights = Uint8Array.from([K1, b1, K2, b2].flatMap(({ values }) => [...floatBytes(values)]));
  const beside = async (name: string) =>
    name === 'group1-shard1of1.bin' ? fileOf(name, weights) : undefined;
  const dense = (name: string, units: number, activation: string) => ({
    class_name: 'Dense',
    config: { name, units, activation },
  });
  const usual = [
    dense('dense', 5, 'tanh'),
    { class_name: 'Dropout', config: { rate: 0.2 } },
    dense('dense_1', 3, 'softmax'),
  ];

  test('dense layers, with a dropout that does nothing to an answer', async () => {
    expectSame((await read(model(usual), 'model.json', { beside })).network);
  });

  test.each<[string, Uint8Array, string]>([
    [
      'a convolution',
      model([{ class_name: 'Conv2D', config: { name: 'conv2d' } }, ...usual]),
      'conv2d: a layer "Conv2D"',
    ],
    ['a graph model', model(usual, { format: 'graph-model' }), 'a graph model of TensorFlow.js'],
    [
      'weights outside its folder',
      model(usual, { weightsManifest: [{ paths: ['../secret'], weights: [] }] }),
      'expected the name of a file beside it',
    ],
    [
      'missing weights',
      model(usual, { weightsManifest: [{ paths: ['none.bin'], weights: [] }] }),
      'its weights are in none.bin, which is missing',
    ],
  ])('%s is refused', async (_, bytes, message) => {
    await expect(read(bytes, 'model.json', { beside })).rejects.toThrow(ModelError);
    await expect(read(bytes, 'model.json', { beside })).rejects.toThrow(message);
  });
});

test.each<[string, string, readonly number[], RegExp]>([
  ['HDF5', 'm.h5', [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a], /m\.h5: is an HDF5 file .*savez/],
  ['a pickle', 'm.pkl', [0x80, 0x04, 0x95, 0x10], /m\.pkl: is a .*pickle/],
  [
    'a PNG',
    'm.png',
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    /m\.png: is a PNG picture, no model: expected a model of Longhand/,
  ],
  ['nothing known', 'm.bin', [1, 2, 3, 4], /m\.bin: is no model: expected a model of Longhand/],
])('%s in place of a model is named', async (_, name, bytes, message) => {
  await expect(read(Uint8Array.from(bytes), name)).rejects.toThrow(message);
});
