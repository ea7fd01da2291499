import { backward } from './backward.js';
import { differentiate, isolateUnit } from './finite-difference.js';
import { forward, meanLoss } from './forward.js';
import type { Matrix } from './matrix.js';
import { type Network, parameterCount } from './network.js';
import { symbol } from './symbol.js';

const EPSILON = 1e-3;
const TOLERANCE = 1e-7;
const FLOOR = 1e-4;

/** The gradient of one parameter, worked out twice. */
export interface CheckedGradient {
  /** The matrix of the parameter: `W¹`, `b²` … */
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

export interface GradientCheck {
  /** |analytic − numeric| / max(|analytic|, |numeric|, floor), the largest over the parameters without a kink. */
  readonly maxRelativeError: number;
  /** How many parameters were checked: all of the network's. */
  readonly parameters: number;
  /** How many of them have a ReLU kink inside their step, where finite differences prove nothing. */
  readonly kinks: number;
  /** Those, with both gradients, for whoever wants to look. */
  readonly kinked: readonly CheckedGradient[];
  /** The one with `maxRelativeError`; undefined when every parameter has a kink. */
  readonly worst: CheckedGradient | undefined;
  /** Whether `maxRelativeError` is under the tolerance, and was measured at all. */
  readonly passed: boolean;
}

export interface GradientCheckOptions {
  /** The step ε of the stencil, which reaches from θ − 2ε to θ + 2ε. Default 10⁻³. */
  readonly epsilon?: number;
  /** The check passes under this error. Default 10⁻⁷. */
  readonly tolerance?: number;
  /** Called after every unit with the number of parameters done and of all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Holds the gradient of every parameter, as `backward` gives it for X (n₀×m) and Y (n_L×m), against finite
 * differences of the mean loss J (see `differentiate`), all in 64-bit.
 *
 * The floor of the relative error is 10⁻⁴ max(1, J): J is known to some 10⁻¹⁶ of itself, so its differences over ε = 10⁻³
 * to some 10⁻¹², and a gradient under the floor is held to an absolute error of 10⁻⁷ times the floor instead.
 *
 * @throws ShapeError when X, Y and the network do not fit together
 */
export function checkGradients(
  network: Network,
  X: Matrix,
  Y: Matrix,
  { epsilon = EPSILON, tolerance = TOLERANCE, onProgress }: GradientCheckOptions = {},
): GradientCheck {
  const computed = forward(network, X);
  const gradients = backward(network, computed, Y);
  const floor = FLOOR * Math.max(1, meanLoss(network, computed, Y));
  const total = parameterCount(network);
  const kinked: CheckedGradient[] = [];
  let parameters = 0;
  let maxRelativeError = 0;
  let worst: CheckedGradient | undefined;

  for (const [l, { W }] of network.layers.entries()) {
    const { dW, db } = gradients[l]!;
    for (let row = 0; row < W.rows; row++) {
      const unit = isolateUnit(network, computed, Y, l, row);
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

/** Not a number means not equal: that is an infinite error, not one that compares as smaller. */
function relativeError({ analytic, numeric }: CheckedGradient, floor: number): number {
  const error = Math.abs(analytic - numeric) / Math.max(Math.abs(analytic), Math.abs(numeric), floor);
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
}
