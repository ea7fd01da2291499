// What the longhand of the optimizers (optimizer.ts) and the engine have in common: by itself, so that the engine's workers load no more.
import { LBFGS_VECTORS } from './lbfgs.js';

export type OptimizerName = 'sgd' | 'momentum' | 'nesterov' | 'adam' | 'adamw' | 'lbfgs';

/** Matrices for every parameter that an optimizer keeps. */
export const MEMORIES: Readonly<Record<OptimizerName, number>> = {
  sgd: 0,
  momentum: 1,
  nesterov: 1,
  adam: 2,
  adamw: 2,
  lbfgs: LBFGS_VECTORS,
};

export const BETA_1 = 0.9;
export const BETA_2 = 0.999;
export const EPSILON = 1e-8;

/** What a gradient of this norm is multiplied by, so that it has at most the norm `clip`. */
export function clipFactor(length: number, clip: number): number {
  return length > clip ? clip / length : 1;
}
