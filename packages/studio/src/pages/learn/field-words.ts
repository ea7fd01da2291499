import type { TermName } from '../../glossary/terms.js';

/**
 * The words of the field that the course uses, as regular expressions, and the terms of the Glossary
 * that explain them. A chapter may use a word once it, or a chapter before it, has linked the term.
 */
export const FIELD_WORDS: Readonly<Record<string, TermName>> = {
  'weights?': 'W',
  'bias(es)?': 'b',
  'units?': 'unit',
  'weighted sums?': 'Z',
  'activations?': 'A',
  ReLU: 'relu',
  'ReLU′': 'g-prime',
  sigmoid: 'sigmoid',
  softmax: 'softmax',
  loss: 'J',
  nats: 'nats',
  'gradients?': 'gradient',
  'learning rate': 'alpha',
  α: 'alpha',
  'probabilit(y|ies)': 'probability',
  'iterations?': 'iteration',
  'epochs?': 'epoch',
  'training set': 'training',
  'dev set': 'dev',
  'test set': 'test',
  accuracy: 'accuracy',
  transposed: 'transposed',
  '⊙': 'hadamard',
  'dead unit': 'dead',
  'chain rule': 'chain-rule',
  'gradient check': 'gradient-check',
  overfitting: 'overfitting',
  NaN: 'nan',
  'mini-batch(es)?': 'mini-batch',
  momentum: 'momentum',
  augmentation: 'augmentation',
};

/** Words of the field that no reader of the course has met, and that have simpler ones. */
export const UNWANTED: readonly string[] = [
  ...['back-?propagation', 'hyper-?parameters?', 'logits?', 'tensors?', 'neurons?', 'stochastic'],
  ...['regulari[sz]ation', 'convergence', 'converges?', 'inference', 'ground truth', 'Jacobian'],
  ...['differentiable', 'partial derivatives?', 'vectori[sz]ed', 'broadcasting', 'perceptrons?'],
  ...['categorical', 'Hadamard', 'subgradients?', 'saturat(e|es|ed|ion)'],
];
