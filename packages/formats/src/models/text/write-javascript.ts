import { type ActivationName, describeNetwork, type ModelFile, type OutputName } from '@longhand/core';
import { tensorsOf } from '@longhand/core/files';
import { takesNumbers } from '../../recognize/takes-numbers.js';
import {
  floatBytes,
  hiddenActivations,
  inputInWords,
  integerClasses,
  outputOf,
  plainLayers,
} from '../dense-layers.js';
import type { ModelWriter } from '../model-format.js';
import { toBase64 } from './base64.js';

/** Each activation as an expression of `z`. */
const ACTIVATION_SOURCE: Readonly<Record<ActivationName, string>> = {
  relu: 'Math.max(0, z)',
  'leaky-relu': 'z > 0 ? z : 0.01 * z',
  gelu: 'z / (1 + Math.exp(-2 * Math.sqrt(2 / Math.PI) * (z + 0.044715 * z * z * z)))',
  silu: 'z / (1 + Math.exp(-z))',
  sigmoid: '1 / (1 + Math.exp(-z))',
  tanh: 'Math.tanh(z)',
  identity: 'z',
};

const OUTPUT_SOURCE: Readonly<Record<OutputName, string>> = {
  softmax: `(Z) => {
  const largest = Math.max(...Z);
  const powers = Z.map((z) => Math.exp(z - largest));
  const sum = powers.reduce((all, power) => all + power, 0);
  return powers.map((power) => power / sum);
}`,
  sigmoid: '(Z) => Z.map((z) => 1 / (1 + Math.exp(-z)))',
};

/** The line that holds the model starts so: our reader finds it. */
export const MODEL_LINE = 'const MODEL = ';

/** One ES module without dependencies, for every browser and runtime, and its types. */
export const javascriptWriter: ModelWriter = {
  name: 'javascript',
  label: 'a JavaScript module',
  fileName: /\.m?js$/i,
  ending: '.js',
  usage: (model) => `import { predict }; it takes ${inputInWords(model, '0 to 255')}`,
  write(model, fileName) {
    const types = fileName.replace(/\.(m?)js$/i, '.d.$1ts');
    const encode = (text: string) => new TextEncoder().encode(text);
    return new Map([
      [fileName, encode(program(model))],
      [types === fileName ? `${fileName}.d.ts` : types, encode(declarations(model))],
    ]);
  },
};

function program(model: ModelFile): string {
  const { features, pixelScale, classNames } = model.record;
  const layers = plainLayers(model);
  const values = layers.flatMap(({ W, b }) => [W, b]);
  const all = new Float32Array(values.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of values) {
    all.set(part, at);
    at += part.length;
  }
  const { metadata } = tensorsOf(model);
  const parameters = toBase64(floatBytes(all));
  const hidden = hiddenActivations(model).map((name) => `  (z) => ${ACTIVATION_SOURCE[name]}, // ${name}`);
  const input = features
    ? `// The columns: name, and the values that become 0 and 255.
const COLUMNS = ${JSON.stringify(features.map(({ name, min, max }) => [name, min, max]))};
const scaled = (values) =>
  COLUMNS.map(([, min, max], i) => {
    const share = max > min ? (values[i] - min) / (max - min) : 0;
    return Math.round(255 * Math.min(1, Math.max(0, share))) * ${pixelScale};
  });`
    : takesNumbers(model.record)
      ? 'const scaled = (values) => Array.from(values, Number);'
      : `const scaled = (pixels) => Array.from(pixels, (pixel) => pixel * ${pixelScale});`;
  return `// ${describeNetwork(model.network)}. Made by Longhand: an ES module without dependencies.
${MODEL_LINE}${JSON.stringify({ metadata, parameters })};

const SIZES = ${JSON.stringify([layers[0]!.inputs, ...layers.map(({ units }) => units)])};
// The activation of each hidden layer.
const ACTIVATIONS = [
${hidden.join('\n')}
];
const output = ${OUTPUT_SOURCE[outputOf(model)]};
${input}

const bytes = Uint8Array.from(atob(MODEL.parameters), (character) => character.charCodeAt(0));
const view = new DataView(bytes.buffer);
const layers = [];
let at = 0;
const take = (count) => {
  const values = Float32Array.from({ length: count }, (_, i) => view.getFloat32(4 * (at + i), true));
  at += count;
  return values;
};
for (let l = 1; l < SIZES.length; l++) layers.push({ W: take(SIZES[l] * SIZES[l - 1]), b: take(SIZES[l]) });

/** What the answers can be, in the order of the probabilities. */
export const classes = ${JSON.stringify(integerClasses(model) ?? classNames)};

/** The answer for one input: ${inputInWords(model, '0 to 255')}. */
export function predict(input) {
  if (input?.length !== SIZES[0]) {
    throw new RangeError(\`expected \${SIZES[0]} numbers, found \${input?.length ?? 'none'}\`);
  }
  let values = scaled(input);
  for (const [l, { W, b }] of layers.entries()) {
    const sums = Array.from(b, (bias, unit) => {
      let sum = bias;
      for (let i = 0; i < values.length; i++) sum += W[unit * values.length + i] * values[i];
      return sum;
    });
    values = ACTIVATIONS[l] ? sums.map(ACTIVATIONS[l]) : output(sums);
  }
  const best = values.indexOf(Math.max(...values));
  return { label: classes[best], probability: values[best], probabilities: values };
}
`;
}

function declarations(model: ModelFile): string {
  const label = integerClasses(model) ? 'number' : 'string';
  return `/** What the model makes of one input. */
export interface Prediction {
  /** The most likely class. */
  readonly label: ${label};
  /** Its probability, 0 to 1. */
  readonly probability: number;
  /** The probability of each class, in the order of \`classes\`. */
  readonly probabilities: number[];
}

/** What the answers can be, in the order of the probabilities. */
export declare const classes: readonly ${label}[];

/**
 * The answer for one input: ${inputInWords(model, '0 to 255')}.
 *
 * @throws RangeError when it has another length
 */
export declare function predict(input: ArrayLike<number>): Prediction;
`;
}
