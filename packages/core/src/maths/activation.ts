/**
 * One activation g, the non-linearity of a unit: all that the library, the engine, the explanations
 * and the page know of it, besides a sentence for a learner (explain/activation-texts.ts). Everything
 * else derives from these rows.
 */
export interface Activation<Name extends string = ActivationName> {
  /** The value of the setting, and the name in a model file. */
  readonly name: Name;
  /** What a person calls it. */
  readonly label: string;
  /** How equations write it: `σ` in σ(z); its derivative is σ′. */
  readonly symbol: string;
  /** g(z), of one weighted sum z. NaN stays NaN. */
  readonly f: (z: number) => number;
  /** g′(z). */
  readonly derivative: (z: number) => number;
  /** g′ from a = g(z) alone, if a is enough: then backward propagation needs no z. */
  readonly derivativeFromOutput?: (a: number) => number;
  /** The right side of a = g(z) with the number put in: `max(0, −0.6)`. */
  readonly calculation: (z: number, format: (value: number) => string) => string;
  /** Whether g is made of straight lines through 0, so that g(z) = g′(z) · z. */
  readonly isPiecewiseLinear: boolean;
  /** Whether g′ jumps at 0. Finite differences across the jump prove nothing. */
  readonly hasKink: boolean;
  /** The number that the engine's kernels know it by (engine/kernels/activation.ts). */
  readonly kernelCode: number;
}

/** ReLU(z) = max(0, z). At the kink the lower slope counts: ReLU′(0) = 0. */
export const relu = {
  name: 'relu',
  label: 'ReLU',
  symbol: 'ReLU',
  f: (z) => Math.max(0, z),
  derivative: (z) => (z > 0 ? 1 : 0),
  derivativeFromOutput: (a) => (a > 0 ? 1 : 0),
  calculation: (z, format) => `max(0, ${format(z)})`,
  isPiecewiseLinear: true,
  hasKink: true,
  kernelCode: 1,
} as const satisfies Activation<string>;

/** The slope of a leaky ReLU below 0 (Maas et al. 2013). */
const LEAK = 0.01;

/** z above 0, 0.01 z below. At the kink the lower slope counts. */
export const leakyRelu = {
  name: 'leaky-relu',
  label: 'leaky ReLU',
  symbol: 'leaky ReLU',
  f: (z) => (z > 0 ? z : LEAK * z),
  derivative: (z) => (z > 0 ? 1 : LEAK),
  derivativeFromOutput: (a) => (a > 0 ? 1 : LEAK),
  calculation: (z, format) => (z > 0 ? format(z) : `0.01 · ${format(z)}`),
  isPiecewiseLinear: true,
  hasKink: true,
  kernelCode: 4,
} as const satisfies Activation<string>;

/**
 * GELU (Hendrycks and Gimpel 2016, https://arxiv.org/abs/1606.08415), in their form without the
 * error function: z σ(2u) with u = √(2/π) (z + 0.044715 z³). Hence g′ = σ(2u) + 2 z u′ σ(2u) σ(−2u)
 * with u′ = √(2/π) (1 + 3 · 0.044715 z²).
 */
export const gelu = {
  name: 'gelu',
  label: 'GELU',
  symbol: 'GELU',
  f: (z) => z * logistic(2 * geluArgument(z)),
  derivative(z) {
    const u = geluArgument(z);
    const slope = Math.sqrt(2 / Math.PI) * (1 + 3 * GELU_CUBIC * z * z);
    const bend = logistic(2 * u) * logistic(-2 * u);
    // Far from 0 the curve is straight, however large the slope of u.
    return logistic(2 * u) + (bend === 0 ? 0 : 2 * z * slope * bend);
  },
  calculation: (z, format) => `${format(z)} · σ(${format(2 * geluArgument(z))})`,
  isPiecewiseLinear: false,
  hasKink: false,
  kernelCode: 5,
} as const satisfies Activation<string>;

/**
 * SiLU, also called swish: z σ(z), and so g′ = σ(z) + z σ(z) σ(−z) by the product rule (Elfwing et al.
 * 2017, https://arxiv.org/abs/1702.03118; Ramachandran et al. 2017, https://arxiv.org/abs/1710.05941).
 */
export const silu = {
  name: 'silu',
  label: 'SiLU',
  symbol: 'SiLU',
  f: (z) => z * logistic(z),
  derivative: (z) => logistic(z) + z * logistic(z) * logistic(-z),
  calculation: (z, format) => `${format(z)} · σ(${format(z)})`,
  isPiecewiseLinear: false,
  hasKink: false,
  kernelCode: 6,
} as const satisfies Activation<string>;

/** σ(z) = 1 / (1 + e⁻ᶻ), σ′ = σ (1 − σ). */
export const sigmoid = {
  name: 'sigmoid',
  label: 'sigmoid',
  symbol: 'σ',
  f: logistic,
  derivative: (z) => logistic(z) * logistic(-z),
  derivativeFromOutput: (a) => a * (1 - a),
  calculation: (z, format) => `1 / (1 + exp(${format(-z)}))`,
  isPiecewiseLinear: false,
  hasKink: false,
  kernelCode: 2,
} as const satisfies Activation<string>;

/** tanh(z), tanh′ = 1 − tanh². */
export const tanh = {
  name: 'tanh',
  label: 'tanh',
  symbol: 'tanh',
  f: Math.tanh,
  derivative: (z) => 1 - Math.tanh(z) ** 2,
  derivativeFromOutput: (a) => 1 - a * a,
  calculation: (z, format) => `tanh(${format(z)})`,
  isPiecewiseLinear: false,
  hasKink: false,
  kernelCode: 3,
} as const satisfies Activation<string>;

/** z itself. With it, several layers are no more than a single linear layer. */
export const identity = {
  name: 'identity',
  label: 'identity',
  symbol: 'id',
  f: (z) => z,
  derivative: () => 1,
  derivativeFromOutput: () => 1,
  calculation: (z, format) => format(z),
  isPiecewiseLinear: true,
  hasKink: false,
  kernelCode: 0,
} as const satisfies Activation<string>;

/** Every activation, in the order in which help and menus list them. */
const ROWS = { relu, 'leaky-relu': leakyRelu, gelu, silu, sigmoid, tanh, identity } as const;

/** The name of an activation. */
export type ActivationName = keyof typeof ROWS;

/** The names of all activations. */
export const ACTIVATION_NAMES = Object.keys(ROWS) as readonly ActivationName[];

/** The registry: every activation by its name. */
export const ACTIVATIONS: Readonly<Record<ActivationName, Activation>> = ROWS;

const GELU_CUBIC = 0.044715;

/** u = √(2/π) (z + 0.044715 z³) */
function geluArgument(z: number): number {
  return Math.sqrt(2 / Math.PI) * (z + GELU_CUBIC * z * z * z);
}

function logistic(z: number): number {
  return 1 / (1 + Math.exp(-z));
}
