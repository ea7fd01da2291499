import type { DoubtRecord } from './doubt-record.js';
import { type Marks, marksOf } from './marks.js';
import { createStranger } from './stranger.js';

/** Why an answer is in doubt. */
export interface Doubt {
  /**
   * `unsure`: no class is likely enough. `unlike`: the input does not look like what the network was
   * trained on; `little ink` and `several marks` say that of a picture in more detail.
   */
  readonly reason: 'unsure' | 'unlike' | Marks;
  /** The index of the second most likely class. */
  readonly runnerUp: number;
  /** One sentence or two for a person. */
  readonly message: string;
}

/**
 * Below this probability the answer counts as unsure. Of the 9,000 test digits after the first
 * thousand, 1.5% are below it with the included network, and 48% of those answers are right. Of the
 * other answers, 99.1% are right.
 */
const SURE = 0.8;

/**
 * Decides whether an answer is in doubt, and why. The library, the command and the page ask here.
 *
 * @param probabilities of all classes, 0–1
 * @param classNames of all classes
 * @param unlike a clause that says how the input differs from what the network knows, if it does:
 *   `It looks like no digit that the network knows`
 * @param sure a probability below this one is unsure
 * @returns nothing if there is no doubt
 */
export function doubtOf(
  probabilities: ArrayLike<number>,
  classNames: readonly string[],
  unlike?: string,
  sure = SURE,
): Doubt | undefined {
  const [answer, runnerUp] = firstTwo(probabilities);
  const p = probabilities[answer]!;
  if (unlike === undefined && p >= sure) return undefined;
  const named = (k: number) => `${classNames[k]} (${inPercent(probabilities[k]!)})`;
  const either = runnerUp === answer ? named(answer) : `${named(answer)} or ${named(runnerUp)}`;
  if (unlike === undefined) return { reason: 'unsure', runnerUp, message: `Not sure: ${either}.` };
  const message =
    p < SURE
      ? `${unlike}, and the network is not sure: ${either}.`
      : `${unlike}. “${inPercent(p).replace('>', 'over')} sure” means little here: the network must choose one of ${classNames.length}.`;
  return { reason: 'unlike', runnerUp, message };
}

/** What is made of an answer. */
export interface Judgement {
  /**
   * The calibrated probability of the answer, 0–1: of answers with 90%, about 90% are right. Without a record
   * of doubt, it is the network's own probability.
   */
  readonly confidence: number;
  /** Why the answer is in doubt. `undefined` if it is not. */
  readonly doubt: Doubt | undefined;
}

/**
 * Judges answers: their probabilities, and the frames of the picture that they are about. Of several
 * frames the strangest counts.
 */
export type Judge = (
  probabilities: ArrayLike<number>,
  frames?: readonly ArrayLike<number>[],
  unlike?: string,
) => Judgement;

const CLAUSES: Record<Marks | 'unlike', string> = {
  unlike: 'It looks like no digit that the network knows',
  'little ink': 'It has little ink',
  'several marks': 'It looks like several marks',
};

/** Makes the judge of a model's answers, from the record of its doubt if it has one. */
export function createJudge({
  classNames,
  doubt: record,
}: {
  readonly classNames: readonly string[];
  readonly doubt?: DoubtRecord;
}): Judge {
  const stranger = record && createStranger(record.stranger);
  return (probabilities, frames = [], unlike) => {
    const [pixels] = frames;
    if (!record || pixels?.length !== 4 * record.stranger.side ** 2) {
      return {
        confidence: probabilities[firstTwo(probabilities)[0]]!,
        doubt: doubtOf(probabilities, classNames, unlike),
      };
    }
    const calibrated = withTemperature(probabilities, record.temperature);
    const strange = Math.max(...frames.map(stranger!));
    const confidence = calibrated[firstTwo(calibrated)[0]]!;
    if (trustIn(confidence, strange) >= record.sure) return { confidence, doubt: undefined };
    // The larger of the two is the reason.
    const reason = strange > 1 - confidence ? (marksOf(pixels) ?? 'unlike') : undefined;
    const doubt = doubtOf(calibrated, classNames, reason && CLAUSES[reason], 2)!;
    return { confidence, doubt: reason ? { ...doubt, reason } : doubt };
  };
}

/**
 * What decides about doubt, 0–1: the calibrated probability of the answer, times the probability that the
 * picture is of the kind that the network knows.
 */
export function trustIn(confidence: number, strangeness: number): number {
  return confidence * (1 - strangeness);
}

/** The probabilities at a temperature: above 1 they are less extreme. Their order stays. */
export function withTemperature(probabilities: ArrayLike<number>, temperature: number): number[] {
  const powers = Array.from(probabilities, (p) => p ** (1 / temperature));
  const sum = powers.reduce((total, power) => total + power);
  return powers.map((power) => power / sum);
}

/** The indices of the largest and the second largest value; of one value, its index twice. */
export function firstTwo(values: ArrayLike<number>): [first: number, second: number] {
  if (values.length < 2) return [0, 0];
  let [first, second] = [0, 1];
  if (values[1]! > values[0]!) [first, second] = [1, 0];
  for (let place = 2; place < values.length; place++) {
    if (values[place]! > values[first]!) [first, second] = [place, first];
    else if (values[place]! > values[second]!) second = place;
  }
  return [first, second];
}

/** A probability never appears as certain: 0.99996 → `> 99.9%`. */
function inPercent(probability: number): string {
  return probability >= 0.9995 ? '> 99.9%' : `${(100 * probability).toFixed(1)}%`;
}
