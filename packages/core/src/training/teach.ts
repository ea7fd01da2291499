import type { Dataset } from '../data/dataset.js';
import type { Predictor } from '../engine/api/prediction.js';
import { createPredictor } from '../engine/api/predictor.js';
import { DataError, EngineError } from '../errors.js';
import { compareAnswers } from '../evaluation/evaluation.js';
import type { Json } from '../formats/json.js';
import type { ModelFile, ModelRecord } from '../formats/model.js';
import { argmax } from '../maths/argmax.js';
import { meanOf } from '../maths/mean.js';
import type { Network } from '../maths/network.js';
import { type LessonRequest, type Stage, stagesOfLesson } from './lesson.js';
import type { Measure } from './training-run.js';

/** A lesson aims at the last of these probabilities, and is content with less, where more would cost too much. */
const PROBABILITIES = [0.55, 0.6, 0.7, 0.8, 0.9, 0.95];
const FULL = PROBABILITIES.at(-1)!;
/** The answers to so many known examples should stay. */
const KNOWN = 2000;
/** A lesson is chosen on so many examples: those that were held out, and training examples. */
const CHOSEN_ON = 10_000;
/** With fewer training examples, nobody can tell what a lesson costs. */
const LEAST = 20;
/** By how much lessons may lower the accuracy, on the examples that they are chosen on, and on the test examples. */
const COST = { dev: 0.0005, test: 0.001 };
type Measured = keyof typeof COST;

/** What is to be taught. */
export interface TeachRequest {
  /** The model. It does not change. */
  readonly model: ModelFile;
  /** Pictures of one class, each with its frames (`FramedDigit.frames`): the answer is the mean over them. */
  readonly pictures: readonly (readonly Uint8Array[])[];
  /** The index of their class. */
  readonly label: number;
  /** The examples that the model learned from, with those held out, in their order. */
  readonly training: Dataset;
  /** The effect is measured on them. */
  readonly test?: Dataset;
  /** Called with the share that is done, 0–1. */
  readonly onProgress?: (share: number) => void;
}

/** The answer to one picture before and after a lesson. */
export interface Taught {
  /** With the given model. */
  readonly before: TaughtAnswer;
  /** As before, if the lesson was refused. */
  readonly after: TaughtAnswer;
}

/** An answer to a picture that is taught. */
export interface TaughtAnswer {
  /** The index of the most likely class. */
  readonly answer: number;
  /** The probabilities of all classes, the mean over the frames. */
  readonly probabilities: Float32Array;
}

/** An accuracy before and after a lesson. */
export interface Effect {
  /** With the model that the lesson began with. */
  readonly before: Measure;
  /** Of the taught model. Of a lesson that was refused: what it would have been. */
  readonly after: Measure;
  /** The accuracy before the first lesson of all, 0–1. Lessons may lower it by 0.1 points in all. */
  readonly untaught: number;
}

/** What became of a lesson. */
export interface Lesson {
  /**
   * `taught`: every picture is read as its class, with 95% or more. `weakened`: with less, because more would
   * lower the accuracy on other examples. `refused`: any lesson would lower it too much. `known`: all pictures
   * were read so before.
   */
  readonly outcome: 'taught' | 'weakened' | 'refused' | 'known';
  /** The taught model; the given one if nothing was changed. */
  readonly model: ModelFile;
  /** One for each picture. */
  readonly pictures: readonly Taught[];
  /** On the examples that the lesson was chosen on. Nothing if there was no lesson to choose. */
  readonly dev?: Effect;
  /** On the test examples. */
  readonly test?: Effect;
}

/**
 * Teaches a model pictures that it reads wrongly, without making it worse at others. The lesson is the strongest
 * one that costs at most 0.05 points of accuracy on 10,000 examples: those held out, and training examples. The
 * test examples are asked once, at the end: a lesson that costs more than 0.1 points there is refused.
 *
 * @throws DataError for pictures of another size, no pictures, or a model or data that do not fit them
 */
export function teach({ model, pictures, label, training, test, onProgress }: TeachRequest): Lesson {
  check(model, pictures, label, training);
  const { network, record } = model;
  const answersOf = (own: Network) => {
    const predictor = predictorOf(own, record.pixelScale);
    return pictures.map((frames) => answerTo(frames, predictor));
  };
  const before = answersOf(network);
  const unchanged = { model, pictures: before.map((answer) => ({ before: answer, after: answer })) };
  if (before.every(({ answer, probabilities }) => answer === label && probabilities[label]! >= FULL)) {
    return { outcome: 'known', ...unchanged };
  }
  onProgress?.(0);
  const { known, dev } = examplesOf(model, training);
  const lesson = {
    ...{ label, pixelScale: record.pixelScale },
    ...{ taught: pictures.flat(), known: Array.from({ length: known.length }, (_, i) => known.pixels(i)) },
  };
  const chosen = chooseStage(model, lesson, dev, onProgress);
  if (!chosen) return { outcome: 'refused', ...unchanged };
  const { stage, effect } = chosen;
  if (!isWithin(effect, COST.dev)) return { outcome: 'refused', ...unchanged, dev: effect };
  const onTest = test && effectOn('test', test, model)(stage.network);
  onProgress?.(1);
  const effects = { dev: effect, ...(onTest && { test: onTest }) };
  if (onTest && !isWithin(onTest, COST.test)) return { outcome: 'refused', ...unchanged, ...effects };
  return {
    outcome: stage.probability < FULL ? 'weakened' : 'taught',
    model: { network: stage.network, record: recordOf(model, label, pictures.length, effects) },
    pictures: answersOf(stage.network).map((after, i) => ({ before: before[i]!, after })),
    ...effects,
  };
}

interface Choice {
  readonly stage: Stage;
  /** On the examples that it is chosen on. */
  readonly effect: Effect;
}

/**
 * The strongest lesson that is within the cost, in any layer: the last one that is enough, as what it knows is
 * most of all about classes. If none is within the cost, the cheapest.
 */
function chooseStage(
  model: ModelFile,
  lesson: LessonRequest,
  dev: Dataset,
  onProgress: TeachRequest['onProgress'],
): Choice | undefined {
  const { layers } = model.network;
  const onDev = effectOn('dev', dev, model);
  let best: Choice | undefined;
  for (let l = layers.length - 1; l >= 0; l--) {
    const stages = stagesOfLesson(model.network, lesson, l, PROBABILITIES);
    for (const stage of stages.toReversed()) {
      const isFound = best && isWithin(best.effect, COST.dev);
      if (isFound && stage.probability <= best!.stage.probability) break;
      const effect = onDev(stage.network);
      const isCheaper = !best || effect.after.accuracy > best.effect.after.accuracy;
      if (isWithin(effect, COST.dev) || (!isFound && isCheaper)) best = { stage, effect };
      if (isWithin(effect, COST.dev)) break;
    }
    onProgress?.((0.9 * (layers.length - l)) / layers.length);
    if (best && best.stage.probability >= FULL && isWithin(best.effect, COST.dev)) break;
  }
  return best;
}

/** @throws DataError for what cannot be taught */
function check(
  { network, record }: ModelFile,
  pictures: TeachRequest['pictures'],
  label: number,
  training: Dataset,
) {
  const inputs = network.layers[0]!.W.cols;
  if (pictures.length === 0 || pictures.some((frames) => frames.length === 0)) {
    throw new DataError('expected a picture to teach, found none');
  }
  const other = pictures.flat().find(({ length }) => length !== inputs);
  if (other) throw new DataError(`a picture of ${other.length} pixels: the network takes ${inputs}`);
  if (!record.classNames[label]) {
    throw new DataError(`label ${label}: expected the index of one of ${record.classNames.length} classes`);
  }
  if (training.inputs !== inputs || training.length < LEAST) {
    throw new DataError(
      `expected ${LEAST} or more training examples of ${inputs} pixels, found ${training.length} of ${training.inputs}`,
    );
  }
}

/**
 * The examples whose answers should stay, and those that the lesson is chosen on: first of all those that the
 * model's own training held out. No example is among both.
 */
function examplesOf({ record }: ModelFile, training: Dataset) {
  const { seed, dev } = record.settings;
  const shuffled = training.shuffle(typeof seed === 'number' ? { seed } : {});
  const held = typeof dev === 'number' && dev < training.length / 2 ? dev : 0;
  const known = Math.min(KNOWN, Math.floor((training.length - held) / 2));
  const rest = shuffled.length - known;
  return {
    known: shuffled.slice(rest, shuffled.length),
    dev: shuffled.slice(0, Math.min(CHOSEN_ON, rest)),
  };
}

function predictorOf(network: Network, pixelScale: number): Predictor {
  try {
    return createPredictor(network, { pixelScale });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    // The engine does not know this network, such as one whose output is sigmoid.
    return createPredictor(network, { pixelScale, engine: 'maths' });
  }
}

function answerTo(frames: readonly Uint8Array[], predictor: Predictor): TaughtAnswer {
  const probabilities = Float32Array.from(meanOf(frames.map((pixels) => predictor.predict(pixels))));
  return { answer: argmax(probabilities), probabilities };
}

/** Measures models that come from this one, on the same examples. */
function effectOn(set: Measured, dataset: Dataset, { network, record }: ModelFile) {
  const measure = (own: Network): Measure => {
    const answers = predictorOf(own, record.pixelScale).predictAll(dataset);
    const { examples, loss, accuracy } = compareAnswers(dataset, answers);
    return { examples, loss, accuracy };
  };
  const before = measure(network);
  const known = Object(record.results.untaught)[set];
  const untaught = typeof known === 'number' ? known : before.accuracy;
  return (taught: Network): Effect => ({ before, after: measure(taught), untaught });
}

/** Whether lessons cost no more than so much accuracy. Half an example is no difference. */
function isWithin({ after, untaught }: Effect, cost: number): boolean {
  return after.accuracy >= untaught - cost - 0.5 / after.examples;
}

/** The model's record, with what it was taught. It keeps what it knows of doubt: that is of the pictures. */
function recordOf(
  { record }: ModelFile,
  label: number,
  count: number,
  { dev, test }: { readonly dev: Effect; readonly test?: Effect },
): ModelRecord {
  const { taught } = record.results;
  const before = Array.isArray(taught) ? taught : [];
  const now = new Array<Json>(count).fill(record.classNames[label]!);
  return {
    ...record,
    results: {
      ...record.results,
      ...(test && { test: { ...test.after } }),
      taught: [...before, ...now],
      untaught: { dev: dev.untaught, ...(test && { test: test.untaught }) },
    },
  };
}
