import type { LayerGradient } from './backward.js';
import { LBFGS_NUMBERS, stepLbfgs } from './lbfgs.js';
import { matrix } from './matrix.js';
import type { Network } from './network.js';
import {
  BETA_1,
  BETA_2,
  clipFactor,
  EPSILON,
  MEMORIES,
  type OptimizerName,
  power,
} from './optimizer-numbers.js';
import {
  combine,
  copyOf,
  dot,
  gradientOf,
  norm,
  type PerParameter,
  setCombined,
  zeros,
} from './parameters.js';

/** What an update makes of a gradient. */
export interface OptimizerOptions {
  /** Default `descent`. */
  readonly optimizer?: OptimizerName;
  /** μ of momentum and nesterov, in [0, 1). Default 0.9. */
  readonly momentum?: number;
  /** λ ≥ 0 of every weight; biases do not decay. Default 0. */
  readonly decay?: number;
  /** The norm that a gradient has at most, over all parameters together. Default: any. */
  readonly clip?: number;
}

/** What an optimizer remembers from one update to the next. */
export interface OptimizerState {
  /** How many updates were made. */
  readonly updates: number;
  /** v of momentum and nesterov; m and v of adam and adamw; the vectors of lbfgs (maths/lbfgs.ts). */
  readonly memory: readonly PerParameter[];
  /** The numbers of lbfgs; else none. */
  readonly search: readonly number[];
}

/** Before the first update. */
export function startOptimizer(
  network: Network,
  { optimizer = 'descent' }: OptimizerOptions = {},
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
 *     clip       g := g · min(1, clip / ‖g‖)
 *     L2         g := g + λ W                              (weights alone; not in adamw)
 *     descent    θ := θ − α g
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
    optimizer = 'descent',
    momentum: mu = 0.9,
    decay = 0,
    clip = Number.POSITIVE_INFINITY,
  }: OptimizerOptions & { readonly optimizer?: Exclude<OptimizerName, 'lbfgs'> } = {},
): { readonly network: Network; readonly state: OptimizerState } {
  const updates = state.updates + 1;
  const theta: PerParameter = network.layers;
  const raw = gradientOf(gradients);
  const factor = clipFactor(norm(raw), clip);
  const clipped = factor === 1 ? raw : combine((g) => g * factor, raw);
  const step = (memory: readonly PerParameter[], moved: PerParameter) => ({
    network: { ...network, layers: network.layers.map((layer, l) => ({ ...layer, ...moved[l]! })) },
    state: { ...state, updates, memory },
  });
  if (optimizer === 'adamw') {
    const [m, v] = moments(clipped, state.memory);
    return step([m, v], adam(decayed(theta, 1 - alpha * decay), m, v, alpha, updates));
  }
  const g = decay === 0 ? clipped : withDecay(clipped, theta, decay);
  if (optimizer === 'adam') {
    const [m, v] = moments(g, state.memory);
    return step([m, v], adam(theta, m, v, alpha, updates));
  }
  if (optimizer === 'descent')
    return step(
      [],
      combine((t, slope) => t - alpha * slope, theta, g),
    );
  const v = combine((before, slope) => mu * before + slope, state.memory[0]!, g);
  const way = optimizer === 'momentum' ? v : combine((slope, speed) => slope + mu * speed, g, v);
  return step(
    [v],
    combine((t, move) => t - alpha * move, theta, way),
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
  { decay = 0, isLast }: { readonly decay?: number; readonly isLast: boolean },
): { readonly network: Network; readonly state: OptimizerState } {
  const theta = copyOf(network.layers);
  const vectors = memory.map(copyOf);
  const numbers = Float64Array.from(search);
  const weights = theta.map(({ W, b }) => ({ W, b: matrix(b.rows, 1) }));
  const raw = gradientOf(gradients);
  const all = {
    theta,
    gradient: decay === 0 ? raw : withDecay(raw, theta, decay),
    loss: loss + (decay / 2) * dot(weights, weights),
    vectors,
    numbers,
  };
  stepLbfgs({ dot, combine: setCombined }, all, isLast);
  return {
    network: { ...network, layers: network.layers.map((layer, l) => ({ ...layer, ...theta[l]! })) },
    state: { updates: updates + 1, memory: vectors, search: [...numbers] },
  };
}

function moments(g: PerParameter, [m, v]: readonly PerParameter[]): [PerParameter, PerParameter] {
  return [
    combine((before, slope) => BETA_1 * before + (1 - BETA_1) * slope, m!, g),
    combine((before, slope) => BETA_2 * before + (1 - BETA_2) * slope * slope, v!, g),
  ];
}

function adam(
  theta: PerParameter,
  m: PerParameter,
  v: PerParameter,
  alpha: number,
  updates: number,
): PerParameter {
  const [first, second] = [1 - power(BETA_1, updates), 1 - power(BETA_2, updates)];
  return combine(
    (t, mean, square) => t - (alpha * (mean / first)) / (Math.sqrt(square / second) + EPSILON),
    theta,
    m,
    v,
  );
}

function withDecay(g: PerParameter, theta: PerParameter, decay: number): PerParameter {
  const sum = combine((slope, t) => slope + decay * t, g, theta);
  return sum.map(({ W }, l) => ({ W, b: g[l]!.b }));
}

function decayed(theta: PerParameter, share: number): PerParameter {
  return combine((t) => share * t, theta).map(({ W }, l) => ({ W, b: theta[l]!.b }));
}
