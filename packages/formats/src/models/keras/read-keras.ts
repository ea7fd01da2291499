import { type ActivationName, ModelError, type OutputName } from '@longhand/core';
import { isModestJson, modelOf, type Tensor } from '@longhand/core/files';
import { bytesOf } from '../../source/read-bytes.js';
import { halfFloat } from '../arrays/npy.js';
import type { ModelReader, ModelReadOptions } from '../model-format.js';
import { OTHER_GELU } from '../onnx/recognize-activation.js';
import { asTexts } from '../record-texts.js';
import { type ForeignLayer, modelOfStack, type Prelude } from '../stack.js';

/** A tensor of weights, in the order of the file. */
interface Weights {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

type Json = Readonly<Record<string, unknown>>;

/** The names of Keras for activations of hidden layers that Longhand has. */
const ACTIVATIONS: Readonly<Record<string, ActivationName>> = {
  ...{ relu: 'relu', sigmoid: 'sigmoid', tanh: 'tanh', linear: 'identity', swish: 'silu', silu: 'silu' },
  ...{ gelu: 'gelu', gelu_new: 'gelu', geluNew: 'gelu' },
};
/** Layers that do nothing to an answer. */
const PASSING = [
  'InputLayer',
  'Flatten',
  'Dropout',
  'GaussianNoise',
  'GaussianDropout',
  'AlphaDropout',
  'Reshape',
];
/** Of a file of weights beside a model. */
const MAX_WEIGHT_BYTES = 2 ** 30;

/** Layers models of TensorFlow.js. */
export const tfjsReader: ModelReader = {
  kind: 'tfjs',
  async read(bytes, name, options) {
    const json = parse(bytes, name);
    if (json.format === 'graph-model')
      throw new ModelError(
        `${name}: a graph model of TensorFlow.js: save it as a layers model, with model.save()`,
      );
    const weights = await manifestWeights(json, name, options);
    const own = asTexts((json.userDefinedMetadata as Json | undefined)?.longhand);
    if (own) return ownModel(weights, own, name);
    const topology = json.modelTopology as Json | undefined;
    return modelOfTopology((topology?.model_config ?? topology) as Json, weights, 'tfjs', name, options);
  },
};

/** One JSON file with a configuration of Keras and lists of weights, as we write it. */
export const kerasJsonReader: ModelReader = {
  kind: 'keras-json',
  async read(bytes, name, options) {
    const json = parse(bytes, name);
    if (!Array.isArray(json.weights))
      throw new ModelError(
        `${name}: the configuration of a model of Keras without its weights: save the weights, too`,
      );
    const weights = json.weights.map((list, k) => listedWeights(list, `weights ${k}`, name));
    const own = asTexts(json.longhand);
    if (own) return ownModel(weights, own, name);
    return modelOfTopology(json, weights, 'keras-json', name, options);
  },
};

function parse(bytes: Uint8Array, name: string): Json {
  if (!isModestJson(bytes))
    throw new ModelError(
      `${name}: has more lists and objects than a model: expected a stack of dense layers`,
    );
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  } catch {
    // The error below says it.
  }
  throw new ModelError(`${name}: is no JSON object: it is damaged or cut short`);
}

/** The parameters of our own model: kernels are transposed, the record says the rest. */
function ownModel(weights: readonly Weights[], metadata: Record<string, string>, name: string) {
  const tensors = new Map<string, Tensor>();
  for (const [k, { shape, values }] of weights.entries()) {
    const n = Math.floor(k / 2) + 1;
    if (k % 2 === 1) tensors.set(`b${n}`, { shape, values });
    else if (shape.length === 2) {
      const [inputs, units] = shape as [number, number];
      tensors.set(`W${n}`, { shape: [units, inputs], values: transpose(values, inputs, units) });
    }
  }
  return modelOf({ tensors, metadata }, name);
}

async function manifestWeights(json: Json, name: string, { beside }: ModelReadOptions): Promise<Weights[]> {
  const fail = (reason: string): never => {
    throw new ModelError(`${name}: ${reason}`);
  };
  const groups = Array.isArray(json.weightsManifest)
    ? (json.weightsManifest as Json[])
    : fail('names no files of weights');
  const all: Weights[] = [];
  for (const { paths, weights } of groups) {
    if (!Array.isArray(paths) || !Array.isArray(weights)) return fail('its list of weights is damaged');
    const parts: Uint8Array[] = [];
    for (const path of paths as unknown[]) {
      if (typeof path !== 'string' || !/^[^/\\:]+$/.test(path) || path === '..')
        return fail(`names weights ${JSON.stringify(path)}: expected the name of a file beside it`);
      const file = await beside?.(path);
      if (!file) return fail(`its weights are in ${path}, which is missing: open both files together`);
      parts.push(await bytesOf(file, MAX_WEIGHT_BYTES));
    }
    const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    at = 0;
    for (const spec of weights as Json[]) {
      const { name: key, shape, dtype, quantization } = spec;
      if (typeof key !== 'string' || !isShape(shape)) return fail('its list of weights is damaged');
      const count = shape.reduce((product, size) => product * size, 1);
      const { type, scale, min } = quantizationOf(quantization, dtype);
      const size = { float32: 4, float16: 2, uint16: 2, uint8: 1 }[type];
      if (!size || dtype !== 'float32')
        return fail(`weights ${key} have the type ${dtype ?? type}: expected float32`);
      if (at + count * size > bytes.length) return fail(`${(paths as string[]).join(', ')}: is cut short`);
      const view = new DataView(bytes.buffer, at, count * size);
      const read = {
        float32: (i: number) => view.getFloat32(4 * i, true),
        float16: (i: number) => halfFloat(view.getUint16(2 * i, true)),
        uint16: (i: number) => view.getUint16(2 * i, true) * scale + min,
        uint8: (i: number) => view.getUint8(i) * scale + min,
      }[type as 'float32' | 'float16' | 'uint16' | 'uint8'];
      all.push({ name: key, shape, values: Float32Array.from({ length: count }, (_, i) => read(i)) });
      at += count * size;
    }
    if (at !== bytes.length)
      return fail(`${(paths as string[]).join(', ')}: ${bytes.length} bytes, expected ${at}`);
  }
  return all;
}

function quantizationOf(value: unknown, dtype: unknown): { type: string; scale: number; min: number } {
  if (typeof value !== 'object' || value === null) return { type: String(dtype), scale: 1, min: 0 };
  const { dtype: type, scale = 1, min = 0 } = value as Json;
  return { type: String(type), scale: Number(scale), min: Number(min) };
}

function listedWeights(list: unknown, key: string, name: string): Weights {
  const rows: readonly unknown[] = Array.isArray(list) ? list : [];
  const cols = Array.isArray(rows[0]) ? rows[0].length : undefined;
  const isGood = cols === undefined || rows.every((row) => Array.isArray(row) && row.length === cols);
  const values = rows.flat() as unknown[];
  if (rows.length === 0 || !isGood || !values.every((value) => typeof value === 'number'))
    throw new ModelError(`${name}: ${key} is no list of numbers, or of lists of the same length`);
  return {
    name: key,
    shape: cols === undefined ? [rows.length] : [rows.length, cols],
    values: Float32Array.from(values as number[]),
  };
}

/** A stack of dense layers from the configuration of Keras. */
function modelOfTopology(
  topology: Json | undefined,
  weights: readonly Weights[],
  format: string,
  name: string,
  options: ModelReadOptions,
) {
  const fail = (reason: string): never => {
    throw new ModelError(`${name}: ${reason}`);
  };
  const config = topology?.config as Json | readonly Json[] | undefined;
  const listed = Array.isArray(config) ? config : (config as Json | undefined)?.layers;
  if (!Array.isArray(listed)) return fail('has no list of layers');
  const layers: ForeignLayer[] = [];
  const notes: string[] = [];
  const left = [...weights];
  let output: OutputName | undefined;
  let prelude: Prelude | undefined;
  let before: string | undefined;
  const setActivation = (activation: unknown, layer: string) => {
    const last = layers.at(-1);
    const text = typeof activation === 'string' ? activation : nameOf(activation);
    if (!last) return fail(`${layer}: an activation before the first dense layer`);
    if (text === 'softmax') {
      output = 'softmax';
      return;
    }
    const found = Object.hasOwn(ACTIVATIONS, text) ? ACTIVATIONS[text] : undefined;
    if (!found)
      return fail(`${layer}: the activation ${JSON.stringify(text.slice(0, 40))} is none that Longhand has`);
    if (text === 'gelu') notes.push(OTHER_GELU);
    if (last.activation && last.activation !== 'identity' && found !== 'identity')
      return fail(`${layer}: a second activation after ${last.name}`);
    if (found !== 'identity' || !last.activation) layers[layers.length - 1] = { ...last, activation: found };
  };
  for (const entry of listed as Json[]) {
    const kind = String(entry?.class_name);
    const settings = (entry?.config ?? {}) as Json;
    const layer = shown(String(entry?.name ?? settings.name ?? kind));
    requireChain(entry?.inbound_nodes, before, () =>
      fail(`${layer}: does not follow ${before} alone; only a plain chain of layers is read`),
    );
    before = String(entry?.name ?? settings.name ?? kind);
    if (output) return fail(`${layer}: a layer after the softmax`);
    if (PASSING.includes(kind)) continue;
    if (kind === 'Dense') {
      const useBias = settings.use_bias !== false;
      const [kernel, bias] = left.splice(0, useBias ? 2 : 1);
      const units = Number(settings.units);
      if (
        kernel?.shape.length !== 2 ||
        kernel.shape[1] !== units ||
        (useBias && bias?.values.length !== units)
      )
        return fail(`${layer}: its weights are missing, or do not fit ${units} units`);
      const inputs = kernel.shape[0]!;
      const W = transpose(kernel.values, inputs, units);
      layers.push({ name: layer, inputs, units, W, ...(bias && { b: bias.values }) });
      setActivation(settings.activation ?? 'linear', layer);
    } else if (kind === 'Activation') setActivation(settings.activation, layer);
    else if (kind === 'Softmax') setActivation('softmax', layer);
    else if (
      kind === 'ReLU' &&
      (settings.max_value ?? null) === null &&
      !settings.negative_slope &&
      !settings.threshold
    )
      setActivation('relu', layer);
    else if (
      kind === 'LeakyReLU' &&
      Math.abs(Number(settings.alpha ?? settings.negative_slope ?? 0.3) - 0.01) < 1e-6
    ) {
      const last = layers.at(-1);
      if (last?.activation !== 'identity') return fail(`${layer}: a second activation`);
      layers[layers.length - 1] = { ...last, activation: 'leaky-relu' };
    } else if (kind === 'Rescaling' && layers.length === 0 && !prelude) {
      const scale = Number(settings.scale);
      prelude = { scale, shift: Number(settings.offset ?? 0), isBytes: Math.abs(scale) < 0.02 };
    } else
      return fail(
        `${layer}: a layer ${JSON.stringify(kind.slice(0, 40))}${kind === 'LeakyReLU' ? ' with another slope than 0.01' : ''}; only plain stacks of dense layers are read`,
      );
  }
  const last = layers.at(-1);
  if (last && !output) {
    if (last.activation === 'sigmoid') output = 'sigmoid';
    else if (last.activation !== 'identity')
      return fail(
        `${last.name}: ${last.activation} follows the last layer: expected softmax, sigmoid or nothing`,
      );
  }
  return modelOfStack(
    { layers, notes, format, ...(output && { output }), ...(prelude && { prelude }) },
    name,
    options,
  );
}

/** In a functional model, each layer must take the output of the one before, and of no other. */
function requireChain(nodes: unknown, before: string | undefined, fail: () => never): void {
  if (!Array.isArray(nodes) || nodes.length === 0) return;
  const names = JSON.stringify(nodes).match(/\["([^"]+)",\d+,\d+/g) ?? [];
  // Keras 3 writes histories of tensors instead.
  const histories = JSON.stringify(nodes).match(/"keras_history":\["([^"]+)"/g) ?? [];
  const all = [...names.filter((name) => !histories.some((one) => one.endsWith(name))), ...histories];
  if (nodes.length !== 1 || all.length !== 1 || !all[0]!.includes(`"${before}"`)) fail();
}

function nameOf(value: unknown): string {
  const { class_name: kind, config } = (value ?? {}) as Json;
  return String((config as Json | undefined)?.activation ?? kind ?? value);
}

function transpose(values: Float32Array, rows: number, cols: number): Float32Array {
  const turned = new Float32Array(values.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) turned[j * rows + i] = values[i * cols + j]!;
  return turned;
}

function isShape(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function shown(name: string): string {
  return /^[\w./:-]{1,60}$/.test(name) ? name : JSON.stringify(name.slice(0, 60));
}
