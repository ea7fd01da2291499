import type { LayerGradient } from './backward.js';
import { stepLbfgs } from './lbfgs.js';
import { LBFGS_NUMBERS } from './lbfgs-size.js';
import { matrix } from './matrix.js';
import type { Network } from './network.js';
import { type ParameterStep, STEPS } from './optimizer-steps.js';
import {
  clipFactor,
  type ElementwiseName,
  isElementwise,
  OPTIMIZERS,
  type OptimizerName,
} from './optimizers.js';
import { type ParameterSet, withParameters } from './parameter-set.js';
import { clone, dot, gradientOf, linearCombination, mapParameters, norm, zeros } from './parameters.js';

/** How an update uses a gradient. */
export interface OptimizerOptions {
  /** Default `sgd`. */
  readonly optimizer?: OptimizerName;
  /** μ of momentum and nesterov, in [0, 1). Default 0.9. */
  readonly momentum?: number;
  /** λ ≥ 0 of every weight; biases do not decay. Default 0. */
  readonly weightDecay?: number;
  /** The largest norm of a gradient, over all parameters together. Default: no limit. */
  readonly clipNorm?: number;
}

/** What an optimizer keeps from one update to the next. */
export interface OptimizerState {
  /** How many updates were made. */
  readonly updates: number;
  /**
   * A set for each of the optimizer's state slots: v of momentum, m and v of Adam, the vectors of
   * L-BFGS.
   */
  readonly memory: readonly ParameterSet[];
  /** The numbers of L-BFGS (lbfgs.ts); none of the other optimizers. */
  readonly search: readonly number[];
}

/** The state before the first update. */
export function startOptimizer(
  network: Network,
  { optimizer = 'sgd' }: OptimizerOptions = {},
): OptimizerState {
  const { stateSlots } = OPTIMIZERS[optimizer];
  return {
    updates: 0,
    memory: Array.from({ length: stateSlots }, () => zeros(network)),
    search: new Array<number>(isElementwise(optimizer) ? 0 : LBFGS_NUMBERS).fill(0),
  };
}

/**
 * One update of every parameter θ with its gradient g, in this order:
 *
 *     clipping       g := g · min(1, clipNorm / ‖g‖)
 *     weight decay   g := g + λ W, or W := (1 − α λ) W where it is decoupled; biases do not decay
 *     step           as the optimizer's row says (optimizers.ts)
 *
 * Clipping by norm: Pascanu et al. 2013, https://arxiv.org/abs/1211.5063.
 */
export function optimize(
  network: Network,
  gradients: readonly Pick<LayerGradient, 'dW' | 'db'>[],
  alpha: number,
  state: OptimizerState,
  {
    optimizer = 'sgd',
    momentum = 0.9,
    weightDecay = 0,
    clipNorm = Number.POSITIVE_INFINITY,
  }: OptimizerOptions & { readonly optimizer?: ElementwiseName } = {},
): { readonly network: Network; readonly state: OptimizerState } {
  const row = OPTIMIZERS[optimizer];
  const t = state.updates + 1;
  const raw = gradientOf(gradients);
  const factor = clipFactor(norm(raw), clipNorm);
  const clipped = factor === 1 ? raw : mapParameters((g) => g * factor, raw);
  const isDecoupled = row.weightDecay === 'decoupled';
  const theta = isDecoupled ? decayed(network.layers, 1 - alpha * weightDecay) : network.layers;
  const g = isDecoupled || weightDecay === 0 ? clipped : withDecay(clipped, theta, weightDecay);
  const [stepped, ...memory] = stepAll(STEPS[optimizer]({ alpha, momentum, t }), theta, g, state.memory);
  return { network: withParameters(network, stepped!), state: { ...state, updates: t, memory } };
}

/** A step of every parameter: the new parameters, then the new state slots. */
function stepAll(
  step: ParameterStep,
  theta: ParameterSet,
  gradient: ParameterSet,
  memory: readonly ParameterSet[],
): ParameterSet[] {
  const [stepped, ...slots] = [theta, ...memory].map(clone) as [ParameterSet, ...ParameterSet[]];
  for (const [l, layer] of stepped.entries()) {
    for (const name of ['W', 'b'] as const) {
      const { data: g } = gradient[l]![name];
      const columns = [layer[name].data, ...slots.map((slot) => slot[l]![name].data)];
      for (let k = 0; k < g.length; k++) {
        const [value, ...state] = columns.map((column) => column[k]!);
        for (const [s, result] of step(value!, g[k]!, state).entries()) columns[s]![k] = result;
      }
    }
  }
  return [stepped, ...slots];
}

/**
 * One step of L-BFGS (lbfgs.ts), which needs the loss too. With weight decay, it minimizes
 * loss + λ/2 ‖W‖².
 *
 * @param isLast whether no step follows: the network then becomes the best point found
 */
export function optimizeByLbfgs(
  network: Network,
  gradients: readonly Pick<LayerGradient, 'dW' | 'db'>[],
  loss: number,
  { updates, memory, search }: OptimizerState,
  { weightDecay = 0, isLast }: { readonly weightDecay?: number; readonly isLast: boolean },
): { readonly network: Network; readonly state: OptimizerState } {
  const theta = clone(network.layers);
  const vectors = memory.map(clone);
  const numbers = Float64Array.from(search);
  const weights = theta.map(({ W, b }) => ({ W, b: matrix(b.rows, 1) }));
  const raw = gradientOf(gradients);
  const all = {
    theta,
    gradient: weightDecay === 0 ? raw : withDecay(raw, theta, weightDecay),
    loss: loss + (weightDecay / 2) * dot(weights, weights),
    vectors,
    numbers,
  };
  stepLbfgs({ dot, linearCombination }, all, isLast);
  return {
    network: withParameters(network, theta),
    state: { updates: updates + 1, memory: vectors, search: [...numbers] },
  };
}

/** g + λ W. */
function withDecay(g: ParameterSet, theta: ParameterSet, lambda: number): ParameterSet {
  const sum = mapParameters((slope, t) => slope + lambda * t, g, theta);
  return sum.map(({ W }, l) => ({ W, b: g[l]!.b }));
}

/** Every weight times `factor`; biases stay. */
function decayed(theta: ParameterSet, factor: number): ParameterSet {
  return mapParameters((t) => factor * t, theta).map(({ W }, l) => ({ W, b: theta[l]!.b }));
}
