import type { Network } from '@longhand/core';
import { formatReference, parseReference, type Reference } from '@longhand/core/explain';
import { update } from '@longhand/core/maths';
import { computed, effect, signal } from '@preact/signals';
import { type Check, checkEntry, parameterOf } from '../../computations/check-entry.js';
import {
  computeIteration,
  type Examples,
  type Iteration,
  iterationOf,
  MAX_ON_PAGE,
} from '../../computations/cycle.js';
import { finiteDifferenceOf, gradientOf } from '../../computations/finite-difference.js';
import { type Digits, digits, loadAll, ownDigits } from '../../state/digits.js';
import { misfit } from '../../state/fit.js';
import { areModelsBack } from '../../state/kept.js';
import {
  isOwnName,
  type NamedModel,
  ownModel,
  ownModelNamed,
  type ShippedName,
  shippedModel,
  untrainedModel,
} from '../../state/models.js';
import { showError } from '../../state/notifications.js';
import { OPENING_DIGIT, opening } from '../../state/opening.js';
import type { BoardQuestion } from '../../workers/board.worker.js';
import { BoardWorker } from '../../workers/board-worker.js';
import { packNetwork, unpackNetwork } from '../../workers/network-message.js';
import { type Choices, choices, keepDrawing, type NetworkChoice, STAND_IN } from './choices.js';
import { editExamples, editNetwork, isPixel } from './edits.js';
import { examplesFor, needsAllDigits } from './examples.js';
import { largestOf } from './quantities.js';
import { stepsOf } from './steps.js';

/** The network that the first iteration starts from. */
const model = signal<NamedModel | undefined>(undefined);
/** The iteration that the board shows. It stays until the next one is computed. */
export const iteration = signal<Iteration | undefined>(undefined);
/** Whether a worker is computing the next one. */
export const working = signal(false);
/** The result of the last check of a number, and which number of which iteration. */
const lastCheck = signal<
  { readonly iteration: Iteration; readonly entry: string; readonly check: Check } | undefined
>(undefined);

/** The check of a number, as long as the board shows the iteration that was checked. */
export function checkOf(entry: string): Check | undefined {
  const last = lastCheck.value;
  return last?.entry === entry && last.iteration === iteration.value ? last.check : undefined;
}

export const steps = computed(() => (iteration.value ? stepsOf(iteration.value.network) : []));
/** The current step, which is highlighted. Before the first one there is none. */
export const step = computed(() => steps.value[Math.min(choices.value.step, steps.value.length) - 1]);

/** A number, and the equation in which it was pressed if another one computes it. */
export interface AskedEntry extends Reference {
  readonly at?: number | undefined;
}

/** The number under the mouse, as long as the mouse is there. */
export const pointed = signal<AskedEntry | undefined>(undefined);

/**
 * Points at a number, or at none. With very many examples, a sum over all of them takes long: it is
 * computed on a click only, not in passing.
 */
export function point(reference: AskedEntry | undefined): void {
  const now = iteration.peek();
  const long = now && now.m > MAX_ON_PAGE && (reference?.quantity === 'dW' || reference?.quantity === 'db');
  const next = long ? undefined : reference;
  const before = pointed.peek();
  if (next && before && formatReference(next) === formatReference(before) && next.at === before.at) return;
  pointed.value = next;
}

/** The number of the last step that has been computed: all of them, unless it goes step by step. */
export const reached = computed(() =>
  choices.value.isStepByStep ? (step.value?.number ?? 0) : steps.value.length,
);

const worker = new BoardWorker();

/**
 * The number that is asked for. Without one: the largest, in absolute value, that the current step
 * computes.
 */
export const asked = computed<AskedEntry | undefined>(() => {
  const now = iteration.value;
  if (!now) return undefined;
  const { entry, at } = choices.value;
  if (entry) {
    try {
      const reference = parseReference(entry, now.network, now.m);
      return { ...reference, at: isOperand(reference, at) ? at : undefined };
    } catch {
      // The address asks for a number that does not exist: the default follows.
    }
  }
  return step.value && largestOf(now, step.value.result);
});

/** Whether the equation of this number has this quantity on its right side. */
function isOperand({ quantity, layer }: Reference, at: number | undefined): boolean {
  const equation = steps.value.find(({ number, phase }) => number === at && phase !== 'update');
  return (equation?.pieces ?? []).some((piece) => {
    return 'tile' in piece && piece.tile.quantity === quantity && piece.tile.layer === layer;
  });
}

/** Whether W or b is asked for as an operand: then it is read there, not updated. */
export function isRead({ quantity, at }: AskedEntry): boolean {
  return at !== undefined && (quantity === 'W' || quantity === 'b');
}

/** Recomputes the board whenever a choice changes, until the returned function is called. */
export function followChoices(): () => void {
  const stops = [effect(openModel), effect(compute), effect(keepDrawing)];
  return () => {
    for (const stop of stops) stop();
    worker.end();
  };
}

const network = computed(() => choices.value.network);
const isOwn = computed(() => network.value === 'own' || isOwnName(network.value));
const own = computed(() => {
  const wanted = network.value;
  return isOwnName(wanted) ? ownModelNamed(wanted) : wanted === 'own' ? ownModel.value : undefined;
});
/** Whether the address asks for a model of the user's own that is not here. */
export const isMissing = computed(() => isOwn.value && !own.value && areModelsBack.value);
/** The network that is shown: in place of a missing model, the board's. */
export const networkDrawn = computed<NetworkChoice>(() => (isMissing.value ? STAND_IN : network.value));

function openModel(): void {
  const wanted = networkDrawn.value;
  const mine = own.value;
  if (mine) {
    model.value = mine;
    return;
  }
  // It may be among those that the browser kept.
  if (isOwn.value && !isMissing.value) return;
  if (wanted === STAND_IN) {
    model.value = opening().model;
    return;
  }
  const fetching = wanted === '0' ? untrainedModel() : shippedModel(wanted as ShippedName);
  fetching.then((opened) => {
    if (networkDrawn.peek() === wanted) model.value = opened;
  }, showError);
}

/** Whether the board shows the one digit that is part of the program. */
export const isOpening = computed(() => {
  const { digit, size } = choices.value;
  return digit.set === 'test' && digit.index === OPENING_DIGIT && size === '1' && !ownDigits.value;
});

/**
 * The data that the board reads. The digit of the opening needs no other: when they arrive, nothing
 * changes.
 */
export const boardDigits = computed(() => (isOpening.value ? opening().digits : digits.value));

/** Why the network cannot read the current data, if so. */
export const problem = computed(() => {
  const [start, data] = [model.value, boardDigits.value];
  return start && data && misfit(start, data);
});

/** All that the numbers depend on, as text. A step or an entry changes none of them. */
const question = computed(() => {
  const { size, digit, alpha, iteration: number, edits } = choices.value;
  return JSON.stringify({ size, digit, alpha, number, edits });
});

/** What an iteration starts from and what it computes, to go on from or to compute again. */
interface Known {
  readonly model: NamedModel;
  readonly data: Digits;
  /** All choices that it depends on, as text. */
  readonly key: string;
  readonly number: number;
}
let last: (Known & { readonly iteration: Iteration }) | undefined;
/** The network of an iteration before anything in it was moved by hand. */
let start: (Known & { readonly network: Network }) | undefined;

/** The choices that the network of an iteration depends on, before anything is moved in it. */
function keyOf({ size, digit, alpha, edits }: Choices, number: number): string {
  return JSON.stringify([size, digit, alpha, edits.filter((edit) => isPixel(edit) || edit.turn < number)]);
}

function compute(): void {
  const opened = model.value;
  const data = boardDigits.value;
  void question.value;
  const chosen = choices.peek();
  if (!opened || !data || problem.value) return;
  if (!isOpening.peek() && needsAllDigits(chosen, data)) void loadAll();
  const examples = examplesFor(chosen, data, opened);
  if (examples.indices.length > MAX_ON_PAGE) {
    void computeApart(opened, examples, chosen);
    return;
  }
  const { iteration: number, edits } = chosen;
  const isKnown = (known: Known | undefined, wanted: number, key: string) =>
    known?.model === opened && known.data === data && known.number === wanted && known.key === key;
  const [key, next] = [keyOf(chosen, number), keyOf(chosen, number + 1)];
  if (last && isKnown(last, number, next)) {
    iteration.value = last.iteration;
    return;
  }
  const edited = editExamples(examples, edits, opened.network);
  let network: Network;
  if (start && isKnown(start, number, key)) network = start.network;
  else if (last && isKnown(last, number - 1, key)) network = after(last.iteration, chosen.alpha);
  else {
    network = opened.network;
    for (let k = 0; k < number; k++)
      network = after(computeIteration(editNetwork(network, edits, k), edited), chosen.alpha);
  }
  const now = computeIteration(editNetwork(network, edits, number), edited);
  start = { model: opened, data, key, number, network };
  last = { model: opened, data, key: next, number, iteration: now };
  iteration.value = now;
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
    const answer = await worker.iteration(examples.dataset, questionFor(start, alpha, number));
    if (question.peek() !== asking || model.peek() !== start) return;
    iteration.value = iterationOf(unpackNetwork(answer.network), examples, answer.iteration);
  } catch (error) {
    showError(error);
  } finally {
    working.value = false;
  }
}

/**
 * Checks a number: a gradient against a finite difference of the loss, any other by computing it
 * again in another way.
 */
export async function checkNumber(reference: Reference, entry: string): Promise<void> {
  const now = iteration.peek();
  const start = model.peek();
  if (!now || !start) return;
  const done = (check: Check) => {
    lastCheck.value = { iteration: now, entry, check };
  };
  const parameter = parameterOf(reference);
  try {
    if (!parameter) done(checkEntry(now, reference));
    else if (now.m <= MAX_ON_PAGE) done({ kind: 'slope', ...finiteDifferenceOf(now, parameter) });
    else {
      const { alpha, iteration: number } = choices.peek();
      working.value = true;
      const difference = await worker.finiteDifference(now.examples.dataset, {
        ...questionFor(start, alpha, number),
        parameter,
        gradient: gradientOf(now, parameter),
      });
      done({ kind: 'slope', ...difference });
    }
  } catch (error) {
    showError(error);
  } finally {
    working.value = false;
  }
}

/** What the worker is asked: an iteration of this network, which its hash tells from all others. */
function questionFor(
  { network, record, sha256 }: NamedModel,
  alpha: number,
  iteration: number,
): BoardQuestion {
  const start = packNetwork(network);
  const { pixelScale } = record;
  const functions = [start.output, ...start.layers.map(({ activation }) => activation)];
  return { start, key: [sha256, ...functions, pixelScale, alpha].join(' '), pixelScale, iteration, alpha };
}
