import type { ActivationName, ModelFile, OutputName } from '@longhand/core';
import { takesNumbers } from '../../recognize/takes-numbers.js';
import {
  hiddenActivations,
  inputInWords,
  outputOf,
  type PlainLayer,
  plainLayers,
  transposed,
} from '../dense-layers.js';

/** A layer in the configuration of a model of Keras. */
interface LayerConfig {
  readonly class_name: string;
  readonly config: { readonly name: string } & Readonly<Record<string, unknown>>;
  /** The layers whose outputs it takes. Most take that of the layer before. */
  readonly inputs?: readonly string[];
}

/** The configuration of a model: `{ class_name, config }`. */
export interface KerasTopology {
  readonly class_name: 'Sequential' | 'Functional';
  readonly config: Readonly<Record<string, unknown>>;
}

/** Makes layers of an activation for the weighted sums that layer `z` gives. */
type ActivationLayers = (z: string) => readonly LayerConfig[];

/**
 * Each activation as Keras and TensorFlow.js have it: by its name in a dense layer, or as layers of its
 * own. Their `gelu` is the one with the error function, so ours is composed.
 */
const ACTIVATIONS: Readonly<Record<ActivationName, string | ActivationLayers>> = {
  relu: 'relu',
  'leaky-relu': (z) => [{ class_name: 'LeakyReLU', config: { name: `${z}leaky`, alpha: 0.01 } }],
  // z σ(2u) with 2u = √(8/π) (z + 0.044715 z³)
  gelu: (z) => [
    // TensorFlow.js 4.22 frees a tensor that is an input twice, hence the copies.
    { class_name: 'Rescaling', config: { name: `${z}copy`, scale: 1, offset: 0 }, inputs: [z] },
    { class_name: 'Rescaling', config: { name: `${z}other`, scale: 1, offset: 0 }, inputs: [z] },
    { class_name: 'Multiply', config: { name: `${z}cube` }, inputs: [z, `${z}copy`, `${z}other`] },
    { class_name: 'Rescaling', config: { name: `${z}cubic`, scale: 0.044715, offset: 0 } },
    { class_name: 'Add', config: { name: `${z}sum` }, inputs: [z, `${z}cubic`] },
    { class_name: 'Rescaling', config: { name: `${z}argument`, scale: Math.sqrt(8 / Math.PI), offset: 0 } },
    { class_name: 'Activation', config: { name: `${z}sigmoid`, activation: 'sigmoid' } },
    { class_name: 'Multiply', config: { name: `${z}gelu` }, inputs: [z, `${z}sigmoid`] },
  ],
  silu: 'swish',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  identity: 'linear',
};

const OUTPUTS: Readonly<Record<OutputName, string>> = { softmax: 'softmax', sigmoid: 'sigmoid' };

/** A model as Keras configures it. Only one whose layers do not follow each other is Functional. */
export function topologyOf(model: ModelFile): KerasTopology {
  const activations = hiddenActivations(model);
  const plain = plainLayers(model);
  const layers = plain.flatMap(({ units }, l): LayerConfig[] => {
    const chosen = activations[l] ? ACTIVATIONS[activations[l]] : OUTPUTS[outputOf(model)];
    const name = `layer${l + 1}`;
    const dense: LayerConfig = {
      class_name: 'Dense',
      config: {
        name,
        trainable: true,
        units,
        activation: typeof chosen === 'string' ? chosen : 'linear',
        use_bias: true,
      },
    };
    return typeof chosen === 'string' ? [dense] : [dense, ...chosen(name)];
  });
  const name = 'longhand';
  // Keras 3 reads the size of the input only in a layer of its own.
  const input = {
    class_name: 'InputLayer',
    config: { name: 'input', batch_input_shape: [null, plain[0]!.inputs], dtype: 'float32', sparse: false },
  };
  if (!layers.some(({ inputs }) => inputs))
    return { class_name: 'Sequential', config: { name, layers: [input, ...layers] } };
  const nodes = layers.map(({ class_name, config, inputs }, k) => ({
    ...{ class_name, name: config.name, config },
    inbound_nodes: [(inputs ?? [layers[k - 1]?.config.name ?? 'input']).map((from) => [from, 0, 0, {}])],
  }));
  const ends = { input_layers: [['input', 0, 0]], output_layers: [[layers.at(-1)!.config.name, 0, 0]] };
  return {
    class_name: 'Functional',
    config: { name, layers: [{ ...input, name: 'input', inbound_nodes: [] }, ...nodes], ...ends },
  };
}

/** A tensor under the name that Keras gives it. */
export interface NamedWeights {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** The weights of a model in the order of Keras, a kernel as inputs × units. */
export function kerasWeights(model: ModelFile): NamedWeights[] {
  return plainLayers(model).flatMap((layer: PlainLayer, l) => [
    { name: `layer${l + 1}/kernel`, shape: [layer.inputs, layer.units], values: transposed(layer) },
    { name: `layer${l + 1}/bias`, shape: [layer.units], values: layer.b },
  ]);
}

/** What the input is. These formats have no layer that rounds, so a table's columns are scaled outside. */
export function kerasInput(model: ModelFile): string {
  const { features, width, height, pixelScale } = model.record;
  if (takesNumbers(model.record)) return inputInWords(model, '');
  const range = Math.abs(255 * pixelScale - 1) < 1e-9 ? 'from 0 to 1' : 'as bytes times pixelScale';
  return features
    ? `${features.length} columns, each as round(255 (x - min) / (max - min)) times pixelScale, with min and max of the features in the metadata`
    : `${width * height} pixels of ${width} × ${height}, row by row, white on black, ${range}`;
}
