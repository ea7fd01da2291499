import { OPTIMIZER_NAMES, OPTIMIZERS, type OptimizerName } from '../maths/optimizers.js';
import type { SettingName } from './setting.js';

/** Optimizers whose weight decay does not go through the gradient. */
const DECOUPLED = OPTIMIZER_NAMES.filter((name) => {
  const row = OPTIMIZERS[name];
  return row.kind === 'elementwise' && row.weightDecay === 'decoupled';
});

/** What each optimizer does, in a few words that fit into a list. */
const OPTIMIZER_EXPLANATIONS: Readonly<Record<OptimizerName, string>> = {
  sgd: 'gradient descent, the board’s update',
  momentum: 'gradient descent that keeps its speed',
  nesterov: 'momentum that looks one step ahead',
  rmsprop: 'gradients divided by their recent size',
  adam: 'a step size of its own for each parameter',
  adamw: 'Adam with decoupled weight decay',
  lion: 'steps of one size along the sign of momentum',
  lbfgs: 'follows the curvature of the loss, on full batches',
};

/** One sentence or two on each setting, for a person. */
const EXPLANATIONS: Readonly<Record<SettingName, string>> = {
  hidden:
    'The number of units in each hidden layer, such as 128,64. With none, the pixels connect directly to the outputs.',
  activation:
    'The non-linearity of the hidden units, or one for each hidden layer. Without one, several layers are no more than a single layer.',
  initialization:
    'How the weights are initialized: uniform in [−0.5, 0.5) as on the board; He, with variance 2/inputs, which suits ReLU and deeper networks; or Glorot, with variance 2/(inputs + outputs).',
  inputDropout: 'The fraction of pixels set to 0 in each training example.',
  dropout:
    'The fraction of hidden units set to 0 for each training example, so that no unit relies on another.',
  variants:
    'For each training picture of a digit, train on this many variants of it, as people write elsewhere: with strokes of another width, with a gap, or drawn by a pen, such as a 1 with a flag, a 7 with a bar or an open 4.',
  shift: 'Move each training picture by up to this many pixels, differently each time.',
  rotate: 'Rotate each training picture by up to this many degrees, in either direction.',
  scale: 'Enlarge or shrink each training picture by up to this fraction, width and height separately.',
  shear: 'Slant each training picture: shift each row against the row below by up to this many pixels.',
  elastic:
    'Distort each training picture as an unsteady hand would: by this many pixels (root mean square), with nearby pixels moving alike.',
  elasticSigma:
    'How smooth the elastic distortion is: the standard deviation, in pixels, of the Gaussian that smooths it.',
  pixels:
    'How pixels enter the network: divided by 255 (unit), or as bytes from 0 to 255 (raw), which makes the steps far too large.',
  alpha: 'The learning rate: how large a step each update takes against the gradient.',
  schedule:
    'How the learning rate changes during training: not at all, in steps, down to 0 along half a cosine, or first up and then down (one cycle).',
  warmup:
    'Epochs at the start in which the learning rate grows from 0 in a straight line, before the schedule begins.',
  stepEvery: 'With the schedule step: the number of epochs between two changes of the learning rate.',
  stepFactor: 'With the schedule step: the factor by which the learning rate is multiplied each time.',
  optimizer: `How each update uses the gradient: ${Object.entries(OPTIMIZER_EXPLANATIONS)
    .map(([name, does]) => `${name} (${does})`)
    .join(', ')}.`,
  momentum: 'With momentum or Nesterov: the fraction of the previous velocity that each step keeps.',
  weightDecay: `Weight decay: pulls every weight towards 0, as a part of the gradient (L2) or, with ${DECOUPLED.join(' and ')}, separately.`,
  clipNorm: 'The largest norm of the gradient. A longer gradient is scaled down to it.',
  labelSmoothing:
    'Label smoothing: the fraction of each label that is spread over all classes, so that no answer has to be completely certain.',
  classWeight:
    'How much each class counts in training: all examples the same (none), rare classes as much as frequent ones (balanced), or a number for each class, such as 1,2,1.',
  weightAveraging:
    'The number of epochs at the end over which the parameters are averaged. The average is what is tested and saved.',
  batchSize:
    'The number of examples in each update: all of them (full), or a mini-batch, shuffled again in every epoch.',
  iterations: 'How many times the parameters are updated.',
  epochs: 'How many times training goes through all examples, instead of a number of iterations.',
  minutes: 'Stop after this many minutes. How far training gets then depends on how fast the machine is.',
  dev: 'How many training examples are held out (dev). The network does not learn from them; they show how well it does on new examples.',
  devEvery:
    'How many iterations there are between two evaluations on dev. With mini-batches, the default is ten evaluations an epoch.',
  patience: 'Stop after this many evaluations on dev without improvement, and return the best parameters.',
  monitor: 'With patience: which value on dev must improve.',
  seed: 'The seed of all random numbers. The same seed gives the same run, to the last bit, on every machine.',
  engine:
    'What computes: the fast engine in 32-bit floats (wasm), or the plain maths in 64 bits (maths), hundreds of times slower.',
  threads: 'How many threads share the work. The result has the same bits with any number of threads.',
};

/** What a setting is for: a sentence or two for a person, as help and the page show it. */
export function explanationOf(name: SettingName): string {
  return EXPLANATIONS[name];
}
