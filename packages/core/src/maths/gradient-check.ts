import { backward } from './backward.js';
import { differentiate, isolateUnit } from './finite-difference.js';
import { forward, meanLoss } from './forward.js';
import type { Matrix } from './matrix.js';
import { type Network, parameterCount } from './network.js';
import { symbol } from './symbol.js';

const EPSILON = 1e-3;
const TOLERANCE = 1e-7;
const FLOOR = 1e-4;

/** The gradient of one parameter, computed in two ways. */
export interface CheckedGradient {
  /** The matrix that the parameter is in: `W¹`, `b²` … */
  readonly symbol: string;
  /** The unit, from 0. */
  readonly row: number;
  /** The input, from 0; 0 for a bias. */
  readonly column: number;
  /** From `backward`. */
  readonly analytic: number;
  /** From finite differences of the loss. */
  readonly numeric: number;
}

/** The outcome of a gradient check. */
export interface GradientCheck {
  /**
   * The largest |analytic − numeric| / max(|analytic|, |numeric|, floor) of the parameters without
   * a kink.
   */
  readonly maxRelativeError: number;
  /** How many parameters were checked: all of the network. */
  readonly parameters: number;
  /** How many of them have a kink within their step, where finite differences prove nothing. */
  readonly kinks: number;
  /** Those parameters with both gradients. */
  readonly kinked: readonly CheckedGradient[];
  /** The parameter with `maxRelativeError`; undefined if every parameter has a kink. */
  readonly worst: CheckedGradient | undefined;
  /** Whether `maxRelativeError` was measured and is below the tolerance. */
  readonly passed: boolean;
}

/** How exactly the gradients are checked. */
export interface GradientCheckOptions {
  /** The step ε: the loss is computed from θ − 2ε to θ + 2ε. Default 10⁻³. */
  readonly epsilon?: number;
  /** The check passes if the error is below this. Default 10⁻⁷. */
  readonly tolerance?: number;
  /** The weight of each example in the loss. By default they all count the same. */
  readonly weights?: ArrayLike<number>;
  /** Called after every unit with the number of parameters checked so far, and of all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * The gradient check: compares the gradient of every parameter, as `backward` computes it for X
 * (n₀×m) and Y (n_L×m), with finite differences of the mean loss J (see `differentiate`), all in 64
 * bits.
 *
 * The relative error has a floor of 10⁻⁴ max(1, J). J is exact to about 10⁻¹⁶ of its size, so its
 * differences over ε = 10⁻³ are exact to about 10⁻¹². A gradient below the floor must agree to 10⁻⁷
 * times the floor instead.
 *
 * @throws ShapeError when X, Y and the network do not fit together
 */
export function checkGradients(
  network: Network,
  X: Matrix,
  Y: Matrix,
  { epsilon = EPSILON, tolerance = TOLERANCE, weights, onProgress }: GradientCheckOptions = {},
): GradientCheck {
  const computed = forward(network, X);
  const gradients = backward(network, computed, Y, weights);
  const floor = FLOOR * Math.max(1, meanLoss(network, computed, Y, weights));
  const total = parameterCount(network);
  const kinked: CheckedGradient[] = [];
  let parameters = 0;
  let maxRelativeError = 0;
  let worst: CheckedGradient | undefined;

  for (const [l, { W }] of network.layers.entries()) {
    const { dW, db } = gradients[l]!;
    for (let row = 0; row < W.rows; row++) {
      const unit = isolateUnit(network, computed, Y, l, row, weights);
      for (const [name, moved, gradient] of [
        ['W', unit.w, dW],
        ['b', unit.b, db],
      ] as const) {
        for (let column = 0; column < moved.cols; column++) {
          const { slope, hasKink } = differentiate(unit, moved, column, epsilon);
          const analytic = gradient.data[row * gradient.cols + column]!;
          const checked = { symbol: symbol(name, l + 1), row, column, analytic, numeric: slope };
          const error = relativeError(checked, floor);
          parameters++;
          if (hasKink) kinked.push(checked);
          else if (!worst || error > maxRelativeError) [maxRelativeError, worst] = [error, checked];
        }
      }
      onProgress?.(parameters, total);
    }
  }
  const passed = worst !== undefined && maxRelativeError < tolerance;
  return { maxRelativeError, parameters, kinks: kinked.length, kinked, worst, passed };
}

/** NaN counts as an infinite error; otherwise it would compare as smaller than every other. */
function relativeError({ analytic, numeric }: CheckedGradient, floor: number): number {
  const error = Math.abs(analytic - numeric) / Math.max(Math.abs(analytic), Math.abs(numeric), floor);
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
}
