import { ACTIVATION_NAMES } from '../maths/activation.js';
import { OPTIMIZER_NAMES, OPTIMIZERS } from '../maths/optimizers.js';
import type { Setting, SettingName } from './setting.js';

/** Optimizers whose weight decay does not go through the gradient. */
const DECOUPLED = OPTIMIZER_NAMES.filter((name) => {
  const row = OPTIMIZERS[name];
  return row.kind === 'elementwise' && row.weightDecay === 'decoupled';
});

/**
 * The one table of settings. The command's flags and help, the page's controls and shared links,
 * the checks and their messages, and the record in a model file all come from it. Its defaults are
 * the board's.
 */
export const SETTINGS: readonly Setting[] = [
  {
    name: 'hidden',
    kind: { type: 'sizes', max: 16384, word: 'none' },
    default: [10],
    explanation:
      'The number of units in each hidden layer, such as 128,64. With none, the pixels connect directly to the outputs.',
  },
  {
    name: 'activation',
    symbol: 'g',
    kind: { type: 'choice', choices: ACTIVATION_NAMES, many: true },
    default: 'relu',
    explanation:
      'The non-linearity of the hidden units, or one for each hidden layer. Without one, several layers are no more than a single layer.',
  },
  {
    name: 'initialization',
    formerly: ['initialisation'],
    kind: { type: 'choice', choices: ['board', 'he', 'glorot'] },
    default: 'board',
    explanation:
      'How the weights are initialized: uniform in [−0.5, 0.5) as on the board; He, with variance 2/inputs, which suits ReLU and deeper networks; or Glorot, with variance 2/(inputs + outputs).',
  },
  {
    name: 'inputDropout',
    kind: { type: 'number', min: 0, below: 1 },
    default: 0,
    explanation: 'The fraction of pixels set to 0 in each training example.',
  },
  {
    name: 'dropout',
    kind: { type: 'number', min: 0, below: 1 },
    default: 0,
    explanation:
      'The fraction of hidden units set to 0 for each training example, so that no unit relies on another.',
  },
  {
    name: 'shift',
    kind: { type: 'number', min: 0, max: 100 },
    default: 0,
    explanation: 'Move each training picture by up to this many pixels, differently each time.',
  },
  {
    name: 'rotate',
    kind: { type: 'number', min: 0, max: 180 },
    default: 0,
    explanation: 'Rotate each training picture by up to this many degrees, in either direction.',
  },
  {
    name: 'scale',
    kind: { type: 'number', min: 0, below: 1 },
    default: 0,
    explanation:
      'Enlarge or shrink each training picture by up to this fraction, width and height separately.',
  },
  {
    name: 'shear',
    kind: { type: 'number', min: 0, max: 1 },
    default: 0,
    explanation:
      'Slant each training picture: shift each row against the row below by up to this many pixels.',
  },
  {
    name: 'elastic',
    kind: { type: 'number', min: 0, max: 20 },
    default: 0,
    explanation:
      'Distort each training picture as an unsteady hand would: by this many pixels (root mean square), with nearby pixels moving alike.',
  },
  {
    name: 'elasticSigma',
    symbol: 'σ',
    kind: { type: 'number', min: 1, max: 8 },
    default: 4,
    explanation:
      'How smooth the elastic distortion is: the standard deviation, in pixels, of the Gaussian that smooths it.',
  },
  {
    name: 'pixels',
    kind: { type: 'choice', choices: ['unit', 'raw'] },
    default: 'unit',
    explanation:
      'How pixels enter the network: divided by 255 (unit), or as bytes from 0 to 255 (raw), which makes the steps far too large.',
  },
  {
    name: 'alpha',
    aliases: ['learningRate', 'lr'],
    symbol: 'α',
    kind: { type: 'number', above: 0, max: 1e6 },
    default: 0.1,
    explanation: 'The learning rate: how large a step each update takes against the gradient.',
  },
  {
    name: 'schedule',
    kind: { type: 'choice', choices: ['constant', 'step', 'cosine', 'one-cycle'] },
    default: 'constant',
    explanation:
      'How the learning rate changes during training: not at all, in steps, down to 0 along half a cosine, or first up and then down (one cycle).',
  },
  {
    name: 'warmup',
    kind: { type: 'number', min: 0, max: 1e6 },
    default: 0,
    explanation:
      'Epochs at the start in which the learning rate grows from 0 in a straight line, before the schedule begins.',
  },
  {
    name: 'stepEvery',
    kind: { type: 'number', above: 0, max: 1e6 },
    default: 10,
    explanation: 'With the schedule step: the number of epochs between two changes of the learning rate.',
  },
  {
    name: 'stepFactor',
    kind: { type: 'number', above: 0, below: 1 },
    default: 0.1,
    explanation: 'With the schedule step: the factor by which the learning rate is multiplied each time.',
  },
  {
    name: 'optimizer',
    kind: { type: 'choice', choices: OPTIMIZER_NAMES, formerly: { descent: 'sgd' } },
    default: 'sgd',
    explanation: `How each update uses the gradient: ${OPTIMIZER_NAMES.map((name) => `${name} (${OPTIMIZERS[name].explanation})`).join(', ')}.`,
  },
  {
    name: 'momentum',
    symbol: 'μ',
    kind: { type: 'number', min: 0, below: 1 },
    default: 0.9,
    explanation: 'With momentum or Nesterov: the fraction of the previous velocity that each step keeps.',
  },
  {
    name: 'weightDecay',
    formerly: ['decay'],
    symbol: 'λ',
    kind: { type: 'number', min: 0, max: 1 },
    default: 0,
    explanation: `Weight decay: pulls every weight towards 0, as a part of the gradient (L2) or, with ${DECOUPLED.join(' and ')}, separately.`,
  },
  {
    name: 'clipNorm',
    formerly: ['clip'],
    kind: { type: 'number', above: 0, max: 1e9, word: 'none' },
    default: 'none',
    explanation: 'The largest norm of the gradient. A longer gradient is scaled down to it.',
  },
  {
    name: 'labelSmoothing',
    formerly: ['smoothing'],
    symbol: 'ε',
    kind: { type: 'number', min: 0, below: 1 },
    default: 0,
    explanation:
      'Label smoothing: the fraction of each label that is spread over all classes, so that no answer has to be completely certain.',
  },
  {
    name: 'classWeight',
    kind: { type: 'weights', max: 1e6, words: ['none', 'balanced'] },
    default: 'none',
    explanation:
      'How much each class counts in training: all examples the same (none), rare classes as much as frequent ones (balanced), or a number for each class, such as 1,2,1.',
  },
  {
    name: 'weightAveraging',
    formerly: ['average'],
    kind: { type: 'number', above: 0, max: 1e6, word: 'none' },
    default: 'none',
    explanation:
      'The number of epochs at the end over which the parameters are averaged. The average is what is tested and saved.',
  },
  {
    name: 'batchSize',
    formerly: ['batch'],
    kind: { type: 'integer', min: 1, max: 1e9, word: 'full' },
    default: 'full',
    explanation:
      'The number of examples in each update: all of them (full), or a mini-batch, shuffled again in every epoch.',
  },
  {
    name: 'iterations',
    kind: { type: 'integer', min: 1, max: 1e9 },
    default: 500,
    explanation: 'How many times the parameters are updated.',
  },
  {
    name: 'epochs',
    kind: { type: 'integer', min: 1, max: 1e6 },
    default: 10,
    explanation: 'How many times training goes through all examples, instead of a number of iterations.',
  },
  {
    name: 'minutes',
    kind: { type: 'number', above: 0, max: 1e5, word: 'none' },
    default: 'none',
    explanation:
      'Stop after this many minutes. How far training gets then depends on how fast the machine is.',
  },
  {
    name: 'dev',
    kind: { type: 'integer', min: 0, max: 1e9 },
    default: 1000,
    explanation:
      'How many training examples are held out (dev). The network does not learn from them; they show how well it does on new examples.',
  },
  {
    name: 'devEvery',
    kind: { type: 'integer', min: 1, max: 1e9 },
    default: 10,
    explanation:
      'How many iterations there are between two evaluations on dev. With mini-batches, the default is ten evaluations an epoch.',
  },
  {
    name: 'patience',
    kind: { type: 'integer', min: 1, max: 1e9, word: 'none' },
    default: 'none',
    explanation:
      'Stop after this many evaluations on dev without improvement, and return the best parameters.',
  },
  {
    name: 'monitor',
    formerly: ['watch'],
    kind: { type: 'choice', choices: ['loss', 'accuracy'] },
    default: 'loss',
    explanation: 'With patience: which value on dev must improve.',
  },
  {
    name: 'seed',
    kind: { type: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER },
    default: 1,
    explanation:
      'The seed of all random numbers. The same seed gives the same run, to the last bit, on every machine.',
  },
  {
    name: 'engine',
    kind: { type: 'choice', choices: ['wasm', 'maths'] },
    default: 'wasm',
    explanation:
      'What computes: the fast engine in 32-bit floats (wasm), or the plain maths in 64 bits (maths), hundreds of times slower.',
  },
  {
    name: 'threads',
    kind: { type: 'integer', min: 0, max: 64, word: 'cores' },
    default: 'cores',
    explanation: 'How many threads share the work. The result has the same bits with any number of threads.',
  },
];

/** The row of a setting. */
export function settingNamed(name: SettingName): Setting {
  return SETTINGS.find((setting) => setting.name === name)!;
}
