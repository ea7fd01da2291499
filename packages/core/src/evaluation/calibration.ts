/** The examples whose answers have about the same confidence. */
export interface ReliabilityBin {
  /** The bin has confidences above `from` (the first bin includes 0), up to and including `to`. */
  readonly from: number;
  /** The largest confidence of the bin, 0–1. */
  readonly to: number;
  /** How many examples are in the bin. */
  readonly examples: number;
  /** Mean confidence, 0–1; `undefined` without examples. */
  readonly confidence: number | undefined;
  /** The fraction that is right, 0–1; `undefined` without examples. */
  readonly accuracy: number | undefined;
}

/** How sure a network is, compared with how often it is right. */
export interface Calibration {
  /** In order of confidence. The reliability curve is accuracy over confidence. */
  readonly bins: readonly ReliabilityBin[];
  /**
   * The expected calibration error, 0–1: the mean difference between a bin's accuracy and its
   * confidence, weighted by the number of its examples. 0 means: of the answers with 80%
   * confidence, 80% are right.
   */
  readonly error: number;
}

/**
 * Compares how sure a network is with how often it is right (Guo et al. 2017, "On Calibration of
 * Modern Neural Networks").
 *
 * @param confidences the probability of each example's answer, 0–1
 * @param correct whether the answer for example i is right
 * @param bins the number of bins, all of the same width
 */
export function calibration(
  confidences: ArrayLike<number>,
  correct: (i: number) => boolean,
  bins = 10,
): Calibration {
  const examples = new Array<number>(bins).fill(0);
  const sums = new Array<number>(bins).fill(0);
  const right = new Array<number>(bins).fill(0);
  for (let i = 0; i < confidences.length; i++) {
    const bin = Math.max(0, Math.min(bins - 1, Math.ceil(confidences[i]! * bins) - 1));
    examples[bin]!++;
    sums[bin]! += confidences[i]!;
    if (correct(i)) right[bin]!++;
  }
  let error = 0;
  const all = examples.map((n, bin): ReliabilityBin => {
    const range = { from: bin / bins, to: (bin + 1) / bins, examples: n };
    if (n === 0) return { ...range, confidence: undefined, accuracy: undefined };
    error += Math.abs(right[bin]! - sums[bin]!) / confidences.length;
    return { ...range, confidence: sums[bin]! / n, accuracy: right[bin]! / n };
  });
  return { bins: all, error };
}
