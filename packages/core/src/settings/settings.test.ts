import { describe, expect, test } from 'vitest';
import { renderSettingError, renderSettingProblem, SettingError } from '../errors.js';
import { completeSettings } from './complete.js';
import { explanationOf } from './explanations.js';
import { formatSetting, parseSetting, rangeOf } from './kinds.js';
import { PRESETS, withPreset } from './presets.js';
import type { SettingName, Settings } from './setting.js';
import { SETTINGS, settingNamed } from './table.js';

const MAX_SENTENCES = 2;
const MAX_WORDS = 25;

/** What keeps a text from being a plain explanation: one sentence, and a second one where it adds a detail. */
function problemsOf(text: string): string[] {
  const sentences = text.split(/(?<=[.?!])\s+(?=[A-Z])/);
  const words = text.split(/\s+/).length;
  return [
    ...(/^[A-Z]/.test(text) ? [] : ['does not begin with a capital']),
    ...(/[^.]\.$/.test(text) ? [] : ['does not end with one full stop']),
    ...(sentences.length <= MAX_SENTENCES ? [] : [`${sentences.length} sentences`]),
    ...(words >= 4 ? [] : ['says too little']),
    ...sentences
      // A list after a colon may be longer.
      .filter((sentence) => sentence.split(':')[0]!.split(/\s+/).length > MAX_WORDS)
      .map((sentence) => `too long: ${sentence}`),
    ...(text.match(/--[a-z]\w*/g) ?? []).map((flag) => `names the flag ${flag}: the library has none`),
  ];
}

describe('the table of settings', () => {
  test('its defaults are the board: 10 hidden units with ReLU, α = 0.1, 500 iterations of the full batch', () => {
    expect(completeSettings({})).toEqual({
      hidden: [10],
      activation: 'relu',
      initialization: 'board',
      inputDropout: 0,
      dropout: 0,
      variants: 0,
      shift: 0,
      rotate: 0,
      scale: 0,
      shear: 0,
      elastic: 0,
      elasticSigma: 4,
      pixels: 'unit',
      alpha: 0.1,
      schedule: 'constant',
      warmup: 0,
      stepEvery: 10,
      stepFactor: 0.1,
      optimizer: 'sgd',
      momentum: 0.9,
      weightDecay: 0,
      clipNorm: 'none',
      labelSmoothing: 0,
      classWeight: 'none',
      weightAveraging: 'none',
      batchSize: 'full',
      iterations: 500,
      minutes: 'none',
      dev: 1000,
      devEvery: 10,
      patience: 'none',
      monitor: 'loss',
      seed: 1,
      engine: 'wasm',
      threads: 'cores',
    });
  });

  test.each(SETTINGS)(
    '$name: its default is in its own range and survives being written and read',
    (setting) => {
      expect(parseSetting(setting, formatSetting(setting, setting.default))).toEqual(setting.default);
    },
  );

  test.each(SETTINGS)('$name: is explained in a plain sentence or two', ({ name }) => {
    expect(problemsOf(explanationOf(name))).toEqual([]);
  });

  test.each(PRESETS)(
    'preset $name: its values are in range, and it is explained in a plain sentence or two',
    (preset) => {
      expect(completeSettings(preset.values)).toMatchObject(preset.values);
      expect(problemsOf(preset.explanation)).toEqual([]);
    },
  );

  test('what is given by itself stands over the preset', () => {
    const { epochs, ...quick } = PRESETS.find(({ name }) => name === 'quick')!.values;
    expect(epochs).toBeGreaterThan(1);
    expect(withPreset('quick', { alpha: 0.01, iterations: 7 })).toEqual({
      ...quick,
      alpha: 0.01,
      iterations: 7,
    });
    expect(withPreset('quick', { seed: 3 })).toEqual({ ...quick, epochs, seed: 3 });
    expect(() => withPreset('quickest', {})).toThrow(
      'preset: expected one of board, quick, small, best, everyday, found "quickest"',
    );
  });

  test('the first preset is the board', () => {
    expect(PRESETS[0]).toMatchObject({ name: 'board', values: {} });
  });
});

describe('a value out of range is one line that names setting, value and range', () => {
  const wrong: [SettingName, string][] = [
    ['alpha', '0'],
    ['alpha', '-0.1'],
    ['alpha', 'NaN'],
    ['alpha', 'Infinity'],
    ['alpha', 'fast'],
    ['alpha', ''],
    ['iterations', '0'],
    ['iterations', '1.5'],
    ['iterations', '1e3'],
    ['hidden', '10,0'],
    ['hidden', '10,'],
    ['hidden', ''],
    ['hidden', '99999999'],
    ['activation', 'ReLU6'],
    ['batchSize', '-1'],
    ['seed', '9007199254740993'],
    ['threads', '1000'],
    ['dropout', '1'],
    ['momentum', '1'],
    ['momentum', '-0.1'],
    ['clipNorm', '0'],
    ['clipNorm', 'no'],
    ['minutes', '0'],
    ['labelSmoothing', '1'],
    ['stepFactor', '1'],
    ['patience', '0'],
    ['activation', 'relu,none'],
    ['optimizer', 'descent'],
    ['classWeight', 'even'],
    ['classWeight', '1,-1'],
    ['classWeight', '0,0'],
    ['classWeight', '1,,1'],
    ['classWeight', '1,1e7'],
    ['classWeight', 'NaN,1'],
  ];
  test.each(wrong)('%s %j', (name, text) => {
    const setting = settingNamed(name);
    const attempt = () => parseSetting(setting, text);
    expect(attempt).toThrow(SettingError);
    expect(attempt).toThrow(`${name}: expected ${rangeOf(setting)}, found ${JSON.stringify(text)}`);
  });

  test('a value that is already a number is checked as well', () => {
    expect(() => completeSettings({ alpha: Number.NaN })).toThrow(SettingError);
    expect(() => completeSettings({ hidden: [1.5] })).toThrow(SettingError);
  });
});

test('layers are read with spaces, and none is a list of no layers', () => {
  expect(parseSetting(settingNamed('rotate'), '-0')).toBe(0);
  expect(parseSetting(settingNamed('classWeight'), '1,-0')).toEqual([1, 0]);
  expect(completeSettings({ rotate: -0 }).rotate).toBe(0);
  expect(parseSetting(settingNamed('hidden'), '128, 64')).toEqual([128, 64]);
  expect(parseSetting(settingNamed('hidden'), 'none')).toEqual([]);
});

test('class weights are a word, or numbers separated by commas', () => {
  const classWeight = settingNamed('classWeight');
  expect(parseSetting(classWeight, '1, 2.5,0')).toEqual([1, 2.5, 0]);
  expect(formatSetting(classWeight, [1, 2.5, 0])).toBe('1,2.5,0');
  expect(parseSetting(classWeight, 'balanced')).toBe('balanced');
  expect(completeSettings({ classWeight: [1, 50] }).classWeight).toEqual([1, 50]);
});

test('a run in mini-batches counts epochs unless it says iterations', () => {
  expect(completeSettings({ batchSize: 128 })).toMatchObject({ batchSize: 128, epochs: 10 });
  expect(completeSettings({ batchSize: 128 }).iterations).toBeUndefined();
  expect(completeSettings({ batchSize: 128, iterations: 7 })).toMatchObject({ iterations: 7 });
  expect(completeSettings({ batchSize: 128, iterations: 7 }).epochs).toBeUndefined();
});

test.each([
  [{ momentum: 0.5 }, 'momentum 0.5: needs optimizer momentum or nesterov, not sgd'],
  [{ optimizer: 'adam', momentum: 0.8 }, 'momentum 0.8: needs optimizer momentum or nesterov, not adam'],
  [{ stepFactor: 0.5 }, 'stepFactor 0.5: needs schedule step, not constant'],
  [{ elasticSigma: 3 }, 'elasticSigma 3: needs elastic'],
  [
    { optimizer: 'lbfgs', batchSize: 128 },
    'batchSize 128: needs another optimizer than lbfgs, which uses all examples at once',
  ],
  [{ optimizer: 'lbfgs', alpha: 1 }, 'alpha 1: needs another optimizer than lbfgs'],
  [{ optimizer: 'lbfgs', rotate: 5 }, 'rotate 5: needs another optimizer than lbfgs'],
  [{ monitor: 'accuracy' }, 'monitor accuracy: needs patience'],
  [{ patience: 3, dev: 0 }, 'patience 3: needs dev examples: dev greater than 0'],
  [{ dropout: 0.5, hidden: [] }, 'dropout 0.5: needs a hidden layer: hidden'],
  [
    { schedule: 'cosine', minutes: 1 },
    'schedule cosine: needs a length besides minutes: epochs or iterations',
  ],
  [
    { weightAveraging: 2, minutes: 1 },
    'weightAveraging 2: needs a length besides minutes: epochs or iterations',
  ],
  [
    { hidden: [20, 10, 5], activation: ['relu', 'tanh'] },
    'activation: expected one activation, or one for each of the 3 hidden layers, found "relu,tanh"',
  ],
] as [Partial<Settings>, string][])('%j exclude each other, in one line', (given, message) => {
  expect(errorOf(() => completeSettings(given)).message).toBe(message);
});

test('with minutes alone, a run goes on until they are over', () => {
  expect(completeSettings({ minutes: 2 }).iterations).toBe(1e9);
  expect(completeSettings({ minutes: 2, batchSize: 32 })).toMatchObject({ iterations: 1e9 });
  expect(completeSettings({ minutes: 2, epochs: 3 })).toMatchObject({ epochs: 3, minutes: 2 });
});

test('several activations are read, one for each layer', () => {
  const activation = settingNamed('activation');
  expect(parseSetting(activation, 'relu, tanh')).toEqual(['relu', 'tanh']);
  expect(formatSetting(activation, ['relu', 'tanh'])).toBe('relu,tanh');
});

test('iterations and epochs exclude each other', () => {
  expect(() => completeSettings({ iterations: 5, epochs: 2 })).toThrow(
    'epochs 2: excludes iterations 5. Pass only one of them',
  );
});

test('the learning rate has two aliases, which do not contradict it', () => {
  expect(completeSettings({ learningRate: 0.3 }).alpha).toBe(0.3);
  expect(completeSettings({ lr: 0.3, alpha: 0.3 }).alpha).toBe(0.3);
  expect(errorOf(() => completeSettings({ lr: 0.2, alpha: 0.3 })).message).toBe(
    'lr 0.2: excludes alpha 0.3, which means the same. Pass only one of them',
  );
});

describe('an error knows its setting', () => {
  const flag = (name: string) => `--${name}`;

  test('and is written with the names that its reader knows', () => {
    const error = errorOf(() => completeSettings({ momentum: 0.5 }));
    expect(error).toMatchObject({ setting: 'momentum', value: '0.5', verb: 'needs' });
    expect(error.expected).toContainEqual({ setting: 'optimizer' });
    expect(renderSettingError(error, flag)).toBe(
      '--momentum 0.5: needs --optimizer momentum or nesterov, not sgd',
    );
    expect(renderSettingProblem(error, (name) => name.toUpperCase())).toBe(
      'needs OPTIMIZER momentum or nesterov, not sgd',
    );
  });

  test.each([
    ['alpha', '0,5', '--alpha 0,5: expected a number. Use a point: 0.5'],
    ['rotate', '-1,25', '--rotate -1,25: expected a number. Use a point: -1.25'],
    ['epochs', '1,5', '--epochs: expected an integer from 1 to 1,000,000, found "1,5"'],
  ] as const)('a decimal comma has its own advice: %s %s', (name, text, message) => {
    const error = errorOf(() => parseSetting(settingNamed(name), text));
    expect(renderSettingError(error, flag)).toBe(message);
  });
});

function errorOf(work: () => unknown): SettingError {
  try {
    work();
  } catch (error) {
    if (error instanceof SettingError) return error;
    throw error;
  }
  throw new Error('expected an error');
}
