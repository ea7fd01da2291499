import type { ActivationName } from '@longhand/core';
import { ACTIVATION_NAMES, ACTIVATIONS } from '@longhand/core/maths';

/** Weighted sums at which functions are compared: near 0, where activations differ, and far from it. */
export const SAMPLES = Float64Array.from([
  ...Array.from({ length: 81 }, (_, k) => (k - 40) / 8),
  ...[-30, -12, -7.3, 6.1, 9, 25],
]);

const SAME = 1e-5;
/** The form of GELU without the error function differs from the other by less than this. */
const GELU_FORMS = 6e-4;

/**
 * Which activation has these values at the samples. Programs write one activation as many operations,
 * each in its own way; its values tell it whatever they are.
 */
export function activationAt(values: Float64Array): { name: ActivationName; isOtherGelu?: true } | undefined {
  const distance = (name: ActivationName) =>
    SAMPLES.reduce((most, z, i) => Math.max(most, Math.abs(ACTIVATIONS[name].f(z) - values[i]!)), 0);
  const name = ACTIVATION_NAMES.find((one) => distance(one) < SAME);
  if (name) return { name };
  return distance('gelu') < GELU_FORMS ? { name: 'gelu', isOtherGelu: true } : undefined;
}

export const OTHER_GELU =
  'its GELU is the form with the error function; Longhand has the other form, and answers can differ by some 0.0001';
