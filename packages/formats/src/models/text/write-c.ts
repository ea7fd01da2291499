import { type ActivationName, describeNetwork, type ModelFile, type OutputName } from '@longhand/core';
import { takesNumbers } from '../../recognize/takes-numbers.js';
import { hiddenActivations, inputInWords, outputOf, type PlainLayer, plainLayers } from '../dense-layers.js';
import type { ModelWriter } from '../model-format.js';
import { quantizeRows } from './quantize.js';
import { shortest } from './shortest.js';

/** Each activation as an expression of `z` in C. */
const ACTIVATION_SOURCE: Readonly<Record<ActivationName, string>> = {
  relu: 'z > 0.0f ? z : 0.0f',
  'leaky-relu': 'z > 0.0f ? z : 0.01f * z',
  gelu: 'z / (1.0f + expf(-1.59576912f * (z + 0.044715f * z * z * z)))',
  silu: 'z / (1.0f + expf(-z))',
  sigmoid: '1.0f / (1.0f + expf(-z))',
  tanh: 'tanhf(z)',
  identity: 'z',
};

const NUMBERS_A_LINE = 10;
const INTEGERS_A_LINE = 24;

/** One header in C99 that allocates nothing: with floats, or with weights of 8 bits for microcontrollers. */
export const cWriter: ModelWriter = {
  name: 'c',
  label: 'a C header',
  fileName: /\.h$/i,
  ending: '.h',
  options: ['int8'],
  usage: (model) => `C99, needs math.h; takes ${inputInWords(model, '0 to 255')}`,
  write: (model, fileName, options) =>
    new Map([[fileName, new TextEncoder().encode(header(model, fileName, options))]]),
};

function header(
  model: ModelFile,
  fileName: string,
  { int8 = false, remark }: { int8?: boolean; remark?: string },
): string {
  const { record } = model;
  const prefix = identifier(fileName.replace(/\.h$/i, ''));
  const upper = prefix.toUpperCase();
  const layers = plainLayers(model);
  const activations = hiddenActivations(model);
  const names = record.classNames.map((name) => quoted(name)).join(', ');
  const [element, argument] =
    record.features || takesNumbers(record) ? ['float', 'values'] : ['uint8_t', 'pixels'];
  const steps = layers.map((layer, l) => step(layer, l, { prefix, int8, activation: activations[l] }));
  const lines = [
    `/* ${describeNetwork(model.network).replaceAll('→', '->')}. Made by Longhand.`,
    ' * C99, no memory is allocated. Link with the mathematics library (-lm).',
    ` * ${int8 ? 'Weights of 8 bits, a scale for each unit; biases and activations are floats.' : 'Parameters are 32-bit floats.'}`,
    ...(remark ? [` * ${comment(remark)}`] : []),
    ' *',
    ` *   float probabilities[${upper}_CLASSES];`,
    ` *   int answer = ${prefix}_predict(${argument}, probabilities);`,
    ' *',
    ` * Input: ${comment(inputInWords(model, '0 to 255'))}.`,
    ...(record.features
      ? [` * Columns: ${comment(record.features.map(({ name }) => name).join(', '))}.`]
      : []),
    ' */',
    `#ifndef ${upper}_H`,
    `#define ${upper}_H`,
    '',
    '#include <math.h>',
    '#include <stdint.h>',
    '',
    `#define ${upper}_INPUTS ${layers[0]!.inputs}`,
    `#define ${upper}_CLASSES ${layers.at(-1)!.units}`,
    '',
    '/* What each answer means. */',
    `static const char *const ${prefix}_class_names[${upper}_CLASSES] = {${names}};`,
    '',
    ...layers.flatMap((layer, l) => parameters(layer, l + 1, prefix, int8)),
    ...(record.features ? columnArrays(record.features, prefix, upper) : []),
    '/* The most likely class. If probabilities is not null, it gets one number for each class. */',
    `static inline int ${prefix}_predict(const ${element} ${argument}[${upper}_INPUTS], float *probabilities) {`,
    ...inputLines(model, { prefix, upper, int8 }),
    ...steps.flat(),
    ...outputLines(outputOf(model), `z${layers.length}`, upper),
    '}',
    '',
    '#endif',
    '',
  ];
  return lines.join('\n');
}

/** The arrays of a layer's parameters. */
function parameters(layer: PlainLayer, n: number, prefix: string, int8: boolean): string[] {
  const array = (type: string, name: string, values: readonly string[], perLine: number): string[] => [
    `static const ${type} ${prefix}_${name}[${values.length}] = {`,
    ...Array.from(
      { length: Math.ceil(values.length / perLine) },
      (_, k) => `  ${values.slice(k * perLine, (k + 1) * perLine).join(', ')},`,
    ),
    '};',
  ];
  const floats = (values: Float32Array) => Array.from(values, literal);
  const bias = array('float', `b${n}`, floats(layer.b), NUMBERS_A_LINE);
  if (!int8) return [...array('float', `W${n}`, floats(layer.W), NUMBERS_A_LINE), ...bias, ''];
  const { q, scales } = quantizeRows(layer);
  return [
    ...array('int8_t', `W${n}`, Array.from(q, String), INTEGERS_A_LINE),
    ...array('float', `scale${n}`, floats(scales), NUMBERS_A_LINE),
    ...bias,
    '',
  ];
}

function columnArrays(
  features: readonly { readonly min: number; readonly max: number }[],
  prefix: string,
  upper: string,
): string[] {
  const list = (name: string, values: readonly number[]) =>
    `static const float ${prefix}_${name}[${upper}_INPUTS] = {${values.map((value) => literal(Math.fround(value))).join(', ')}};`;
  return [
    '/* Of each column: the value that becomes 0, and steps of 255 in a unit. */',
    list(
      'minima',
      features.map(({ min }) => min),
    ),
    list(
      'steps',
      features.map(({ min, max }) => (max > min ? 255 / (max - min) : 0)),
    ),
    '',
  ];
}

/** Makes `a0`, the input of the first layer: bytes, or floats that are multiplied by the pixel scale. */
function inputLines(
  { record }: ModelFile,
  { prefix, upper, int8 }: { prefix: string; upper: string; int8: boolean },
): string[] {
  const { features, pixelScale } = record;
  if (takesNumbers(record)) return ['  const float *a0 = values;'];
  const type = int8 ? 'uint8_t' : 'float';
  const scale = int8 ? '' : ` * ${literal(Math.fround(pixelScale))}`;
  const scaleLine = int8 ? [`  const float scale0 = ${literal(Math.fround(pixelScale))};`] : [];
  if (!features) {
    return [
      ...scaleLine,
      ...(int8
        ? ['  const uint8_t *a0 = pixels;']
        : [
            `  float a0[${upper}_INPUTS];`,
            `  for (int i = 0; i < ${upper}_INPUTS; i++) a0[i] = (float)pixels[i]${scale};`,
          ]),
    ];
  }
  return [
    ...scaleLine,
    `  ${type} a0[${upper}_INPUTS];`,
    `  for (int i = 0; i < ${upper}_INPUTS; i++) {`,
    `    const float steps = (values[i] - ${prefix}_minima[i]) * ${prefix}_steps[i];`,
    '    const float byte = floorf((steps > 0.0f ? (steps < 255.0f ? steps : 255.0f) : 0.0f) + 0.5f);',
    `    a0[i] = ${int8 ? '(uint8_t)byte' : `byte${scale}`};`,
    '  }',
  ];
}

/** One layer: sums of products and biases, then the activation. */
function step(
  { inputs, units }: PlainLayer,
  l: number,
  { prefix, int8, activation }: { prefix: string; int8: boolean; activation: ActivationName | undefined },
): string[] {
  const n = l + 1;
  const whole = int8 && l === 0;
  const sum = whole ? 'int32_t sum = 0;' : 'float sum = 0.0f;';
  const cast = whole ? '(int32_t)' : int8 ? '(float)' : '';
  const scale = int8 ? ` * ${prefix}_scale${n}[unit]${whole ? ' * scale0' : ''}` : '';
  return [
    `  float ${activation ? 'a' : 'z'}${n}[${units}];`,
    `  for (int unit = 0; unit < ${units}; unit++) {`,
    `    ${sum}`,
    `    for (int i = 0; i < ${inputs}; i++) sum += ${cast}${prefix}_W${n}[unit * ${inputs} + i] * ${whole ? '(int32_t)' : ''}a${l}[i];`,
    `    const float z = ${whole ? '(float)sum' : 'sum'}${scale} + ${prefix}_b${n}[unit];`,
    `    ${activation ? 'a' : 'z'}${n}[unit] = ${activation ? ACTIVATION_SOURCE[activation] : 'z'};`,
    '  }',
  ];
}

function outputLines(output: OutputName, z: string, upper: string): string[] {
  const start = [
    '  int best = 0;',
    `  for (int i = 1; i < ${upper}_CLASSES; i++) {`,
    `    if (${z}[i] > ${z}[best]) best = i;`,
    '  }',
    '  if (probabilities) {',
  ];
  const end = ['  }', '  return best;'];
  if (output === 'sigmoid') {
    return [
      ...start,
      `    for (int i = 0; i < ${upper}_CLASSES; i++) probabilities[i] = 1.0f / (1.0f + expf(-${z}[i]));`,
      ...end,
    ];
  }
  return [
    ...start,
    '    float all = 0.0f;',
    `    for (int i = 0; i < ${upper}_CLASSES; i++) all += probabilities[i] = expf(${z}[i] - ${z}[best]);`,
    `    for (int i = 0; i < ${upper}_CLASSES; i++) probabilities[i] /= all;`,
    ...end,
  ];
}

/** A 32-bit float as a literal of C. */
function literal(value: number): string {
  const text = shortest(value);
  return `${/[.e]/.test(text) ? text : `${text}.0`}f`;
}

/** A name of C made from that of the file. */
function identifier(stem: string): string {
  const name = stem.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
  return /^[A-Za-z]/.test(name) ? name : `model_${name}`.replace(/_$/, '');
}

/** A text as a string of C, in UTF-8 by octal escapes. */
function quoted(text: string): string {
  const characters = Array.from(new TextEncoder().encode(text), (byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9 .,:;/_+*()-]/.test(character) ? character : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `"${characters.join('')}"`;
}

/** A text that can stand in a comment. */
function comment(text: string): string {
  return text.replaceAll('*/', '* /').replaceAll('/*', '/ *').replaceAll('×', 'x').replace(/\s+/g, ' ');
}
