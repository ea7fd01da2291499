import { ModelError } from '@longhand/core';
import type { ModelReadOptions, Orientation } from './model-format.js';
import type { ForeignLayer } from './stack.js';

/** An array of numbers with its name in a file. */
export interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

/** More are no plain stack of layers. */
const MAX_ARRAYS = 1000;
/** More layers are not tried in every order. */
const MAX_ORDERED = 7;
/** How many characters of a name an error shows. */
const SHOWN = 60;

/** Words for a layer's two arrays in the names of PyTorch, Keras, scikit-learn and NumPy. */
const WEIGHT = /(weights?|kernel|coefs?_?|(?<![a-z])w(?=_?\d*$))/i;
const BIAS = /(bias(es)?|intercepts?_?|(?<![a-z])b(?=_?\d*$))/i;

/**
 * Finds the dense layers in arrays with names: which bias belongs to which weights, which layer follows
 * which, and whether a matrix is outputs × inputs or inputs × outputs. Shapes decide; names decide what
 * shapes leave open.
 *
 * @throws ModelError that names the first array that is not of a dense layer, or says what is open
 */
export function pairTensors(
  arrays: readonly NamedArray[],
  file: string,
  options: Pick<ModelReadOptions, 'orientation'>,
): { layers: ForeignLayer[]; notes: string[] } {
  const fail = (reason: string): never => {
    throw new ModelError(`${file}: ${reason}`);
  };
  if (arrays.length > MAX_ARRAYS) fail(`holds ${arrays.length} arrays: expected those of a few dense layers`);
  const { compare } = new Intl.Collator('en', { numeric: true });
  const sorted = arrays.toSorted((a, b) => compare(a.name, b.name));
  const weights: NamedArray[] = [];
  const biases: NamedArray[] = [];
  for (const array of sorted) {
    const kind = kindOf(array, sorted);
    if (kind === 'weights') weights.push(array);
    else if (kind === 'biases') biases.push(array);
    else fail(`${shown(layerName(array.name))}: ${kind}; only plain stacks of dense layers are read`);
  }
  if (weights.length === 0) fail('has no matrix of weights: expected a stack of dense layers');
  const pairs = pairByName(weights, biases) ?? pairByOrder(weights, biases);
  if (!pairs) {
    const lists = [weights, biases].map((list) => list.map(({ name }) => shown(name)).join(', '));
    return fail(
      `which biases belong to which weights cannot be told: weights ${lists[0]}, biases ${lists[1]}`,
    );
  }
  const found = chains(pairs, options.orientation);
  const hinted = found.filter(({ orientation }) => orientation === hintOf(weights));
  const chosen = found.length === 1 ? found[0] : hinted.length === 1 ? hinted[0] : undefined;
  if (!chosen) {
    const shapes = pairs
      .map(({ weight: { name, shape } }) => `${shown(name)} [${shape.join(', ')}]`)
      .join(', ');
    fail(
      found.length === 0
        ? `its matrices are no chain of layers: ${shapes}`
        : `the shapes do not tell whether matrices are outputs × inputs or inputs × outputs: ${shapes}. Pass --orientation out-in (PyTorch) or in-out (Keras)`,
    );
  }
  const { order, orientation } = chosen!;
  const notes = orientation === 'in-out' ? ['its matrices are inputs × outputs, and were transposed'] : [];
  if (order.some((pair, l) => pair !== pairs[l]))
    notes.push(
      `the shapes put its layers in the order ${order.map(({ weight }) => layerName(weight.name)).join(', ')}`,
    );
  return { layers: order.map((pair) => layerOf(pair, orientation)), notes };
}

interface Pair {
  readonly weight: NamedArray;
  readonly bias: NamedArray | undefined;
}

/** What an array is or, in words, why it is of no dense layer. */
function kindOf({ name, shape }: NamedArray, all: readonly NamedArray[]): string {
  const inWords = `an array of shape [${shape.join(', ')}]`;
  if (/running_(mean|var)|moving_(mean|variance)|num_batches_tracked|(^|[./_])(gamma|beta)(:0)?$/i.test(name))
    return 'batch normalization';
  if (shape.length === 4) return `a convolution (${inWords})`;
  if (shape.length > 2 || shape.length === 0) return inWords;
  const isVector = shape.length === 1 || shape.includes(1);
  const isFlat = shape.length === 1;
  const saysBias =
    BIAS.test(name) || (/(^|_)\d*[13579]$/.test(name) && /^arr_\d+$/.test(name)) || /vars\/1$/.test(name);
  const saysWeight = WEIGHT.test(name) && !BIAS.test(name);
  if (isFlat && saysWeight) return `no dense layer (weights of shape [${shape.join(', ')}])`;
  if (isFlat && !saysBias && all.some((other) => BIAS.test(other.name))) return inWords;
  if (isFlat || (isVector && saysBias)) return 'biases';
  return 'weights';
}

/** Each name of a bias, with the word for it taken out, is that of one matrix. */
function pairByName(weights: readonly NamedArray[], biases: readonly NamedArray[]): Pair[] | undefined {
  const stem = (name: string, word: RegExp) =>
    name
      .replace(word, '*')
      .replace(/vars\/[01]$/, '*')
      .toLowerCase();
  const left = new Map(biases.map((bias) => [stem(bias.name, BIAS), bias]));
  if (left.size !== biases.length) return undefined;
  const pairs = weights.map((weight): Pair => {
    const key = stem(weight.name, WEIGHT);
    const bias = left.get(key);
    left.delete(key);
    return { weight, bias };
  });
  return left.size === 0 ? pairs : undefined;
}

function pairByOrder(weights: readonly NamedArray[], biases: readonly NamedArray[]): Pair[] | undefined {
  if (weights.length !== biases.length) return undefined;
  return weights.map((weight, k) => ({ weight, bias: biases[k] }));
}

interface Chain {
  readonly order: readonly Pair[];
  readonly orientation: Orientation;
}

/** The ways in which the layers can follow each other: in the order of their names or, if there is none, in another. */
function chains(pairs: readonly Pair[], wanted: Orientation | undefined): Chain[] {
  const orientations: readonly Orientation[] = wanted ? [wanted] : ['out-in', 'in-out'];
  const inOrder = orientations
    .filter((orientation) => fits(pairs, orientation))
    .map((orientation) => ({ order: pairs, orientation }));
  if (inOrder.length > 0 || pairs.length > MAX_ORDERED) return inOrder;
  return orientations.flatMap((orientation) =>
    ordersOf(pairs, orientation).map((order) => ({ order, orientation })),
  );
}

function fits(pairs: readonly Pair[], orientation: Orientation): boolean {
  return pairs.every((pair, l) => {
    const [units, inputs] = sizesOf(pair, orientation);
    const before = pairs[l - 1];
    const isBiased = !pair.bias || pair.bias.values.length === units;
    return isBiased && (!before || sizesOf(before, orientation)[0] === inputs);
  });
}

/** Every order in which outputs and inputs fit. */
function ordersOf(pairs: readonly Pair[], orientation: Orientation): Pair[][] {
  const extend = (order: readonly Pair[], left: readonly Pair[]): Pair[][] => {
    if (left.length === 0) return [[...order]];
    return left.flatMap((next) => {
      const longer = [...order, next];
      return fits(longer, orientation)
        ? extend(
            longer,
            left.filter((pair) => pair !== next),
          )
        : [];
    });
  };
  return extend([], pairs);
}

function sizesOf({ weight: { shape } }: Pair, orientation: Orientation): [units: number, inputs: number] {
  const [rows, cols] = shape as [number, number];
  return orientation === 'out-in' ? [rows, cols] : [cols, rows];
}

/** What the names of the matrices say, where shapes fit both ways: `kernel` is a word of Keras, `weight` of PyTorch. */
function hintOf(weights: readonly NamedArray[]): Orientation | undefined {
  const all = (word: RegExp) => weights.every(({ name }) => word.test(name));
  if (all(/kernel|coefs|vars\/0/i)) return 'in-out';
  return all(/weight/i) ? 'out-in' : undefined;
}

function layerOf(pair: Pair, orientation: Orientation): ForeignLayer {
  const [units, inputs] = sizesOf(pair, orientation);
  const { name, values } = pair.weight;
  let W = values;
  if (orientation === 'in-out') {
    const turned = new Float64Array(values.length);
    for (let i = 0; i < inputs; i++)
      for (let u = 0; u < units; u++) turned[u * inputs + i] = values[i * units + u]!;
    W = turned;
  }
  return { name: layerName(name), units, inputs, W, ...(pair.bias && { b: pair.bias.values }) };
}

/** `fc1` for `fc1.weight`. */
function layerName(name: string): string {
  return (
    name.replace(
      /[./](weights?|kernel|bias|vars\/\d|running_\w+|num_batches_tracked|gamma|beta)(:0)?$/i,
      '',
    ) || name
  );
}

function shown(name: string): string {
  return name.length <= SHOWN && /^[\w./:-]+$/.test(name) ? name : JSON.stringify(name.slice(0, SHOWN));
}
