import { ACTIVATION_NAMES } from '../maths/activation.js';
import { OPTIMIZER_NAMES } from '../maths/optimizers.js';
import type { Setting, SettingName } from './setting.js';

/**
 * The one table of settings. The command's flags and help, the page's controls and shared links,
 * the checks and their messages, and the record in a model file all come from it. Its defaults are
 * the board's. What each setting is for, in a sentence, is in explanations.ts: a program that only
 * trains does not need it.
 */
export const SETTINGS: readonly Setting[] = [
  {
    name: 'hidden',
    kind: { type: 'sizes', max: 16384, word: 'none' },
    default: [10],
  },
  {
    name: 'activation',
    symbol: 'g',
    kind: { type: 'choice', choices: ACTIVATION_NAMES, many: true },
    default: 'relu',
  },
  {
    name: 'initialization',
    formerly: ['initialisation'],
    kind: { type: 'choice', choices: ['board', 'he', 'glorot'] },
    default: 'board',
  },
  {
    name: 'inputDropout',
    kind: { type: 'number', min: 0, below: 1 },
    default: 0,
  },
  {
    name: 'dropout',
    kind: { type: 'number', min: 0, below: 1 },
    default: 0,
  },
  {
    name: 'variants',
    kind: { type: 'number', min: 0, max: 10 },
    default: 0,
  },
  {
    name: 'shift',
    kind: { type: 'number', min: 0, max: 100 },
    default: 0,
  },
  {
    name: 'rotate',
    kind: { type: 'number', min: 0, max: 180 },
    default: 0,
  },
  {
    name: 'scale',
    kind: { type: 'number', min: 0, below: 1 },
    default: 0,
  },
  {
    name: 'shear',
    kind: { type: 'number', min: 0, max: 1 },
    default: 0,
  },
  {
    name: 'elastic',
    kind: { type: 'number', min: 0, max: 20 },
    default: 0,
  },
  {
    name: 'elasticSigma',
    symbol: 'σ',
    kind: { type: 'number', min: 1, max: 8 },
    default: 4,
  },
  {
    name: 'pixels',
    kind: { type: 'choice', choices: ['unit', 'raw'] },
    default: 'unit',
  },
  {
    name: 'alpha',
    aliases: ['learningRate', 'lr'],
    symbol: 'α',
    kind: { type: 'number', above: 0, max: 1e6 },
    default: 0.1,
  },
  {
    name: 'schedule',
    kind: { type: 'choice', choices: ['constant', 'step', 'cosine', 'one-cycle'] },
    default: 'constant',
  },
  {
    name: 'warmup',
    kind: { type: 'number', min: 0, max: 1e6 },
    default: 0,
  },
  {
    name: 'stepEvery',
    kind: { type: 'number', above: 0, max: 1e6 },
    default: 10,
  },
  {
    name: 'stepFactor',
    kind: { type: 'number', above: 0, below: 1 },
    default: 0.1,
  },
  {
    name: 'optimizer',
    kind: { type: 'choice', choices: OPTIMIZER_NAMES, formerly: { descent: 'sgd' } },
    default: 'sgd',
  },
  {
    name: 'momentum',
    symbol: 'μ',
    kind: { type: 'number', min: 0, below: 1 },
    default: 0.9,
  },
  {
    name: 'weightDecay',
    formerly: ['decay'],
    symbol: 'λ',
    kind: { type: 'number', min: 0, max: 1 },
    default: 0,
  },
  {
    name: 'clipNorm',
    formerly: ['clip'],
    kind: { type: 'number', above: 0, max: 1e9, word: 'none' },
    default: 'none',
  },
  {
    name: 'labelSmoothing',
    formerly: ['smoothing'],
    symbol: 'ε',
    kind: { type: 'number', min: 0, below: 1 },
    default: 0,
  },
  {
    name: 'classWeight',
    kind: { type: 'weights', max: 1e6, words: ['none', 'balanced'] },
    default: 'none',
  },
  {
    name: 'weightAveraging',
    formerly: ['average'],
    kind: { type: 'number', above: 0, max: 1e6, word: 'none' },
    default: 'none',
  },
  {
    name: 'batchSize',
    formerly: ['batch'],
    kind: { type: 'integer', min: 1, max: 1e9, word: 'full' },
    default: 'full',
  },
  {
    name: 'iterations',
    kind: { type: 'integer', min: 1, max: 1e9 },
    default: 500,
  },
  {
    name: 'epochs',
    kind: { type: 'integer', min: 1, max: 1e6 },
    default: 10,
  },
  {
    name: 'minutes',
    kind: { type: 'number', above: 0, max: 1e5, word: 'none' },
    default: 'none',
  },
  {
    name: 'dev',
    kind: { type: 'integer', min: 0, max: 1e9 },
    default: 1000,
  },
  {
    name: 'devEvery',
    kind: { type: 'integer', min: 1, max: 1e9 },
    default: 10,
  },
  {
    name: 'patience',
    kind: { type: 'integer', min: 1, max: 1e9, word: 'none' },
    default: 'none',
  },
  {
    name: 'monitor',
    formerly: ['watch'],
    kind: { type: 'choice', choices: ['loss', 'accuracy'] },
    default: 'loss',
  },
  {
    name: 'seed',
    kind: { type: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER },
    default: 1,
  },
  {
    name: 'engine',
    kind: { type: 'choice', choices: ['wasm', 'maths'] },
    default: 'wasm',
  },
  {
    name: 'threads',
    kind: { type: 'integer', min: 0, max: 64, word: 'cores' },
    default: 'cores',
  },
];

/** The row of a setting. */
export function settingNamed(name: SettingName): Setting {
  return SETTINGS.find((setting) => setting.name === name)!;
}
