// The specification of the optimizers, in 64 bits: one line of code for each equation of the rows in
// optimizers.ts. Only the maths steps like this; the engine has kernels.
import { integerPower } from './integer-power.js';
import {
  BETA_1,
  BETA_2,
  type ElementwiseName,
  EPSILON,
  LION_BETA_1,
  LION_BETA_2,
  RHO,
  type StepOptions,
} from './optimizers.js';

/** The new value of one parameter θ, then of each of its state slots, from its gradient g. */
export type ParameterStep = (theta: number, g: number, slots: readonly number[]) => readonly number[];

function adam({ alpha, t }: StepOptions): ParameterStep {
  const [first, second] = [1 - integerPower(BETA_1, t), 1 - integerPower(BETA_2, t)];
  return (theta, g, [meanBefore, squareBefore]) => {
    const m = BETA_1 * meanBefore! + (1 - BETA_1) * g;
    const v = BETA_2 * squareBefore! + (1 - BETA_2) * g * g;
    return [theta - (alpha * (m / first)) / (Math.sqrt(v / second) + EPSILON), m, v];
  };
}

/** The step of every optimizer that updates each parameter by itself. */
export const STEPS: Readonly<Record<ElementwiseName, (options: StepOptions) => ParameterStep>> = {
  sgd:
    ({ alpha }) =>
    (theta, g) => [theta - alpha * g],
  momentum:
    ({ alpha, momentum: mu }) =>
    (theta, g, [before]) => {
      const v = mu * before! + g;
      return [theta - alpha * v, v];
    },
  nesterov:
    ({ alpha, momentum: mu }) =>
    (theta, g, [before]) => {
      const v = mu * before! + g;
      return [theta - alpha * (g + mu * v), v];
    },
  rmsprop:
    ({ alpha }) =>
    (theta, g, [before]) => {
      const v = RHO * before! + (1 - RHO) * g * g;
      return [theta - (alpha * g) / (Math.sqrt(v) + EPSILON), v];
    },
  adam,
  // Its weight decay is another, not its step.
  adamw: adam,
  lion:
    ({ alpha }) =>
    (theta, g, [before]) => {
      const c = LION_BETA_1 * before! + (1 - LION_BETA_1) * g;
      return [theta - alpha * Math.sign(c), LION_BETA_2 * before! + (1 - LION_BETA_2) * g];
    },
};
