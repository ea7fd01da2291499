/** What McNemar's test says of two models that answered the same examples. */
export interface McNemar {
  /** Examples that only the first model answered correctly. */
  readonly onlyFirst: number;
  /** Examples that only the second one answered correctly. */
  readonly onlySecond: number;
  /**
   * How likely a split as uneven as this, or more, is if both models make as many mistakes: 0–1. It is 1
   * where no example tells them apart.
   */
  readonly p: number;
}

/**
 * McNemar's test for paired answers (McNemar 1947, https://doi.org/10.1007/BF02295996), two-sided and
 * exact: of the n examples that exactly one model answered correctly, each is a fair coin if the models
 * are equally good, so p = 2 · Σ_{k ≤ min} C(n, k) / 2ⁿ, at most 1 (Fagerland et al. 2013,
 * https://doi.org/10.1186/1471-2288-13-91). The usual approximation by χ² is not needed.
 */
export function mcnemar(onlyFirst: number, onlySecond: number): McNemar {
  const n = onlyFirst + onlySecond;
  const fewer = Math.min(onlyFirst, onlySecond);
  // Terms are added as multiples of the largest, which is the last: nothing overflows.
  let term = 1;
  let sum = 1;
  for (let k = fewer; k > 0; k--) {
    term *= k / (n - k + 1);
    sum += term;
  }
  const largest = logChoose(n, fewer) - n * Math.LN2;
  return { onlyFirst, onlySecond, p: Math.min(1, 2 * sum * Math.exp(largest)) };
}

/** ln C(n, k) */
function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= k; i++) sum += Math.log((n - k + i) / i);
  return sum;
}
