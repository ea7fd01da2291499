import type { LayerGradient } from './backward.js';
import { integerPower } from './integer-power.js';
import { LBFGS_NUMBERS, stepLbfgs } from './lbfgs.js';
import { matrix } from './matrix.js';
import type { Network } from './network.js';
import { BETA_1, BETA_2, clipFactor, EPSILON, MEMORIES, type OptimizerName } from './optimizer-numbers.js';
import {
  clone,
  dot,
  gradientOf,
  linearCombination,
  mapParameters,
  norm,
  type ParameterSet,
  withParameters,
  zeros,
} from './parameters.js';

/** What an update makes of a gradient. */
export interface OptimizerOptions {
  /** Default `descent`. */
  readonly optimizer?: OptimizerName;
  /** μ of momentum and nesterov, in [0, 1). Default 0.9. */
  readonly momentum?: number;
  /** λ ≥ 0 of every weight; biases do not decay. Default 0. */
  readonly weightDecay?: number;
  /** The norm that a gradient has at most, over all parameters together. Default: any. */
  readonly clipNorm?: number;
}

/** What an optimizer remembers from one update to the next. */
export interface OptimizerState {
  /** How many updates were made. */
  readonly updates: number;
  /** v of momentum and nesterov; m and v of adam and adamw; the vectors of lbfgs (maths/lbfgs.ts). */
  readonly memory: readonly ParameterSet[];
  /** The numbers of lbfgs; else none. */
  readonly search: readonly number[];
}

/** Before the first update. */
export function startOptimizer(
  network: Network,
  { optimizer = 'sgd' }: OptimizerOptions = {},
): OptimizerState {
  return {
    updates: 0,
    memory: Array.from({ length: MEMORIES[optimizer] }, () => zeros(network)),
    search: new Array<number>(optimizer === 'lbfgs' ? LBFGS_NUMBERS : 0).fill(0),
  };
}

/**
 * One update of every parameter θ with its gradient g, in this order:
 *
 *     clip       g := g · min(1, clipNorm / ‖g‖)
 *     L2         g := g + λ W                              (weights alone; not in adamw)
 *     sgd        θ := θ − α g
 *     momentum   v := μ v + g       θ := θ − α v
 *     nesterov   v := μ v + g       θ := θ − α (g + μ v)
 *     adam       m := β₁ m + (1 − β₁) g     v := β₂ v + (1 − β₂) g²
 *                θ := θ − α m̂ / (√v̂ + ε),   m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ) in update t = 1, 2 …
 *     adamw      W := W − α λ W first, then as adam
 *
 * Momentum: Polyak 1964 in the form of Sutskever et al. 2013, whose v holds no α, so that a schedule may change it. Adam:
 * Kingma and Ba 2015, https://arxiv.org/abs/1412.6980, β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸. AdamW: Loshchilov and Hutter 2019,
 * https://arxiv.org/abs/1711.05101. Clipping by norm: Pascanu et al. 2013, https://arxiv.org/abs/1211.5063.
 */
export function optimize(
  network: Network,
  gradients: readonly Pick<LayerGradient, 'dW' | 'db'>[],
  alpha: number,
  state: OptimizerState,
  {
    optimizer = 'sgd',
    momentum: mu = 0.9,
    weightDecay = 0,
    clipNorm = Number.POSITIVE_INFINITY,
  }: OptimizerOptions & { readonly optimizer?: Exclude<OptimizerName, 'lbfgs'> } = {},
): { readonly network: Network; readonly state: OptimizerState } {
  const updates = state.updates + 1;
  const theta: ParameterSet = network.layers;
  const raw = gradientOf(gradients);
  const factor = clipFactor(norm(raw), clipNorm);
  const clipped = factor === 1 ? raw : mapParameters((g) => g * factor, raw);
  const step = (memory: readonly ParameterSet[], moved: ParameterSet) => ({
    network: withParameters(network, moved),
    state: { ...state, updates, memory },
  });
  if (optimizer === 'adamw') {
    const [m, v] = moments(clipped, state.memory);
    return step([m, v], adam(decayed(theta, 1 - alpha * weightDecay), m, v, alpha, updates));
  }
  const g = weightDecay === 0 ? clipped : withDecay(clipped, theta, weightDecay);
  if (optimizer === 'adam') {
    const [m, v] = moments(g, state.memory);
    return step([m, v], adam(theta, m, v, alpha, updates));
  }
  if (optimizer === 'sgd')
    return step(
      [],
      mapParameters((t, slope) => t - alpha * slope, theta, g),
    );
  const v = mapParameters((before, slope) => mu * before + slope, state.memory[0]!, g);
  const way = optimizer === 'momentum' ? v : mapParameters((slope, speed) => slope + mu * speed, g, v);
  return step(
    [v],
    mapParameters((t, move) => t - alpha * move, theta, way),
  );
}

/**
 * One step of L-BFGS (maths/lbfgs.ts), which needs the loss too. With decay, what it lessens is loss + λ/2 ‖W‖².
 *
 * @param isLast no other will follow: the network is then the best point that there was
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

function moments(g: ParameterSet, [m, v]: readonly ParameterSet[]): [ParameterSet, ParameterSet] {
  return [
    mapParameters((before, slope) => BETA_1 * before + (1 - BETA_1) * slope, m!, g),
    mapParameters((before, slope) => BETA_2 * before + (1 - BETA_2) * slope * slope, v!, g),
  ];
}

function adam(
  theta: ParameterSet,
  m: ParameterSet,
  v: ParameterSet,
  alpha: number,
  updates: number,
): ParameterSet {
  const [first, second] = [1 - integerPower(BETA_1, updates), 1 - integerPower(BETA_2, updates)];
  return mapParameters(
    (t, mean, square) => t - (alpha * (mean / first)) / (Math.sqrt(square / second) + EPSILON),
    theta,
    m,
    v,
  );
}

function withDecay(g: ParameterSet, theta: ParameterSet, decay: number): ParameterSet {
  const sum = mapParameters((slope, t) => slope + decay * t, g, theta);
  return sum.map(({ W }, l) => ({ W, b: g[l]!.b }));
}

function decayed(theta: ParameterSet, share: number): ParameterSet {
  return mapParameters((t) => share * t, theta).map(({ W }, l) => ({ W, b: theta[l]!.b }));
}
