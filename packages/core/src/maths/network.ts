import { SettingError } from '../errors.js';
import { createRandom, type Random } from '../random.js';
import { ACTIVATIONS, type Activation, type ActivationName } from './activation.js';
import { type Matrix, matrix } from './matrix.js';
import { OUTPUTS, type Output, type OutputName } from './output.js';

/** One dense layer: Z = W A + b, then A = g(Z). In the last layer the network's output takes g's place. */
export interface Layer {
  /** Weights, nₗ × nₗ₋₁: row i holds what unit i makes of each input. */
  readonly W: Matrix;
  /** Biases, nₗ × 1. */
  readonly b: Matrix;
  /** The activation of the layer. */
  readonly g: Activation;
}

/** A stack of dense layers and what the last one does. */
export interface Network {
  /** The layers, from the first hidden one to the output. */
  readonly layers: readonly Layer[];
  /** What the last layer computes, with its loss. */
  readonly output: Output;
}

/** The name of a way to initialize weights. */
export type InitializationName = 'board' | 'he' | 'glorot';
const INITIALIZATIONS: readonly InitializationName[] = ['board', 'he', 'glorot'];

/** The sizes of a network, and how it starts. */
export interface NetworkOptions {
  /** Units per layer, inputs first: `[784, 10, 10]` is the board's. At least two sizes. */
  readonly layers: readonly number[];
  /** Of all hidden layers, or of each. Default `relu`. */
  readonly activation?: ActivationName | readonly ActivationName[];
  /** Default `softmax`. */
  readonly output?: OutputName;
  /** Default `board`. */
  readonly initialization?: InitializationName;
  /** An integer in [0, 2⁵³). Default 1. */
  readonly seed?: number;
}

/**
 * A network with random parameters. Each is exact in a 32-bit float, so that maths and engine start
 * from the same numbers.
 *
 * - `board`: W and b uniform in [−0.5, 0.5).
 * - `he`: W uniform on ±√(6/nₗ₋₁), whose variance is 2/nₗ₋₁, and b = 0 (He et al. 2015,
 *   https://arxiv.org/abs/1502.01852).
 * - `glorot`: the same with variance 2/(nₗ₋₁ + nₗ), which suits tanh and sigmoid (Glorot and Bengio
 *   2010, https://proceedings.mlr.press/v9/glorot10a.html).
 *
 * @throws SettingError when a size is not a positive integer, there are fewer than two, there are too
 *   many parameters, there is not one activation for each hidden layer, or a name is unknown
 */
export function createNetwork(options: NetworkOptions): Network {
  checkOptions(options);
  const {
    layers: sizes,
    activation = 'relu',
    output = 'softmax',
    initialization = 'board',
    seed = 1,
  } = options;
  if (
    !Array.isArray(sizes) ||
    sizes.length < 2 ||
    !sizes.every((size) => Number.isInteger(size) && size > 0)
  ) {
    throw new SettingError({ setting: 'layers', value: sizes, expected: ['at least two positive integers'] });
  }
  checkSize(sizes);
  const hidden = sizes.length - 2;
  const activations =
    typeof activation === 'string' ? new Array<ActivationName>(hidden).fill(activation) : activation;
  if (activations.length !== hidden) {
    const expected = [`one activation, or one for each of the ${hidden} hidden layers`];
    throw new SettingError({ setting: 'activation', value: activations.join(','), expected });
  }
  for (const name of activations) checkName('activation', name, Object.keys(ACTIVATIONS));
  checkName('output', output, Object.keys(OUTPUTS));
  checkName('initialization', initialization, INITIALIZATIONS);
  const random = createRandom(seed, 'parameters');
  const layers = sizes.slice(1).map((units, l): Layer => {
    const inputs = sizes[l]!;
    const half = () => random.uniform() - 0.5;
    const scaled = around0(Math.sqrt(6 / (initialization === 'he' ? inputs : inputs + units)), random);
    return {
      W: fill(units, inputs, initialization === 'board' ? half : scaled),
      b: fill(units, 1, initialization === 'board' ? half : () => 0),
      g: ACTIVATIONS[activations[l] ?? 'identity'],
    };
  });
  return { layers, output: OUTPUTS[output] };
}

const OPTIONS: readonly (keyof NetworkOptions)[] = [
  ...(['layers', 'activation', 'output', 'initialization', 'seed'] as const),
];

/** @throws SettingError for an option that does not exist: a misspelled one would have no effect */
function checkOptions(options: NetworkOptions): void {
  if (typeof options !== 'object' || options === null) {
    throw new SettingError({ setting: 'options', value: options, expected: ['{ layers: [784, 10, 10] }'] });
  }
  for (const name of Object.keys(options)) {
    if ((OPTIONS as readonly string[]).includes(name)) continue;
    const meant = OPTIONS.find((option) => option.slice(0, 3) === name.slice(0, 3)) ?? 'layers';
    const advice = ['Did you mean ', { setting: meant }, '?'];
    throw new SettingError({ setting: name, expected: ['an option that exists'], advice });
  }
}

/** No runtime has arrays of more 64-bit floats. */
const MAX_PARAMETERS = 2 ** 31;

/** @throws SettingError for more parameters than memory can hold, before any is drawn */
function checkSize(sizes: readonly number[]): void {
  const count = sizes.slice(1).reduce((sum, units, l) => sum + units * (sizes[l]! + 1), 0);
  if (count <= MAX_PARAMETERS) return;
  const [found, most] = [count, MAX_PARAMETERS].map((number) => number.toLocaleString('en-US'));
  throw new SettingError({
    setting: 'layers',
    value: sizes,
    expected: [`at most ${most} parameters`],
    advice: [`These are ${found}`],
  });
}

function checkName(setting: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  throw new SettingError({ setting, value: name, expected: [`one of ${known.join(', ')}`] });
}

/** Draws uniformly from [−limit, limit): a variance of limit²/3. */
function around0(limit: number, random: Random): () => number {
  return () => Math.fround(limit * (2 * random.uniform() - 1));
}

function fill(rows: number, cols: number, draw: () => number): Matrix {
  const filled = matrix(rows, cols);
  for (let index = 0; index < filled.data.length; index++) filled.data[index] = draw();
  return filled;
}

/** Units per layer, inputs first: `[784, 10, 10]`. */
export function layerSizes({ layers }: Network): number[] {
  return [layers[0]!.W.cols, ...layers.map(({ W }) => W.rows)];
}

/** How many weights and biases the network has. */
export function parameterCount({ layers }: Network): number {
  return layers.reduce((count, { W, b }) => count + W.data.length + b.data.length, 0);
}

/** Every parameter in the order W1, b1, W2, b2 …, each W row by row. */
export function* parameters({ layers }: Network): Generator<Matrix> {
  for (const { W, b } of layers) {
    yield W;
    yield b;
  }
}

/** `784 → 10 ReLU → 10 softmax (7,960 parameters)`. */
export function describeNetwork(network: Network): string {
  const { layers, output } = network;
  const words = layers.map(({ W, g }, l) =>
    l === layers.length - 1 ? `${W.rows} ${output.name}` : `${W.rows} ${g.label}`,
  );
  const count = parameterCount(network).toLocaleString('en-US');
  return `${layers[0]!.W.cols} → ${words.join(' → ')} (${count} parameters)`;
}
