/**
 * Sine and cosine of an angle up to π in radians, by their series. Math.sin need not give the same bits
 * everywhere.
 */
export function sineAndCosine(angle: number): [sine: number, cosine: number] {
  let [sine, cosine, term] = [0, 1, 1];
  for (let n = 1; Math.abs(term) > 1e-9; n += 2) {
    term *= angle / n;
    sine += term;
    term *= -angle / (n + 1);
    cosine += term;
  }
  return [sine, cosine];
}
