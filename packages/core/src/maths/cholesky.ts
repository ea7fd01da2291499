/**
 * Solves C x = b for a symmetric positive definite C (d × d, of which the lower triangle is read), by
 * Cholesky's C = G Gᵀ.
 *
 * @param C row by row
 * @returns what solves it for a right side b
 */
export function factorize(C: Float64Array, d: number): (b: ArrayLike<number>) => Float64Array {
  const G = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = C[i * d + j]!;
      for (let k = 0; k < j; k++) sum -= G[i * d + k]! * G[j * d + k]!;
      G[i * d + j] = i === j ? Math.sqrt(sum) : sum / G[j * d + j]!;
    }
  }
  return (b) => {
    const x = Float64Array.from(b);
    for (let i = 0; i < d; i++) {
      for (let k = 0; k < i; k++) x[i]! -= G[i * d + k]! * x[k]!;
      x[i]! /= G[i * d + i]!;
    }
    for (let i = d - 1; i >= 0; i--) {
      for (let k = i + 1; k < d; k++) x[i]! -= G[k * d + i]! * x[k]!;
      x[i]! /= G[i * d + i]!;
    }
    return x;
  };
}
