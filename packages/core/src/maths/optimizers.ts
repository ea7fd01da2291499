// The registry of optimizers: what the settings, the engine and its workers know of each. The steps
// themselves are in optimizer-steps.ts.
import { integerPower } from './integer-power.js';
import { LBFGS_VECTORS } from './lbfgs-size.js';

/** What a step depends on besides the parameter, its gradient and the optimizer's state. */
export interface StepOptions {
  /** α, the learning rate of this update. */
  readonly alpha: number;
  /** μ of the optimizers that use it. */
  readonly momentum: number;
  /** The number of this update, from 1. */
  readonly t: number;
}

/** What the library, the engine, the settings and the page know of every optimizer. */
interface AnyOptimizer<Name extends string> {
  /** The value of the setting, and the name in a model file. */
  readonly name: Name;
  /** What a person calls it. */
  readonly label: string;
  /** How many numbers it keeps for every parameter from one update to the next. */
  readonly stateSlots: number;
  /** The settings that other optimizers have no use for. */
  readonly uses: readonly 'momentum'[];
}

/** An optimizer that updates every parameter by itself, from its own gradient and state. */
export interface ElementwiseOptimizer<Name extends string = ElementwiseName> extends AnyOptimizer<Name> {
  readonly kind: 'elementwise';
  /**
   * Where λ W enters: added to the gradient (L2), or `decoupled`: W := (1 − α λ) W before the step.
   */
  readonly weightDecay: 'in gradient' | 'decoupled';
  /**
   * Whether the step is proportional to the gradients. If so, the engine may round them to 16 bits:
   * a small error of a gradient stays a small error of the step.
   */
  readonly isLinear: boolean;
  /**
   * The step in the engine (`STEPS` specifies it): the kernels' branch (engine/kernels/optimizer.ts) and up to four
   * coefficients for it. `multiply-add` is W −= α dW, which has a kernel of its own.
   */
  readonly kernel:
    | 'multiply-add'
    | { readonly code: number; readonly coefficients: (options: StepOptions) => readonly number[] };
}

/** An optimizer that searches along a line for a lower loss, with all parameters together. */
export interface LineSearchOptimizer<Name extends string = LineSearchName> extends AnyOptimizer<Name> {
  readonly kind: 'line search';
}

/** Gradient descent, the board's update: θ := θ − α g. */
const sgd = {
  name: 'sgd',
  label: 'SGD',
  kind: 'elementwise',
  stateSlots: 0,
  uses: [],
  weightDecay: 'in gradient',
  isLinear: true,
  kernel: 'multiply-add',
} as const satisfies ElementwiseOptimizer<string>;

/**
 * v := μ v + g, θ := θ − α v. Polyak 1964 in the form of Sutskever et al. 2013, where v holds no α,
 * so that a schedule may change α.
 */
const momentum = {
  name: 'momentum',
  label: 'momentum',
  kind: 'elementwise',
  stateSlots: 1,
  uses: ['momentum'],
  weightDecay: 'in gradient',
  isLinear: true,
  kernel: { code: 1, coefficients: ({ alpha, momentum: mu }) => [mu, alpha] },
} as const satisfies ElementwiseOptimizer<string>;

/** v := μ v + g, θ := θ − α (g + μ v): momentum that looks one step ahead (Nesterov 1983). */
const nesterov = {
  name: 'nesterov',
  label: 'Nesterov momentum',
  kind: 'elementwise',
  stateSlots: 1,
  uses: ['momentum'],
  weightDecay: 'in gradient',
  isLinear: true,
  kernel: { code: 2, coefficients: ({ alpha, momentum: mu }) => [mu, alpha] },
} as const satisfies ElementwiseOptimizer<string>;

/** The constants of the steps: ρ and ε of RMSprop and Adam. */
export const [RHO, EPSILON] = [0.99, 1e-8];

/**
 * Tieleman and Hinton 2012, lecture 6.5 of "Neural Networks for Machine Learning": divides each
 * step by the root of the mean square of recent gradients. As in PyTorch, ρ = 0.99 and ε = 10⁻⁸
 * stands outside the root:
 *
 *     v := ρ v + (1 − ρ) g²     θ := θ − α g / (√v + ε)
 */
const rmsprop = {
  name: 'rmsprop',
  label: 'RMSprop',
  kind: 'elementwise',
  stateSlots: 1,
  uses: [],
  weightDecay: 'in gradient',
  isLinear: false,
  kernel: { code: 4, coefficients: ({ alpha }) => [alpha, RHO, EPSILON] },
} as const satisfies ElementwiseOptimizer<string>;

/** β₁ and β₂ of Adam. */
export const [BETA_1, BETA_2] = [0.9, 0.999];

/**
 * Kingma and Ba 2015, https://arxiv.org/abs/1412.6980, with β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸:
 *
 *     m := β₁ m + (1 − β₁) g     v := β₂ v + (1 − β₂) g²
 *     θ := θ − α m̂ / (√v̂ + ε),   m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ) in update t = 1, 2 …
 *
 * m and v start at 0; dividing by 1 − βᵗ corrects for that.
 */
const adam = {
  name: 'adam',
  label: 'Adam',
  kind: 'elementwise',
  stateSlots: 2,
  uses: [],
  weightDecay: 'in gradient',
  isLinear: false,
  kernel: {
    code: 3,
    // m / √v with the corrections of m and v moved into α and ε: one division a parameter.
    coefficients({ alpha, t }) {
      const root = Math.sqrt(1 - integerPower(BETA_2, t));
      return [(alpha * root) / (1 - integerPower(BETA_1, t)), EPSILON * root, BETA_1, BETA_2];
    },
  },
} as const satisfies ElementwiseOptimizer<string>;

/**
 * Adam with decoupled weight decay: Loshchilov and Hutter 2019, https://arxiv.org/abs/1711.05101.
 */
const adamw = {
  ...adam,
  name: 'adamw',
  label: 'AdamW',
  weightDecay: 'decoupled',
} as const satisfies ElementwiseOptimizer<string>;

/** β₁ and β₂ of Lion. */
export const [LION_BETA_1, LION_BETA_2] = [0.9, 0.99];

/**
 * Chen et al. 2023, https://arxiv.org/abs/2302.06675, with β₁ = 0.9, β₂ = 0.99: every step has the
 * size α, and only its sign depends on the gradients. Weight decay is decoupled, and sign(0) = 0.
 *
 *     c := β₁ m + (1 − β₁) g     θ := θ − α sign(c)     m := β₂ m + (1 − β₂) g
 */
const lion = {
  name: 'lion',
  label: 'Lion',
  kind: 'elementwise',
  stateSlots: 1,
  uses: [],
  weightDecay: 'decoupled',
  isLinear: false,
  kernel: { code: 5, coefficients: ({ alpha }) => [alpha, LION_BETA_1, LION_BETA_2] },
} as const satisfies ElementwiseOptimizer<string>;

/**
 * Nocedal 1980: a step along −H g, H from the last ten steps (lbfgs.ts). It finds the step's length
 * itself.
 */
const lbfgs = {
  name: 'lbfgs',
  label: 'L-BFGS',
  kind: 'line search',
  stateSlots: LBFGS_VECTORS,
  uses: [],
} as const satisfies LineSearchOptimizer<string>;

/** Every optimizer, in the order in which help and menus list them. */
const ROWS = { sgd, momentum, nesterov, rmsprop, adam, adamw, lion, lbfgs } as const;

type Row = (typeof ROWS)[keyof typeof ROWS];
/** The name of an optimizer. */
export type OptimizerName = Row['name'];
/** The name of an optimizer that updates each parameter by itself. */
export type ElementwiseName = Extract<Row, { kind: 'elementwise' }>['name'];
type LineSearchName = Exclude<OptimizerName, ElementwiseName>;
/** A row of the table of optimizers. */
export type Optimizer = ElementwiseOptimizer | LineSearchOptimizer;

/** The names of all optimizers. */
export const OPTIMIZER_NAMES = Object.keys(ROWS) as readonly OptimizerName[];

/** The registry: every optimizer by its name. */
export const OPTIMIZERS: Readonly<Record<ElementwiseName, ElementwiseOptimizer>> &
  Readonly<Record<LineSearchName, LineSearchOptimizer>> = ROWS;

/** Whether it updates every parameter by itself; the others search along a line. */
export function isElementwise(name: OptimizerName): name is ElementwiseName {
  return OPTIMIZERS[name].kind === 'elementwise';
}

/** The optimizers that a setting is for: `momentum or nesterov`. */
export function optimizersUsing(setting: 'momentum'): string {
  return OPTIMIZER_NAMES.filter((name) => OPTIMIZERS[name].uses.includes(setting)).join(' or ');
}

/** What a gradient of this norm is multiplied by, so that its norm is at most `clipNorm`. */
export function clipFactor(norm: number, clipNorm: number): number {
  return norm > clipNorm ? clipNorm / norm : 1;
}
