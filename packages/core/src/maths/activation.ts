/** An activation g and its derivative g′, both of one number z, the weighted sum of a unit. */
export interface Activation {
  readonly name: ActivationName;
  readonly f: (z: number) => number;
  readonly derivative: (z: number) => number;
}

export type ActivationName = 'relu' | 'sigmoid' | 'tanh' | 'identity';

/** ReLU(z) = max(0, z). The kink at 0 counts as flat: ReLU′(0) = 0. NaN stays NaN. */
export const relu: Activation = {
  name: 'relu',
  f: (z) => Math.max(0, z),
  derivative: (z) => (z > 0 ? 1 : 0),
};

/** σ(z) = 1 / (1 + e⁻ᶻ), σ′ = σ (1 − σ). */
export const sigmoid: Activation = {
  name: 'sigmoid',
  f: logistic,
  derivative: (z) => logistic(z) * logistic(-z),
};

/** tanh(z), tanh′ = 1 − tanh². */
export const tanh: Activation = {
  name: 'tanh',
  f: Math.tanh,
  derivative: (z) => 1 - Math.tanh(z) ** 2,
};

/** z itself: with it, layers collapse into one linear map. */
export const identity: Activation = {
  name: 'identity',
  f: (z) => z,
  derivative: () => 1,
};

export const ACTIVATIONS: Readonly<Record<ActivationName, Activation>> = { relu, sigmoid, tanh, identity };

function logistic(z: number): number {
  return 1 / (1 + Math.exp(-z));
}
