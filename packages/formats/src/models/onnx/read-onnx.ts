import { ModelError, type OutputName } from '@longhand/core';
import { modelOf } from '@longhand/core/files';
import type { ModelReader } from '../model-format.js';
import { ownTensor } from '../own-tensor.js';
import { type ForeignLayer, modelOfStack } from '../stack.js';
import { ELEMENTWISE, numberOf, PAIRWISE } from './elementwise.js';
import { type OnnxGraph, type OnnxNode, type OnnxTensor, readOnnxGraph } from './graph-reader.js';
import { activationAt, OTHER_GELU, SAMPLES } from './recognize-activation.js';
import { ELEMENT } from './schema.js';
import { RECORD_PREFIX } from './write-onnx.js';

/** Chains of Gemm, or MatMul and Add, with activations between them; and our own files with their record. */
export const onnxReader: ModelReader = {
  kind: 'onnx',
  async read(bytes, name, options) {
    const graph = readOnnxGraph(bytes, name);
    const own = ownRecord(graph);
    if (own) {
      const tensors = new Map(
        [...graph.constants]
          .filter(([key]) => /^[Wb]\d+$/.test(key))
          .map(([key, { dims, values }]) => [key, ownTensor(key, dims, values, name)]),
      );
      return modelOf({ tensors, metadata: own }, name);
    }
    const chain = new Chain(graph, name);
    return modelOfStack({ ...chain.read(), format: 'onnx' }, name, options);
  },
};

function ownRecord({ metadata }: OnnxGraph): Record<string, string> | undefined {
  const entries = Object.entries(metadata).filter(([key]) => key.startsWith(RECORD_PREFIX));
  if (entries.length === 0) return undefined;
  return Object.fromEntries(entries.map(([key, value]) => [key.slice(RECORD_PREFIX.length), value]));
}

/** What is known of a value of the graph. */
type Value =
  | { readonly kind: 'constant'; readonly tensor: OnnxTensor }
  /** The input times `scale`, plus `shift`. */
  | {
      readonly kind: 'input';
      readonly scale: number | readonly number[];
      readonly shift: number | readonly number[];
    }
  /** A function of a layer's weighted sums: its values at `SAMPLES`. */
  | { readonly kind: 'sums'; readonly layer: number; readonly at: Float64Array }
  | { readonly kind: 'probabilities' }
  /** Labels, shapes. */
  | { readonly kind: 'other' };

interface ReadLayer extends ForeignLayer {
  readonly W: Float64Array;
  readonly b: Float64Array;
}

/** Operations that leave the numbers as they are, in their order. */
const UNCHANGED = ['Identity', 'Dropout', 'Cast', 'Flatten', 'Reshape', 'Squeeze', 'Unsqueeze'];
/** A scale below this is one of bytes: 1/255, or less. */
const BYTE_SCALE = 0.02;

/** Follows the values of a graph from the input to the answers. */
class Chain {
  readonly #graph: OnnxGraph;
  readonly #file: string;
  readonly #values = new Map<string, Value>();
  readonly #layers: ReadLayer[] = [];
  readonly #notes: string[] = [];
  #output: OutputName | undefined;
  #prelude: { scale: number | readonly number[]; shift: number | readonly number[] } = { scale: 1, shift: 0 };

  constructor(graph: OnnxGraph, file: string) {
    this.#graph = graph;
    this.#file = file;
  }

  read() {
    const { nodes, constants, inputs } = this.#graph;
    for (const [name, tensor] of constants) this.#values.set(name, { kind: 'constant', tensor });
    if (inputs.size !== 1) this.#fail(`has ${inputs.size} inputs: expected one`);
    for (const name of inputs.keys()) this.#values.set(name, { kind: 'input', scale: 1, shift: 0 });
    for (const node of nodes) {
      const value = this.#valueOf(node);
      for (const [k, output] of node.outputs.entries())
        this.#values.set(output, k === 0 ? value : { kind: 'other' });
    }
    if (this.#layers.length === 0) this.#fail('has no dense layer (Gemm, or MatMul and Add)');
    this.#finish();
    const [type] = inputs.values();
    const { scale } = this.#prelude;
    const isBytes =
      type === ELEMENT.uint8 || (typeof scale === 'number' && Math.abs(scale) < BYTE_SCALE && scale !== 0);
    const output = this.#output;
    return {
      layers: this.#layers,
      notes: this.#notes,
      prelude: { ...this.#prelude, isBytes },
      ...(output && { output }),
    };
  }

  /** If no softmax was met: what the last layer's output is. */
  #finish(): void {
    if (this.#output) return;
    const last = this.#layers.length - 1;
    const ends = this.#graph.outputs.map((name) => this.#values.get(name));
    const end = ends.find((value) => value?.kind === 'sums' && value.layer === last);
    if (end?.kind !== 'sums') throw this.#error('none of its outputs is that of its last dense layer');
    const found = activationAt(end.at);
    if (found?.name === 'sigmoid') this.#output = 'sigmoid';
    else if (found?.name !== 'identity')
      this.#fail(
        `${found?.name ?? 'an unknown activation'} follows its last layer: expected softmax, sigmoid or nothing`,
      );
  }

  #valueOf(node: OnnxNode): Value {
    const { opType } = node;
    const given = node.inputs.filter((name) => name !== '').map((name) => this.#values.get(name));
    if (given.some((value) => value === undefined))
      return this.#fail(`${shown(node.name)} takes a value that comes later or never: the file is damaged`);
    const values = given as Value[];
    const isFixed = values.every(({ kind }) => kind === 'constant' || kind === 'other');
    if (isFixed) return this.#constant(node, values);
    if (opType === 'Shape' || values.every(({ kind }) => kind === 'probabilities' || kind === 'constant'))
      return UNCHANGED.includes(opType) ? values[0]! : { kind: 'other' };
    if (['ArgMax', 'TopK'].includes(opType)) return { kind: 'other' };
    if (UNCHANGED.includes(opType)) return values[0]!;
    if (opType === 'Gemm' || opType === 'MatMul') return this.#dense(node, values);
    if (opType === 'Softmax' || opType === 'LogSoftmax') return this.#softmax(node, values[0]!);
    const [only] = values;
    const one = ELEMENTWISE[opType];
    if (one && only?.kind === 'sums') return { ...only, at: only.at.map(one(node)) };
    if (opType === 'Clip' && only?.kind === 'sums') return this.#clip(node, only, values.slice(1));
    if (PAIRWISE[opType] && values.length === 2) return this.#pair(node, values[0]!, values[1]!);
    return this.#refuse(node);
  }

  #constant({ opType, attributes }: OnnxNode, values: readonly Value[]): Value {
    const given = attributes.get('value');
    if (opType === 'Constant' && typeof given === 'object' && 'dims' in given)
      return { kind: 'constant', tensor: given };
    const single = attributes.get('value_float');
    if (opType === 'Constant' && typeof single === 'number')
      return { kind: 'constant', tensor: { name: '', dims: [], values: [single] } };
    const [first] = values;
    if (first?.kind !== 'constant') return { kind: 'other' };
    if (['Identity', 'Cast'].includes(opType)) return first;
    if (opType === 'Transpose' && first.tensor.dims.length === 2) {
      const [rows, cols] = first.tensor.dims as [number, number];
      const turned = {
        ...first.tensor,
        dims: [cols, rows],
        values: transpose(first.tensor.values, rows, cols),
      };
      return { kind: 'constant', tensor: turned };
    }
    return { kind: 'other' };
  }

  /** A dense layer. The activation of the layer before is known now. */
  #dense(node: OnnxNode, [from, weights, bias]: readonly Value[]): Value {
    if (from?.kind !== 'input' && from?.kind !== 'sums') return this.#refuse(node);
    if (
      weights?.kind !== 'constant' ||
      weights.tensor.dims.length !== 2 ||
      weights.tensor.values.length === 0
    )
      return this.#refuse(node, 'whose weights are not a constant matrix of floats');
    if (numberOf(node, 'transA', 0) !== 0) return this.#refuse(node, 'of a transposed input');
    this.#endLayer(node, from);
    const [rows, cols] = weights.tensor.dims as [number, number];
    const isTurned = node.opType === 'Gemm' && numberOf(node, 'transB', 0) === 1;
    const [units, inputs] = isTurned ? [rows, cols] : [cols, rows];
    const alpha = node.opType === 'Gemm' ? numberOf(node, 'alpha', 1) : 1;
    const beta = numberOf(node, 'beta', 1);
    const W = Float64Array.from(
      isTurned ? weights.tensor.values : transpose(weights.tensor.values, rows, cols),
      (value) => alpha * value,
    );
    const b = new Float64Array(units);
    if (bias) {
      const values = bias.kind === 'constant' ? bias.tensor.values : [];
      if (values.length !== units && values.length !== 1)
        return this.#refuse(node, 'whose biases do not fit');
      for (let u = 0; u < units; u++) b[u] = beta * values[values.length === 1 ? 0 : u]!;
    }
    this.#layers.push({ name: node.name, units, inputs, W, b });
    return { kind: 'sums', layer: this.#layers.length - 1, at: SAMPLES };
  }

  #endLayer(node: OnnxNode, from: Extract<Value, { kind: 'input' | 'sums' }>): void {
    const last = this.#layers.length - 1;
    if (from.kind === 'input') {
      if (last >= 0)
        this.#fail(`${shown(node.name)}: a second layer that takes the input; only a plain chain is read`);
      this.#prelude = from;
      return;
    }
    if (from.layer !== last)
      this.#fail(`${shown(node.name)}: takes the output of an earlier layer; only a plain chain is read`);
    const found = activationAt(from.at);
    if (!found)
      throw this.#error(
        `the activation between ${shown(this.#layers[last]!.name)} and ${shown(node.name)} is none that Longhand has`,
      );
    if (found.isOtherGelu) this.#notes.push(OTHER_GELU);
    this.#layers[last] = { ...this.#layers[last]!, activation: found.name };
  }

  #softmax(node: OnnxNode, value: Value): Value {
    const last = this.#layers.length - 1;
    if (value.kind !== 'sums' || value.layer !== last || activationAt(value.at)?.name !== 'identity')
      return this.#refuse(node, 'that does not follow the last dense layer');
    this.#output = 'softmax';
    return { kind: 'probabilities' };
  }

  #clip(node: OnnxNode, value: Extract<Value, { kind: 'sums' }>, bounds: readonly Value[]): Value {
    // From opset 11 on, the bounds are inputs, of which each may be left out.
    const [, lowName = '', highName = ''] = node.inputs;
    const bound = (name: string, attribute: string, usual: number): number => {
      const found = bounds.find((one) => one === this.#values.get(name));
      return found?.kind === 'constant' ? Number(found.tensor.values[0]) : numberOf(node, attribute, usual);
    };
    const low = bound(lowName, 'min', Number.NEGATIVE_INFINITY);
    const high = bound(highName, 'max', Number.POSITIVE_INFINITY);
    return { ...value, at: value.at.map((z) => Math.min(high, Math.max(low, z))) };
  }

  /** Of two values: scaled input, a bias, or a part of an activation. */
  #pair(node: OnnxNode, a: Value, b: Value): Value {
    const f = PAIRWISE[node.opType]!;
    if (a.kind === 'sums' && b.kind === 'sums') {
      if (a.layer !== b.layer) return this.#refuse(node, 'of two layers (a residual connection)');
      return { ...a, at: a.at.map((z, i) => f(z, b.at[i]!)) };
    }
    const constant = a.kind === 'constant' ? a : b.kind === 'constant' ? b : undefined;
    const other = constant === a ? b : a;
    if (!constant || constant.tensor.values.length === 0) return this.#refuse(node);
    const numbers = Array.from(constant.tensor.values);
    const isFirst = constant === a;
    if (other.kind === 'input') return this.#scaleInput(node, other, numbers, isFirst);
    if (other.kind !== 'sums') return this.#refuse(node);
    if (numbers.length === 1) {
      const [number] = numbers as [number];
      return { ...other, at: other.at.map((z) => (isFirst ? f(number, z) : f(z, number))) };
    }
    return this.#bias(node, other, numbers, isFirst);
  }

  /** A vector added to a layer's sums: its biases. */
  #bias(
    node: OnnxNode,
    value: Extract<Value, { kind: 'sums' }>,
    numbers: readonly number[],
    isFirst: boolean,
  ): Value {
    const layer = this.#layers[value.layer]!;
    const sign = node.opType === 'Add' ? 1 : node.opType === 'Sub' && !isFirst ? -1 : 0;
    if (sign === 0 || numbers.length !== layer.units || activationAt(value.at)?.name !== 'identity')
      return this.#refuse(node, 'with a vector');
    for (const [u, number] of numbers.entries()) layer.b[u]! += sign * number;
    return value;
  }

  #scaleInput(
    node: OnnxNode,
    value: Extract<Value, { kind: 'input' }>,
    numbers: readonly number[],
    isFirst: boolean,
  ): Value {
    const { opType } = node;
    const isPossible = ['Add', 'Mul'].includes(opType) || (['Sub', 'Div'].includes(opType) && !isFirst);
    if (!isPossible) return this.#refuse(node, 'of the input');
    const count = Math.max(
      numbers.length,
      ...[value.scale, value.shift].map((one) => (typeof one === 'number' ? 1 : one.length)),
    );
    const at = (values: number | readonly number[], i: number) =>
      typeof values === 'number' ? values : values[values.length === 1 ? 0 : i]!;
    const combine = (f: (scale: number, shift: number, number: number) => number) => {
      const list = Array.from({ length: count }, (_, i) =>
        f(at(value.scale, i), at(value.shift, i), at(numbers, i)),
      );
      return count === 1 ? list[0]! : list;
    };
    if (opType === 'Add') return { ...value, shift: combine((_, shift, number) => shift + number) };
    if (opType === 'Sub') return { ...value, shift: combine((_, shift, number) => shift - number) };
    const factor = (number: number) => (opType === 'Mul' ? number : 1 / number);
    return {
      ...value,
      scale: combine((scale, _, number) => scale * factor(number)),
      shift: combine((_, shift, number) => shift * factor(number)),
    };
  }

  #refuse(node: OnnxNode, how = ''): never {
    const what = `a layer ${JSON.stringify(node.opType.slice(0, 40))}${how && ` ${how}`}`;
    return this.#fail(`${shown(node.name)}: ${what}; only plain stacks of dense layers are read`);
  }

  #fail(reason: string): never {
    throw this.#error(reason);
  }

  #error(reason: string): ModelError {
    return new ModelError(`${this.#file}: ${reason}`);
  }
}

function transpose(values: ArrayLike<number>, rows: number, cols: number): Float64Array {
  const turned = new Float64Array(values.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) turned[j * rows + i] = values[i * cols + j]!;
  return turned;
}

function shown(name: string): string {
  return /^[\w./:-]{1,60}$/.test(name) ? name : JSON.stringify(name.slice(0, 60));
}
