import { Dataset, matrix, type Network, update, withParameters } from '@longhand/core';
import { formatReference, parseReference, type Reference } from '@longhand/core/explain';
import { encodeModel } from '@longhand/core/files';
import { computed, effect, signal } from '@preact/signals';
import {
  computeIteration,
  type Examples,
  type Iteration,
  iterationOf,
  MAX_ON_PAGE,
  SHOWN_EXAMPLES,
} from '../../computations/cycle.js';
import {
  type FiniteDifference,
  finiteDifferenceOf,
  gradientOf,
  parameterFor,
} from '../../computations/finite-difference.js';
import { type Digits, digits, loadAll, MNIST } from '../../state/digits.js';
import { drawing } from '../../state/drawing.js';
import { misfit } from '../../state/fit.js';
import {
  type NamedModel,
  ownModel,
  type ShippedName,
  shippedModel,
  untrainedModel,
} from '../../state/models.js';
import { showError } from '../../state/notifications.js';
import { BoardWorker } from '../../workers/board-worker.js';
import { type Choices, choices, type DigitChoice, type NetworkChoice, STAND_IN } from './choices.js';
import { stepsOf } from './steps.js';

/** The network that the first turn begins with. */
const model = signal<NamedModel | undefined>(undefined);
/** The turn that the board shows. The last one stays while the next is computed. */
export const iteration = signal<Iteration | undefined>(undefined);
/** Whether a worker is computing the next. */
export const working = signal(false);
/** What the check of a number came to, as long as that number is shown. */
export const checked = signal<{ readonly entry: string; readonly difference: FiniteDifference } | undefined>(
  undefined,
);

export const steps = computed(() => (iteration.value ? stepsOf(iteration.value.network) : []));
/** The step that is lit. */
export const step = computed(() => steps.value[Math.min(choices.value.step, steps.value.length) - 1]);

/** The number under the mouse: shown as long as it is there. */
export const pointed = signal<Reference | undefined>(undefined);

/** Points at a number, or at none. Of very many examples, a sum over all of them is worked out when it is asked for, and not in passing. */
export function point(reference: Reference | undefined): void {
  const now = iteration.peek();
  const long = now && now.m > MAX_ON_PAGE && (reference?.quantity === 'dW' || reference?.quantity === 'db');
  const next = long ? undefined : reference;
  const before = pointed.peek();
  if (next && before && formatReference(next) === formatReference(before)) return;
  pointed.value = next;
}

const worker = new BoardWorker();

/** The number asked for; else, of the lit step's result, the one that is largest in size. */
export const asked = computed<Reference | undefined>(() => {
  const now = iteration.value;
  if (!now || !step.value) return undefined;
  const { entry } = choices.value;
  if (entry) {
    try {
      return parseReference(entry, now.network, now.m);
    } catch {
      // An address that asks for what is not there gets what the board would show by itself.
    }
  }
  return largestOf(now, step.value.result);
});

/** The examples that the choices name, as far as their data is there. */
function examplesFor({ size, digit }: Choices, data: Digits, pixelScale: number): Examples {
  if (size === 'all') {
    const { length } = data.training;
    return { dataset: data.training, indices: Uint32Array.from({ length }, (_, i) => i), pixelScale };
  }
  const m = Number(size);
  if (digit.set === 'drawn') return { dataset: withDrawing(data.test, m), indices: firstOf(m), pixelScale };
  const dataset = digit.set === 'train' ? data.training : data.test;
  const first = Math.min(digit.index, dataset.length - 1);
  const indices = firstOf(Math.min(m, dataset.length)).map((k) => (first + k) % dataset.length);
  return { dataset, indices, pixelScale };
}

/** The drawn digit, and after it the first of the test digits: m in all. Nothing drawn is a blank picture. */
function withDrawing(test: Dataset, m: number): Dataset {
  const { inputs, width, height, classNames } = test;
  const pixels = new Uint8Array(inputs * m);
  const labels = new Uint8Array(m);
  const drawn = drawing.value;
  if (drawn?.pixels.length === inputs) pixels.set(drawn.pixels);
  labels[0] = drawn?.label ?? 0;
  for (let k = 1; k < m; k++) {
    pixels.set(test.pixels(k - 1), k * inputs);
    labels[k] = test.label(k - 1);
  }
  return new Dataset({ pixels, labels, width, height, classNames });
}

function firstOf(count: number): number[] {
  return Array.from({ length: count }, (_, k) => k);
}

/** The entry that is largest in size, of those that the board draws. */
export function largestOf(
  now: Iteration,
  { quantity, layer }: { quantity: Reference['quantity']; layer: number },
): Reference {
  const { rows, cols, data } = valuesOf(now, { quantity, layer });
  const drawn = cols === now.m ? Math.min(cols, SHOWN_EXAMPLES) : cols;
  let [at, most] = [0, -1];
  for (let row = 0; row < rows; row++) {
    for (let k = row * cols; k < row * cols + drawn; k++) {
      const size = Math.abs(data[k]!);
      if (size > most) [at, most] = [k, size];
    }
  }
  return { quantity, layer, row: Math.floor(at / cols), column: at % cols };
}

/** The matrix of a quantity. */
export function valuesOf(
  { network, X, Y, computed, gradients }: Iteration,
  { quantity, layer }: { quantity: Reference['quantity']; layer: number },
) {
  switch (quantity) {
    case 'X':
      return X;
    case 'Y':
      return Y;
    case 'Z':
      return computed.Z[layer - 1]!;
    case 'A':
      return layer === 0 ? X : computed.A[layer]!;
    case 'W':
    case 'b':
      return network.layers[layer - 1]![quantity];
    case 'J':
      return matrix(1, 1);
    default:
      return gradients[layer - 1]![quantity];
  }
}

/** Keeps the board's numbers in step with what is chosen, until the function it gives is called. */
export function followChoices(): () => void {
  const stops = [effect(openModel), effect(compute)];
  return () => {
    for (const stop of stops) stop();
    worker.end();
  };
}

const network = computed(() => choices.value.network);
const own = computed(() => (network.value === 'own' ? ownModel.value : undefined));
/** Whether the address asks for a model of one's own that this page does not have. */
export const isMissing = computed(() => network.value === 'own' && !own.value);
/** The network that is drawn: for a model that is missing, the board's. */
export const networkDrawn = computed<NetworkChoice>(() => (isMissing.value ? STAND_IN : network.value));

function openModel(): void {
  const wanted = networkDrawn.value;
  const mine = own.value;
  if (mine) {
    model.value = mine;
    return;
  }
  const opening = wanted === '0' ? untrainedModel() : shippedModel(wanted as ShippedName);
  opening.then((opened) => {
    if (networkDrawn.peek() === wanted) model.value = opened;
  }, showError);
}

/** Why the network cannot read the data at hand, if so. */
export const problem = computed(() => {
  const [start, data] = [model.value, digits.value];
  return start && data && misfit(start, data);
});

/** What the numbers depend on: a step or an entry changes none of them. */
const question = computed(() => {
  const { size, digit, alpha, iteration: number } = choices.value;
  return JSON.stringify({ size, digit, alpha, number });
});

let last:
  | {
      readonly model: NamedModel;
      readonly data: Digits;
      readonly key: string;
      readonly number: number;
      readonly iteration: Iteration;
    }
  | undefined;

function compute(): void {
  const start = model.value;
  const data = digits.value;
  void question.value;
  void drawing.value;
  const chosen = choices.peek();
  if (!start || !data || problem.value) return;
  if (needsAll(chosen.digit, chosen.size, data)) void loadAll();
  const examples = examplesFor(chosen, data, start.record.pixelScale);
  if (examples.indices.length > MAX_ON_PAGE) {
    void computeApart(start, examples, chosen);
    return;
  }
  const key = JSON.stringify([chosen.size, chosen.digit, chosen.alpha]);
  const known = last && last.model === start && last.data === data && last.key === key ? last : undefined;
  let now: Iteration;
  if (known && known.number === chosen.iteration) now = known.iteration;
  else if (known && known.number === chosen.iteration - 1)
    now = computeIteration(after(known.iteration, chosen.alpha), examples);
  else {
    let reached: Network = start.network;
    for (let k = 0; k < chosen.iteration; k++)
      reached = after(computeIteration(reached, examples), chosen.alpha);
    now = computeIteration(reached, examples);
  }
  last =
    chosen.digit.set === 'drawn'
      ? undefined
      : { model: start, data, key, number: chosen.iteration, iteration: now };
  iteration.value = now;
}

/** MNIST's first thousand are there at once; a digit beyond them, or all of them, takes the rest. */
function needsAll(digit: DigitChoice, size: Choices['size'], data: Digits): boolean {
  if (data.complete || data.name !== MNIST) return false;
  const beyond =
    digit.set !== 'drawn' && digit.index >= data[digit.set === 'train' ? 'training' : 'test'].length;
  return size === 'all' || beyond;
}

function after({ network: before, gradients }: Iteration, alpha: number): Network {
  return update(before, gradients, alpha);
}

async function computeApart(
  start: NamedModel,
  examples: Examples,
  { alpha, iteration: number }: Choices,
): Promise<void> {
  const asking = question.peek();
  working.value = true;
  try {
    const answer = await worker.turn(examples.dataset, { model: encodeModel(start), alpha, turn: number });
    if (question.peek() !== asking || model.peek() !== start) return;
    const parameters = start.network.layers.map(({ W, b }, l) => ({
      W: matrix(W.rows, W.cols, answer.parameters[l]!.W),
      b: matrix(b.rows, 1, answer.parameters[l]!.b),
    }));
    iteration.value = iterationOf(withParameters(start.network, parameters), examples, answer.turn);
  } catch (error) {
    showError(error);
  } finally {
    working.value = false;
  }
}

/** Nudges the parameter that says most about a number, and shows what the loss does. */
export async function checkNumber(reference: Reference, entry: string): Promise<void> {
  const now = iteration.peek();
  const start = model.peek();
  if (!now || !start) return;
  const parameter = parameterFor(now, reference);
  try {
    if (now.m <= MAX_ON_PAGE) checked.value = { entry, difference: finiteDifferenceOf(now, parameter) };
    else {
      const { alpha, iteration: number } = choices.peek();
      working.value = true;
      const question = { model: encodeModel(start), alpha, turn: number };
      const difference = await worker.nudge(
        now.examples.dataset,
        question,
        parameter,
        gradientOf(now, parameter),
      );
      checked.value = { entry, difference };
    }
  } catch (error) {
    showError(error);
  } finally {
    working.value = false;
  }
}
