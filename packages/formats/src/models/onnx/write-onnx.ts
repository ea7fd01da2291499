import { type ActivationName, describeNetwork, type ModelFile, type OutputName } from '@longhand/core';
import { tensorsOf } from '@longhand/core/files';
import { hiddenActivations, inputInWords, integerClasses, outputOf, plainLayers } from '../dense-layers.js';
import type { ModelWriter } from '../model-format.js';
import { GraphWriter } from './graph-writer.js';

/** The keys of our record in the metadata of the file. */
export const RECORD_PREFIX = 'longhand.';

/** Adds the nodes of an activation to a graph: from the weighted sums z to the name of its output. */
type Nodes = (graph: GraphWriter, z: string, name: string) => string;

const oneNode =
  (opType: string, attributes = {}): Nodes =>
  (graph, z, name) =>
    graph.node(opType, [z], name, attributes);

/** z · σ(f z) */
function timesSigmoid(graph: GraphWriter, z: string, argument: string, name: string): string {
  return graph.node('Mul', [z, graph.node('Sigmoid', [argument], `${name}_sigmoid`)], name);
}

/** Each activation in operators of opset 13, which has neither Gelu nor Swish. */
const ACTIVATION_NODES: Readonly<Record<ActivationName, Nodes>> = {
  relu: oneNode('Relu'),
  'leaky-relu': oneNode('LeakyRelu', { alpha: 0.01 }),
  // z σ(2u) with 2u = √(8/π) (z + 0.044715 z³) = z (√(8/π) + √(8/π) 0.044715 z²)
  gelu(graph, z, name) {
    const slope = Math.sqrt(8 / Math.PI);
    const cube = graph.scalar(`${name}_cubic`, slope * 0.044715);
    const square = graph.node('Mul', [z, z], `${name}_square`);
    const scaled = graph.node('Mul', [square, cube], `${name}_scaled`);
    const factor = graph.node('Add', [scaled, graph.scalar(`${name}_linear`, slope)], `${name}_factor`);
    return timesSigmoid(graph, z, graph.node('Mul', [z, factor], `${name}_argument`), name);
  },
  silu: (graph, z, name) => timesSigmoid(graph, z, z, name),
  sigmoid: oneNode('Sigmoid'),
  tanh: oneNode('Tanh'),
  identity: oneNode('Identity'),
};

const OUTPUT_NODES: Readonly<Record<OutputName, Nodes>> = {
  softmax: oneNode('Softmax', { axis: { int: 1 } }),
  sigmoid: oneNode('Sigmoid'),
};

/** A graph of Gemm and activation nodes that gives probabilities and a label for each row. */
export const onnxWriter: ModelWriter = {
  name: 'onnx',
  label: 'an ONNX model',
  fileName: /\.onnx$/i,
  ending: '.onnx',
  options: ['uint8'],
  usage: (model) =>
    `input float32[N, ${model.network.layers[0]!.W.cols}]: ${inputInWords(model, 'from 0 to 1')}; outputs probabilities and label`,
  write(model, fileName, { uint8 = false }) {
    const graph = new GraphWriter();
    let values = uint8 && !model.record.features ? bytesIn(graph, model) : floatsIn(graph, model);
    const layers = plainLayers(model);
    const activations = hiddenActivations(model);
    for (const [l, { W, b, units, inputs }] of layers.entries()) {
      const n = l + 1;
      const parameters = [graph.floats(`W${n}`, [units, inputs], W), graph.floats(`b${n}`, [units], b)];
      const Z = graph.node('Gemm', [values, ...parameters], `Z${n}`, { transB: { int: 1 } });
      const activation = activations[l];
      values = activation
        ? ACTIVATION_NODES[activation](graph, Z, `A${n}`)
        : OUTPUT_NODES[outputOf(model)](graph, Z, 'probabilities');
    }
    graph.value('output', values, 'float', [layers.at(-1)!.units]);
    labelOut(graph, model, values);
    const { metadata } = tensorsOf(model);
    const record = Object.fromEntries(
      Object.entries(metadata).map(([key, value]) => [RECORD_PREFIX + key, value]),
    );
    const doc = `${describeNetwork(model.network)}, made by Longhand. Input: ${uint8 ? 'bytes, 0 to 255' : inputInWords(model, 'from 0 to 1')}.`;
    return new Map([[fileName, graph.finish(doc, record)]]);
  },
};

/** Floats: pixels from 0 to 1 or, of a table, its columns in their own units. */
function floatsIn(graph: GraphWriter, { network, record }: ModelFile): string {
  const { features, pixelScale } = record;
  const input = graph.value('input', 'input', 'float', [network.layers[0]!.W.cols]);
  if (features) {
    // As core's byteOf: the nearest of 256 even steps; a constant column is 0.
    const minima = graph.floats(
      'minima',
      [features.length],
      Float32Array.from(features, ({ min }) => min),
    );
    const scales = Float32Array.from(features, ({ min, max }) => (max > min ? 255 / (max - min) : 0));
    const above = graph.node('Sub', [input, minima], 'above');
    const steps = graph.node('Mul', [above, graph.floats('scales', [features.length], scales)], 'steps');
    const limits = [graph.scalar('zero', 0), graph.scalar('most', 255)];
    const inside = graph.node('Clip', [steps, ...limits], 'inside');
    const raised = graph.node('Add', [inside, graph.scalar('half', 0.5)], 'raised');
    const bytes = graph.node('Floor', [raised], 'bytes');
    return graph.node('Mul', [bytes, graph.scalar('pixelScale', pixelScale)], 'A0');
  }
  const factor = 255 * pixelScale;
  if (Math.abs(factor - 1) < 1e-9) return input;
  return graph.node('Mul', [input, graph.scalar('pixelScale', factor)], 'A0');
}

/** Bytes: N × height × width. */
function bytesIn(graph: GraphWriter, { record: { width, height, pixelScale } }: ModelFile): string {
  const input = graph.value('input', 'input', 'uint8', [height, width]);
  const floats = graph.node('Cast', [input], 'floats', { to: { int: 1 } });
  const rows = graph.node('Flatten', [floats], 'rows', { axis: { int: 1 } });
  return graph.node('Mul', [rows, graph.scalar('pixelScale', pixelScale)], 'A0');
}

/** The most likely class: its number where classes are numbers, else its name. */
function labelOut(graph: GraphWriter, model: ModelFile, probabilities: string): void {
  const { classNames } = model.record;
  const integers = integerClasses(model);
  const isCount = integers?.every((value, i) => value === i);
  const best = graph.node('ArgMax', [probabilities], isCount ? 'label' : 'best', {
    axis: { int: 1 },
    keepdims: { int: 0 },
  });
  if (!isCount) {
    const classes = integers ? graph.integers('classes', integers) : graph.texts('classes', classNames);
    graph.node('Gather', [classes, best], 'label', { axis: { int: 0 } });
  }
  graph.value('output', 'label', integers ? 'int64' : 'string', []);
}
