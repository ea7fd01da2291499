/** An activation g and its derivative g′, both of one number z, the weighted sum of a unit. */
export interface Activation {
  readonly name: ActivationName;
  readonly f: (z: number) => number;
  readonly derivative: (z: number) => number;
  /** Whether g bends at 0, so that finite differences across it prove nothing. */
  readonly hasKink: boolean;
}

export type ActivationName = 'relu' | 'leaky-relu' | 'gelu' | 'sigmoid' | 'tanh' | 'identity';

/** ReLU(z) = max(0, z). The kink at 0 counts as flat: ReLU′(0) = 0. NaN stays NaN. */
export const relu: Activation = {
  name: 'relu',
  f: (z) => Math.max(0, z),
  derivative: (z) => (z > 0 ? 1 : 0),
  hasKink: true,
};

/** What a leaky ReLU lets through below 0 (Maas et al. 2013). */
const LEAK = 0.01;

/** z above 0, 0.01 z below: a unit that answers to no example still learns. At 0 the lower slope counts. */
export const leakyRelu: Activation = {
  name: 'leaky-relu',
  f: (z) => (z > 0 ? z : LEAK * z),
  derivative: (z) => (z > 0 ? 1 : LEAK),
  hasKink: true,
};

/**
 * GELU (Hendrycks and Gimpel 2016, https://arxiv.org/abs/1606.08415), in their form without the error function:
 * z σ(2u), u = √(2/π) (z + 0.044715 z³), and so g′ = σ(2u) + 2 z u′ σ(2u) σ(−2u), u′ = √(2/π) (1 + 3 · 0.044715 z²).
 */
export const gelu: Activation = {
  name: 'gelu',
  f: (z) => z * logistic(2 * geluArgument(z)),
  derivative(z) {
    const u = geluArgument(z);
    const slope = Math.sqrt(2 / Math.PI) * (1 + 3 * GELU_CUBIC * z * z);
    const bend = logistic(2 * u) * logistic(-2 * u);
    // Far from 0 there is no bend, however large the slope of u.
    return logistic(2 * u) + (bend === 0 ? 0 : 2 * z * slope * bend);
  },
  hasKink: false,
};

/** σ(z) = 1 / (1 + e⁻ᶻ), σ′ = σ (1 − σ). */
export const sigmoid: Activation = {
  name: 'sigmoid',
  f: logistic,
  derivative: (z) => logistic(z) * logistic(-z),
  hasKink: false,
};

/** tanh(z), tanh′ = 1 − tanh². */
export const tanh: Activation = {
  name: 'tanh',
  f: Math.tanh,
  derivative: (z) => 1 - Math.tanh(z) ** 2,
  hasKink: false,
};

/** z itself: with it, layers collapse into one linear map. */
export const identity: Activation = {
  name: 'identity',
  f: (z) => z,
  derivative: () => 1,
  hasKink: false,
};

export const ACTIVATIONS: Readonly<Record<ActivationName, Activation>> = {
  relu,
  'leaky-relu': leakyRelu,
  gelu,
  sigmoid,
  tanh,
  identity,
};

const GELU_CUBIC = 0.044715;

/** u = √(2/π) (z + 0.044715 z³) */
export function geluArgument(z: number): number {
  return Math.sqrt(2 / Math.PI) * (z + GELU_CUBIC * z * z * z);
}

function logistic(z: number): number {
  return 1 / (1 + Math.exp(-z));
}
