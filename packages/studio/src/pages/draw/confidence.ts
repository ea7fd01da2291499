import { probability } from '../../text.js';

/** Why an answer is not to be taken at its word. */
type Confidence = 'none' | 'unsure' | 'unlike';

export interface Verdict {
  readonly confidence: Confidence;
  readonly answer: number;
  readonly runnerUp: number;
  /** One sentence for people. */
  readonly sentence: string;
}

/**
 * Below this probability the answer is not sure. Of the 9,000 test digits after the first thousand, the shipped network
 * gives 1.5% less than it, and is right on 48% of those; on the others it is right on 99.1%.
 */
const SURE = 0.8;

/**
 * What is to be said about ten probabilities.
 *
 * @param unlikeness how unlike real digits the picture is; `undefined` while that is not known
 */
export function judge(
  probabilities: ArrayLike<number>,
  unlikeness: number | undefined,
  names: readonly string[],
): Verdict {
  const [answer, runnerUp] = firstTwo(probabilities);
  const [p, second] = [probabilities[answer]!, probabilities[runnerUp]!];
  const confidence = unlikeness !== undefined && unlikeness > 1 ? 'unlike' : p < SURE ? 'unsure' : 'none';
  const share = probability(p).replace('>', 'over');
  const either = `${names[answer]} (${probability(p)}) or ${names[runnerUp]} (${probability(second)})`;
  const sentences: Readonly<Record<Confidence, string>> = {
    none: `It is ${share} sure.`,
    unsure: `Not sure: ${either}.`,
    unlike:
      p < SURE
        ? `It looks like no digit that the network knows, and the network is not sure: ${either}.`
        : `It looks like no digit that the network knows. “${share} sure” means little here: the network must choose one of ${names.length}.`,
  };
  return { confidence, answer, runnerUp, sentence: sentences[confidence] };
}

/** The places of the highest and the second highest. */
export function firstTwo(values: ArrayLike<number>): [number, number] {
  let [first, second] = [0, 1];
  if (values[1]! > values[0]!) [first, second] = [1, 0];
  for (let place = 2; place < values.length; place++) {
    if (values[place]! > values[first]!) [first, second] = [place, first];
    else if (values[place]! > values[second]!) second = place;
  }
  return [first, second];
}
