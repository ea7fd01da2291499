import {
  type ActivationName,
  type Layer,
  ModelError,
  type ModelFile,
  type ModelRecord,
  type OutputName,
} from '@longhand/core';
import { ACTIVATIONS, matrix, OUTPUTS } from '@longhand/core/maths';
import type { ModelReadOptions } from './model-format.js';

/** A dense layer as a file of another program holds it. */
export interface ForeignLayer {
  /** As the file calls it, for messages. */
  readonly name: string;
  readonly inputs: number;
  readonly units: number;
  /** units × inputs, row by row. */
  readonly W: ArrayLike<number>;
  /** One for each unit; zeros if there is none. */
  readonly b?: ArrayLike<number>;
  /** What follows the layer; undefined where the file does not say. */
  readonly activation?: ActivationName;
}

/** What is done to the input before the first layer: x · scale + shift, one number for all or one for each input. */
export interface Prelude {
  readonly scale: number | readonly number[];
  readonly shift: number | readonly number[];
  /** Whether x is bytes, 0–255; otherwise it is 0–1. */
  readonly isBytes: boolean;
}

/** What a file of another program holds. */
export interface ForeignModel {
  readonly prelude?: Prelude;
  readonly layers: readonly ForeignLayer[];
  /** What follows the last layer; undefined where the file does not say. */
  readonly output?: OutputName;
  /** What was assumed on the way, a sentence each. */
  readonly notes: readonly string[];
  /** What the record says of where it comes from: `onnx`. */
  readonly format: string;
}

/** A label is one byte. */
const MAX_CLASSES = 256;
/** Pictures of fewer pixels than 5 × 5 are rather columns of a table. */
const SMALLEST_SIDE = 5;

/**
 * A model of Longhand with these layers. What the file does not say comes from the options or is
 * assumed, and then a note says so.
 *
 * @throws ModelError when the layers do not fit each other, or a parameter is not finite
 */
export function modelOfStack(foreign: ForeignModel, name: string, options: ModelReadOptions): ModelFile {
  const notes = [...foreign.notes];
  const fail = (reason: string): never => {
    throw new ModelError(`${name}: ${reason}`);
  };
  const { layers } = foreign;
  if (layers.length === 0) fail('has no dense layer');
  const last = layers.at(-1)!;
  if (last.units === 1) fail(`${last.name}: one output: expected an output for each class, at least 2`);
  if (last.units > MAX_CLASSES)
    fail(`${last.name}: ${last.units} outputs: expected at most ${MAX_CLASSES} classes`);
  let rounded = false;
  const parameters = (values: ArrayLike<number>, what: string) =>
    Float64Array.from(values, (value, k) => {
      const single = Math.fround(value);
      if (!Number.isFinite(single))
        fail(`${what} holds ${value} at entry ${k}: expected numbers that a 32-bit float can hold`);
      if (single !== value) rounded = true;
      return single;
    });
  const hidden = layers.length - 1;
  if (Array.isArray(options.activation) && options.activation.length !== hidden)
    fail(`${options.activation.length} activations: it has ${hidden} hidden layers`);
  const first = withPrelude(layers[0]!, foreign.prelude, notes);
  let assumed = false;
  const built = [first, ...layers.slice(1)].map((layer, l): Layer => {
    const { units, inputs } = layer;
    const before = layers[l - 1];
    if (before && before.units !== inputs)
      fail(`${layer.name} takes ${inputs} inputs, but ${before.name} before it has ${before.units} outputs`);
    const isLast = l === layers.length - 1;
    const wanted = typeof options.activation === 'string' ? options.activation : options.activation?.[l];
    if (!isLast && layer.activation && wanted && layer.activation !== wanted)
      fail(
        `activation ${wanted}: the file says ${layer.activation} after ${layer.name}: leave the option out`,
      );
    if (!isLast && !layer.activation && !wanted) assumed = true;
    const activation = layer.activation ?? wanted ?? 'relu';
    const b = layer.b ?? new Float64Array(units);
    return {
      W: matrix(units, inputs, parameters(layer.W, `the weights of ${layer.name}`)),
      b: matrix(units, 1, parameters(b, `the biases of ${layer.name}`)),
      g: ACTIVATIONS[isLast ? 'identity' : activation],
    };
  });
  const withoutBias = layers.filter(({ b }) => !b).map((layer) => layer.name);
  if (withoutBias.length > 0) notes.push(`${withoutBias.join(', ')}: no biases, so they are 0`);
  if (assumed)
    notes.push(
      'it does not say the activation of its hidden layers: ReLU is assumed (in the command, --activation chooses another)',
    );
  if (rounded) notes.push('its parameters were rounded to 32-bit floats');
  if (foreign.output && options.output && foreign.output !== options.output)
    fail(`output ${options.output}: the file says ${foreign.output}: leave the option out`);
  const output = foreign.output ?? options.output ?? 'softmax';
  if (!foreign.output && !options.output)
    notes.push('it does not say what follows the last layer: softmax is assumed');
  const record = recordOf(layers[0]!.inputs, last.units, foreign.format, name, options, notes);
  return { network: { layers: built, output: OUTPUTS[output] }, record, notes };
}

/** The first layer, which does itself what was done to its input: our input is bytes divided by 255. */
function withPrelude(layer: ForeignLayer, prelude: Prelude | undefined, notes: string[]): ForeignLayer {
  if (!prelude) return layer;
  const { inputs, units, W, b } = layer;
  const at = (values: number | readonly number[], i: number) =>
    typeof values === 'number' ? values : values[i]!;
  const unit = prelude.isBytes ? 255 : 1;
  const factors = Array.from({ length: inputs }, (_, i) => {
    const factor = at(prelude.scale, i) * unit;
    // 1/255 in 32 bits, times 255.
    return Math.abs(factor - 1) < 1e-6 ? 1 : factor;
  });
  const shifts = Array.from({ length: inputs }, (_, i) => at(prelude.shift, i));
  if (factors.every((factor) => factor === 1) && shifts.every((shift) => shift === 0)) return layer;
  notes.push('it scales its input: the first layer was changed to do so');
  const scaled = new Float64Array(W.length);
  const biases = Float64Array.from({ length: units }, (_, u) => b?.[u] ?? 0);
  for (let u = 0; u < units; u++) {
    for (let i = 0; i < inputs; i++) {
      const weight = W[u * inputs + i]!;
      scaled[u * inputs + i] = weight * factors[i]!;
      biases[u]! += weight * shifts[i]!;
    }
  }
  return { ...layer, W: scaled, b: biases };
}

/** What a file of another program says nothing of: the size of pictures, the names of classes, the scale of pixels. */
function recordOf(
  inputs: number,
  outputs: number,
  format: string,
  name: string,
  { classNames }: ModelReadOptions,
  notes: string[],
): ModelRecord {
  if (classNames && classNames.length !== outputs)
    throw new ModelError(`${name}: ${classNames.length} class names: it has ${outputs} outputs`);
  const side = Math.sqrt(inputs);
  const isSquare = Number.isInteger(side) && side >= SMALLEST_SIDE;
  const [width, height] = isSquare ? [side, side] : [inputs, 1];
  const names = classNames ? '' : `, classes 0 to ${outputs - 1}`;
  notes.push(
    isSquare
      ? `taken as: pictures of ${width} × ${height}, bytes divided by 255${names}`
      : `taken as: rows of ${inputs} columns${names}`,
  );
  return {
    width,
    height,
    classNames: classNames ?? Array.from({ length: outputs }, (_, label) => String(label)),
    pixelScale: 1 / 255,
    settings: {},
    results: { importedFrom: format },
  };
}
