import { LBFGS_PLACES, PAIRS } from './lbfgs-size.js';

const [LOSS, SLOPE, STEP, COUNT, NEXT, RHO] = LBFGS_PLACES;

/** Armijo's condition: the loss must fall by at least this fraction of what the slope predicts. */
const PROMISED = 1e-4;
/** The relative error of a loss in 32-bit floats. */
const ROUNDING = 1e-7;
/** Below this step length the search begins again along −g. */
const SHORTEST = 1e-6;
/**
 * The length of the first step, along −g: long enough to measure the curvature, too short to make
 * ReLUs die.
 */
const FIRST = 0.1;
/** The largest length of a step, so that no trial overflows. */
const LONGEST = 100;

/** What L-BFGS needs of vectors: the maths and the engine store them in different ways. */
export interface VectorSpace<Vector> {
  dot(a: Vector, b: Vector): number;
  /** out := s a + t b. */
  linearCombination(out: Vector, s: number, a: Vector, t: number, b: Vector): void;
}

/** The state of a search; `stepLbfgs` changes all of it. */
export interface Search<Vector> {
  /** The parameters: the point at which `gradient` and `loss` were computed. */
  readonly theta: Vector;
  readonly gradient: Vector;
  readonly loss: number;
  /** `LBFGS_VECTORS` vectors with any values at first. */
  readonly vectors: readonly Vector[];
  /** `LBFGS_NUMBERS` numbers, zeros at first. */
  readonly numbers: Float64Array;
}

/**
 * One step of L-BFGS (Nocedal 1980, https://doi.org/10.1090/S0025-5718-1980-0572855-7; Liu and
 * Nocedal 1989): moves θ to the next point at which loss and gradient are needed.
 *
 * If the last step reduced the loss enough (Armijo's condition), that is a step along d = −H g. If
 * not, it is a shorter step from the same point: to the minimum of the parabola through both losses
 * and the slope, but at most half and at least a tenth as far.
 *
 * @param isLast whether no step follows: θ then stays where it is if the last step was an
 *   improvement, and otherwise returns to the point before it
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

  /**
   * d = −H g by the two-loop recursion over the pairs, or −g without pairs; returns the first step
   * length.
   */
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
