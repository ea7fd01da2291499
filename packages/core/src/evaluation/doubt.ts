/** Why an answer is in doubt. */
export interface Doubt {
  /**
   * `unsure`: no class is likely enough. `unlike`: the input does not look like what the network was
   * trained on.
   */
  readonly reason: 'unsure' | 'unlike';
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
 * @returns nothing if there is no doubt
 */
export function doubtOf(
  probabilities: ArrayLike<number>,
  classNames: readonly string[],
  unlike?: string,
): Doubt | undefined {
  const [answer, runnerUp] = firstTwo(probabilities);
  const p = probabilities[answer]!;
  if (unlike === undefined && p >= SURE) return undefined;
  const named = (k: number) => `${classNames[k]} (${inPercent(probabilities[k]!)})`;
  const either = runnerUp === answer ? named(answer) : `${named(answer)} or ${named(runnerUp)}`;
  if (unlike === undefined) return { reason: 'unsure', runnerUp, message: `Not sure: ${either}.` };
  const message =
    p < SURE
      ? `${unlike}, and the network is not sure: ${either}.`
      : `${unlike}. “${inPercent(p).replace('>', 'over')} sure” means little here: the network must choose one of ${classNames.length}.`;
  return { reason: 'unlike', runnerUp, message };
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
