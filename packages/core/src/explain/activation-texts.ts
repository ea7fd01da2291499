import type { ActivationName } from '../maths/activation.js';

const EXPLANATIONS: Readonly<Record<ActivationName, string>> = {
  relu: 'ReLU keeps a positive weighted sum and replaces a negative one by 0.',
  'leaky-relu':
    'Leaky ReLU keeps a positive weighted sum and multiplies a negative one by 0.01, so that the unit still learns.',
  gelu: 'GELU is a smooth ReLU: it multiplies the weighted sum by a number from 0 to 1 that grows with it.',
  silu: 'SiLU is a smooth ReLU: it multiplies the weighted sum by its own sigmoid.',
  sigmoid: 'The sigmoid turns any weighted sum into a number between 0 and 1.',
  tanh: 'The hyperbolic tangent turns any weighted sum into a number between −1 and 1.',
  identity: 'The identity leaves the weighted sum as it is, so this layer adds no non-linearity.',
};

/** What an activation does: one sentence for a learner. */
export function explainActivation(name: ActivationName): string {
  return EXPLANATIONS[name];
}
