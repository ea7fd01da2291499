import { type Dataset, EngineError, ModelError, type ModelFile } from '@longhand/core';
import { createPredictor } from '@longhand/core/engine';
import { createJudge } from '@longhand/core/evaluation';
import { meanOf } from '@longhand/core/maths';
import { computed, effect, signal } from '@preact/signals';
import type { ModelChoice } from '../../components/model-menu.js';
import { firstDigits } from '../../state/digits.js';
import { changeQuery } from '../../state/location.js';
import {
  type NamedModel,
  ownModels,
  ownNameOf,
  SHIPPED,
  type ShippedName,
  shippedModel,
} from '../../state/models.js';
import { showError } from '../../state/notifications.js';
import { verdictOf } from './confidence.js';
import { compute, contributionsTo, topOf, unitsTo } from './contributions.js';
import { framed } from './drawing-state.js';
import { concat, type Neighbors, nearestNeighbors, prepare, type References } from './nearest-neighbors.js';

/** The model that this page starts with. */
export const DEFAULT_MODEL: ShippedName = 'draw';

/** The model that reads the drawing. `undefined` until it is loaded. */
export const reader = signal<NamedModel | undefined>(undefined);
/** The chosen model. It may not be loaded yet. */
export const readerChoice = signal<ModelChoice>({ shipped: DEFAULT_MODEL });

/** Chooses one of the user's own models. */
export function readWith(model: NamedModel): void {
  readerChoice.value = { own: model.sha256 };
  reader.value = model;
}

// A model that was trained here learns when to doubt its answers a little later.
effect(() => {
  const choice = readerChoice.value;
  const now = 'own' in choice && ownModels.value.find(({ sha256 }) => sha256 === choice.own);
  if (now && now !== reader.peek()) reader.value = now;
});

/** Chooses an included model and loads it. */
export async function readWithShipped(name: ShippedName): Promise<void> {
  const choice = { shipped: name };
  readerChoice.value = choice;
  try {
    const model = await shippedModel(name);
    if (readerChoice.peek() === choice) reader.value = model;
  } catch (error) {
    showError(error);
  }
}

/** Puts the chosen model into the address. */
export function tellReader(): void {
  const choice = readerChoice.peek();
  const name = 'own' in choice ? ownNameOf({ sha256: choice.own }) : choice.shipped;
  changeQuery({ model: name === DEFAULT_MODEL ? undefined : name });
}

export function isShipped(name: string | null): name is ShippedName {
  return name !== null && Object.hasOwn(SHIPPED, name);
}

const predictor = computed(() => reader.value && predictorOf(reader.value));

export function predictorOf({ network, record: { pixelScale } }: ModelFile) {
  try {
    return createPredictor(network, { pixelScale });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    // The engine does not know this network, such as one whose output is sigmoid.
    return createPredictor(network, { pixelScale, engine: 'maths' });
  }
}

/** The probability of each class, or that the model has no answer: what it computes may overflow. */
const answered = computed(() => {
  const [digit, asked] = [framed.value, predictor.value];
  if (!digit || !asked) return undefined;
  try {
    const frames = digit.frames.map((pixels) => asked.predict(pixels));
    return { probabilities: Float32Array.from(meanOf(frames)) };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return { problem: `The model “${reader.peek()!.name}” has no answer: ${TOO_LARGE}` };
  }
});
const TOO_LARGE = 'what it computes is too large for a number. Choose another model.';

/** The probability of each class, the mean over the frames of the drawing. `undefined` while nothing is drawn. */
export const probabilities = computed(() => answered.value?.probabilities);
/** Why the model has no answer, a sentence. */
export const problem = computed(() => answered.value?.problem);

/** The nearest real digits. They are searched when the pen rests. */
export const neighbors = signal<Neighbors | undefined>(undefined);

/** Real digits to compare with, once they are prepared. */
const references = signal<References | undefined>(undefined);
/** Digits that are prepared at a time, which takes less than a frame. */
const SLICE = 100;

effect(() => {
  const digits = firstDigits.value;
  if (digits) void prepareInSlices([digits.training, digits.test]);
});

async function prepareInSlices(datasets: readonly Dataset[]): Promise<void> {
  const slices: References[] = [];
  for (const digits of datasets) {
    for (let from = 0; from < digits.length; from += SLICE) {
      slices.push(prepare(digits.slice(from, from + SLICE)));
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  references.value = concat(slices);
}

/** How long the drawing must stay the same before the search starts, in ms. */
const REST_MS = 80;

effect(() => {
  const drawn = framed.value;
  const others = references.value;
  if (!drawn || !others) {
    neighbors.value = undefined;
    return;
  }
  const timer = setTimeout(() => {
    neighbors.value = nearestNeighbors(drawn.pixels, others);
  }, REST_MS);
  return () => clearTimeout(timer);
});

export const classNames = computed(() => reader.value?.record.classNames ?? DIGIT_NAMES);
const DIGIT_NAMES = Array.from({ length: 10 }, (_, digit) => String(digit));

const ownJudge = computed(() => reader.value && createJudge(reader.value.record));

export const verdict = computed(() => {
  const [given, drawn, own] = [probabilities.value, framed.value, ownJudge.value];
  return given && drawn && own && verdictOf(given, drawn.frames, own);
});

/** The output that the user asks about, if it is not the answer. */
export const chosenOutput = signal<number | undefined>(undefined);
/** The output that is explained. */
export const output = computed(() => {
  const chosen = chosenOutput.value;
  return chosen !== undefined && chosen < classNames.value.length ? chosen : verdict.value?.answer;
});
/** The hidden unit that the user points at, if any. */
export const chosenUnit = signal<number | undefined>(undefined);

// After the pad is cleared, the page explains the answer again.
effect(() => {
  if (framed.value) return;
  chosenOutput.value = undefined;
  chosenUnit.value = undefined;
});

/** All that the network computes for the drawing, in 64 bits. */
export const computation = computed(() => {
  const [digit, model] = [framed.value, reader.value];
  if (!digit || !model || problem.value) return undefined;
  return compute(model.network, digit.pixels, model.record.pixelScale);
});

/** What adds up to the z of the output that is explained. */
export const contributions = computed(() => {
  const [done, asked] = [computation.value, output.value];
  return done && asked !== undefined ? contributionsTo(asked, done) : undefined;
});

/** What each hidden unit adds to each output. */
export const unitContributions = computed(() => {
  const done = computation.value;
  return done && classNames.value.map((_, k) => unitsTo(k, done));
});

/** Units with a red frame: those that add most to the output that is explained. */
const FRAMED = 3;
export const topUnits = computed(() => topOf(contributions.value?.units ?? [], FRAMED));

/** The hidden unit that is shown in detail. */
export const shownUnit = computed(() => {
  const units = contributions.value?.units.length ?? 0;
  const chosen = chosenUnit.value;
  return chosen !== undefined && chosen < units ? chosen : topUnits.value[0];
});
