/** An interval from `low` to `high`, both 0–1. */
export interface Interval {
  /** The lower end. */
  readonly low: number;
  /** The upper end. */
  readonly high: number;
}

/** The 97.5th percentile of the normal distribution. */
const Z = 1.959963984540054;

/**
 * The 95% confidence interval of an accuracy: `correct` of `of` answers are right (Wilson 1927,
 * "Probable inference, the law of succession, and statistical inference"). Unlike p ± z·σ, it stays
 * between 0 and 1, and it has a width even for 0 and 1.
 *
 * @param of at least 1
 */
export function wilsonInterval(correct: number, of: number): Interval {
  const share = correct / of;
  const center = (share + Z ** 2 / (2 * of)) / (1 + Z ** 2 / of);
  const half = (Z / (1 + Z ** 2 / of)) * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  return { low: correct === 0 ? 0 : center - half, high: correct === of ? 1 : center + half };
}
