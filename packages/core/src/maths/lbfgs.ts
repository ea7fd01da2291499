/** Pairs of steps and what they changed of the gradient that are kept. */
const PAIRS = 10;
/** Vectors kept: the point, its gradient, the direction, then the pairs' s and y. */
export const LBFGS_VECTORS = 3 + 2 * PAIRS;
/** Numbers kept: the loss at the point, the slope along the direction, the step tried, how many pairs, which is next, and their 1/(s·y). */
const [LOSS, SLOPE, STEP, COUNT, NEXT, RHO] = [0, 1, 2, 3, 4, 5];
export const LBFGS_NUMBERS = RHO + PAIRS;

/** Armijo's condition: of the decrease that the slope promises, so much must come true. */
const PROMISED = 1e-4;
/** Of a loss: what 32-bit floats do not tell. */
const ROUNDING = 1e-7;
const SHORTEST = 1e-6;
/** How far the first step goes, along −g: far enough to learn something of the curvature, not so far that ReLUs die. */
const FIRST = 0.1;
/** No step is longer, so that no trial is beyond what floats hold. */
const LONGEST = 100;

/** What L-BFGS does with vectors, of whatever kind. */
export interface VectorSpace<Vector> {
  dot(a: Vector, b: Vector): number;
  /** out := s a + t b. */
  linearCombination(out: Vector, s: number, a: Vector, t: number, b: Vector): void;
}

/** Where a search is; all of it changes. */
export interface Search<Vector> {
  /** The parameters, at the point that `gradient` and `loss` are of. */
  readonly theta: Vector;
  readonly gradient: Vector;
  readonly loss: number;
  /** `LBFGS_VECTORS` of them, anything at first. */
  readonly vectors: readonly Vector[];
  /** `LBFGS_NUMBERS` of them, zeros at first. */
  readonly numbers: Float64Array;
}

/**
 * One step of L-BFGS (Nocedal 1980, https://doi.org/10.1090/S0025-5718-1980-0572855-7; Liu and Nocedal 1989): θ goes to the next
 * point at which loss and gradient are wanted. That is a step along d = −H g, or, where the last one did not lessen the loss as
 * its slope had promised (Armijo), a shorter one from the same point: to the minimum of the parabola through both losses and the slope,
 * at most half and at least a tenth as far.
 *
 * @param isLast no other will follow: θ stays where it is if that is an improvement, and else goes back to the last point that was one
 */
export function stepLbfgs<Vector>(
  { dot, linearCombination }: VectorSpace<Vector>,
  { theta, gradient, loss, vectors, numbers }: Search<Vector>,
  isLast: boolean,
): void {
  const [x, g, d] = vectors as [Vector, Vector, Vector];
  const step = numbers[STEP]!;
  const go = (length: number) => {
    numbers[STEP] = length;
    linearCombination(theta, 1, x, length, d);
  };
  if (step > 0) {
    const [before, slope] = [numbers[LOSS]!, numbers[SLOPE]!];
    if (!(loss <= before + PROMISED * step * slope + ROUNDING * Math.abs(before))) {
      const lowest = (-slope * step * step) / (2 * (loss - before - slope * step));
      if (isLast) linearCombination(theta, 1, x, 0, x);
      else if (step > SHORTEST) go(lowest > step / 10 ? Math.min(step / 2, lowest) : step / 10);
      else {
        numbers[COUNT] = 0;
        go(direct());
      }
      return;
    }
    if (isLast) return;
    const next = numbers[NEXT]!;
    const [s, y] = [vectors[3 + next]!, vectors[3 + PAIRS + next]!];
    linearCombination(s, 1, theta, -1, x);
    linearCombination(y, 1, gradient, -1, g);
    const sy = dot(s, y);
    if (sy > 1e-10 * dot(y, y)) {
      numbers[RHO + next] = 1 / sy;
      numbers[NEXT] = (next + 1) % PAIRS;
      numbers[COUNT] = Math.min(PAIRS, numbers[COUNT]! + 1);
    }
  }
  if (isLast) return;
  linearCombination(x, 1, theta, 0, theta);
  linearCombination(g, 1, gradient, 0, gradient);
  numbers[LOSS] = loss;
  go(direct());

  /** d = −H g by the two loops over the pairs, or −g without them; returns the first step to try. */
  function direct(): number {
    linearCombination(d, -1, g, 0, g);
    const count = numbers[COUNT]!;
    const pairs = Array.from({ length: count }, (_, k) => (numbers[NEXT]! + PAIRS - 1 - k) % PAIRS);
    const alphas = pairs.map((k) => {
      const alpha = numbers[RHO + k]! * dot(vectors[3 + k]!, d);
      linearCombination(d, 1, d, -alpha, vectors[3 + PAIRS + k]!);
      return alpha;
    });
    const newest = pairs[0];
    if (newest !== undefined) {
      const y = vectors[3 + PAIRS + newest]!;
      linearCombination(d, 1 / (numbers[RHO + newest]! * dot(y, y)), d, 0, d);
    }
    for (let k = count - 1; k >= 0; k--) {
      const pair = pairs[k]!;
      const beta = numbers[RHO + pair]! * dot(vectors[3 + PAIRS + pair]!, d);
      linearCombination(d, 1, d, alphas[k]! - beta, vectors[3 + pair]!);
    }
    const slope = dot(g, d);
    if (count > 0 && !(slope < 0)) {
      numbers[COUNT] = 0;
      return direct();
    }
    numbers[SLOPE] = slope;
    const length = Math.sqrt(dot(d, d));
    return Math.min(1, (count > 0 ? LONGEST : FIRST) / length);
  }
}
