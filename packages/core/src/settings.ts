import { SettingError } from './errors.js';
import { ACTIVATION_NAMES, type ActivationName } from './maths/activation.js';
import type { InitializationName } from './maths/network.js';
import {
  isElementwise,
  OPTIMIZER_NAMES,
  OPTIMIZERS,
  type OptimizerName,
  optimizersUsing,
} from './maths/optimizers.js';
import type { ScheduleName } from './maths/schedule.js';

/** Optimizers whose weight decay does not go through the gradient. */
const DECOUPLED = OPTIMIZER_NAMES.filter((name) => {
  const row = OPTIMIZERS[name];
  return row.kind === 'elementwise' && row.weightDecay === 'decoupled';
});

/** The settings of a run. Of `iterations` and `epochs` exactly one counts. */
export interface Settings {
  hidden: readonly number[];
  activation: ActivationName | readonly ActivationName[];
  initialization: InitializationName;
  inputDropout: number;
  dropout: number;
  shift: number;
  rotate: number;
  scale: number;
  shear: number;
  elastic: number;
  elasticSigma: number;
  pixels: 'unit' | 'raw';
  alpha: number;
  schedule: ScheduleName;
  warmup: number;
  stepEvery: number;
  stepFactor: number;
  optimizer: OptimizerName;
  momentum: number;
  weightDecay: number;
  clipNorm: number | 'none';
  labelSmoothing: number;
  weightAveraging: number | 'none';
  batchSize: number | 'full';
  iterations?: number;
  epochs?: number;
  minutes: number | 'none';
  dev: number;
  devEvery: number;
  patience: number | 'none';
  monitor: 'loss' | 'accuracy';
  seed: number;
  engine: 'wasm' | 'maths';
  threads: number | 'cores';
}

export type SettingName = keyof Settings;
export type SettingValue = number | string | readonly number[] | readonly string[];

/** What values a setting takes. */
export type SettingKind =
  /** `word` is accepted in place of a number. */
  | { readonly type: 'integer'; readonly min: number; readonly max: number; readonly word?: string }
  /** Greater than `above` or from `min`, at most `max` or less than `below`. `word` is accepted in place of a number. */
  | {
      readonly type: 'number';
      readonly above?: number;
      readonly min?: number;
      readonly max?: number;
      readonly below?: number;
      readonly word?: string;
    }
  /** `many` takes several, separated by commas, too. */
  | {
      readonly type: 'choice';
      readonly choices: readonly string[];
      readonly many?: true;
      /** Words that old files have, with those of today. */
      readonly formerly?: Readonly<Record<string, string>>;
    }
  /** Positive integers, separated by commas, or the word for an empty list. */
  | { readonly type: 'sizes'; readonly max: number; readonly word: string };

/** One row of the table of settings. */
export interface Setting {
  readonly name: SettingName;
  /** Other names with the same meaning, accepted wherever its own name is. */
  readonly aliases?: readonly string[];
  /** Names that it had before. Files and shared links that use them are still read. */
  readonly formerly?: readonly string[];
  /** What other libraries call it: for "did you mean". */
  readonly elsewhere?: readonly string[];
  /** The board's symbol, where it has one. */
  readonly symbol?: string;
  readonly kind: SettingKind;
  readonly default: SettingValue;
  /** One sentence for a person. */
  readonly explanation: string;
}

/**
 * The one table of settings. The command's flags and help, the page's controls and share links, the checks with
 * their messages, and the record in a model file all come from it. Its defaults are the board's.
 */
export const SETTINGS: readonly Setting[] = [
  {
    name: 'hidden',
    elsewhere: ['layers', 'hiddenLayers', 'hiddenLayerSizes', 'units'],
    kind: { type: 'sizes', max: 16384, word: 'none' },
    default: [10],
    explanation:
      'The number of units in each hidden layer, such as 128,64. With none, the pixels connect directly to the outputs.',
  },
  {
    name: 'activation',
    elsewhere: ['nonlinearity', 'act'],
    symbol: 'g',
    kind: { type: 'choice', choices: ACTIVATION_NAMES, many: true },
    default: 'relu',
    explanation:
      'The non-linearity of the hidden units, or one for each hidden layer. Without one, several layers are no more than a single layer.',
  },
  {
    name: 'initialization',
    formerly: ['initialisation'],
    elsewhere: ['init', 'start', 'kernelInitializer'],
    kind: { type: 'choice', choices: ['board', 'he', 'glorot'] },
    default: 'board',
    explanation:
      'How the weights are initialized: uniform in [−0.5, 0.5) as on the board; He, with variance 2/inputs, which suits ReLU and deeper networks; or Glorot, with variance 2/(inputs + outputs).',
  },
  {
    name: 'inputDropout',
    elsewhere: ['pixelDropout'],
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
    elsewhere: ['translate'],
    kind: { type: 'number', min: 0, max: 100 },
    default: 0,
    explanation: 'Move each training picture by up to this many pixels, differently each time.',
  },
  {
    name: 'rotate',
    elsewhere: ['rotation', 'degrees'],
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
    elsewhere: ['sigma'],
    symbol: 'σ',
    kind: { type: 'number', min: 1, max: 8 },
    default: 4,
    explanation:
      'How smooth the elastic distortion is: the standard deviation, in pixels, of the Gaussian that smooths it.',
  },
  {
    name: 'pixels',
    elsewhere: ['normalize'],
    kind: { type: 'choice', choices: ['unit', 'raw'] },
    default: 'unit',
    explanation:
      'How pixels enter the network: divided by 255 (unit), or as bytes from 0 to 255 (raw), which makes the steps far too large.',
  },
  {
    name: 'alpha',
    aliases: ['learningRate', 'lr'],
    elsewhere: ['eta', 'learningRateInit'],
    symbol: 'α',
    kind: { type: 'number', above: 0, max: 1e6 },
    default: 0.1,
    explanation: 'The learning rate: how large a step each update takes against the gradient.',
  },
  {
    name: 'schedule',
    elsewhere: ['scheduler', 'lrScheduler'],
    kind: { type: 'choice', choices: ['constant', 'step', 'cosine', 'one-cycle'] },
    default: 'constant',
    explanation:
      'How the learning rate changes during training: not at all, in steps, down to 0 along half a cosine, or first up and then down (one cycle).',
  },
  {
    name: 'warmup',
    elsewhere: ['warmupEpochs'],
    kind: { type: 'number', min: 0, max: 1e6 },
    default: 0,
    explanation:
      'Epochs at the start in which the learning rate grows from 0 in a straight line, before the schedule begins.',
  },
  {
    name: 'stepEvery',
    elsewhere: ['stepSize'],
    kind: { type: 'number', above: 0, max: 1e6 },
    default: 10,
    explanation: 'With the schedule step: the number of epochs between two changes of the learning rate.',
  },
  {
    name: 'stepFactor',
    elsewhere: ['gamma'],
    kind: { type: 'number', above: 0, below: 1 },
    default: 0.1,
    explanation: 'With the schedule step: the factor by which the learning rate is multiplied each time.',
  },
  {
    name: 'optimizer',
    elsewhere: ['optimiser', 'solver'],
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
    elsewhere: ['wd', 'l2'],
    symbol: 'λ',
    kind: { type: 'number', min: 0, max: 1 },
    default: 0,
    explanation: `Weight decay: pulls every weight towards 0, as a part of the gradient (L2) or, with ${DECOUPLED.join(' and ')}, separately.`,
  },
  {
    name: 'clipNorm',
    formerly: ['clip'],
    elsewhere: ['maxNorm', 'maxGradNorm', 'gradientClipping'],
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
    name: 'weightAveraging',
    formerly: ['average'],
    elsewhere: ['swa', 'ema'],
    kind: { type: 'number', above: 0, max: 1e6, word: 'none' },
    default: 'none',
    explanation:
      'The number of epochs at the end over which the parameters are averaged. The average is what is tested and saved.',
  },
  {
    name: 'batchSize',
    formerly: ['batch'],
    elsewhere: ['miniBatch', 'miniBatchSize'],
    kind: { type: 'integer', min: 1, max: 1e9, word: 'full' },
    default: 'full',
    explanation:
      'The number of examples in each update: all of them (full), or a mini-batch, shuffled again in every epoch.',
  },
  {
    name: 'iterations',
    elsewhere: ['steps', 'maxIter', 'maxSteps'],
    kind: { type: 'integer', min: 1, max: 1e9 },
    default: 500,
    explanation: 'How many times the parameters are updated.',
  },
  {
    name: 'epochs',
    elsewhere: ['maxEpochs', 'numEpochs'],
    kind: { type: 'integer', min: 1, max: 1e6 },
    default: 10,
    explanation: 'How many times training goes through all examples, instead of a number of iterations.',
  },
  {
    name: 'minutes',
    elsewhere: ['timeLimit', 'maxTime'],
    kind: { type: 'number', above: 0, max: 1e5, word: 'none' },
    default: 'none',
    explanation:
      'Stop after this many minutes. How far training gets then depends on how fast the machine is.',
  },
  {
    name: 'dev',
    elsewhere: ['validation', 'validationSplit', 'val'],
    kind: { type: 'integer', min: 0, max: 1e9 },
    default: 1000,
    explanation:
      'How many training examples are held out (dev). The network does not learn from them; they show how well it does on new examples.',
  },
  {
    name: 'devEvery',
    elsewhere: ['evalEvery', 'validationFrequency'],
    kind: { type: 'integer', min: 1, max: 1e9 },
    default: 10,
    explanation:
      'How many iterations there are between two evaluations on dev. With mini-batches, the default is ten evaluations an epoch.',
  },
  {
    name: 'patience',
    elsewhere: ['earlyStopping', 'nIterNoChange'],
    kind: { type: 'integer', min: 1, max: 1e9, word: 'none' },
    default: 'none',
    explanation:
      'Stop after this many evaluations on dev without improvement, and return the best parameters.',
  },
  {
    name: 'monitor',
    formerly: ['watch'],
    elsewhere: ['metric'],
    kind: { type: 'choice', choices: ['loss', 'accuracy'] },
    default: 'loss',
    explanation: 'With patience: which value on dev must improve.',
  },
  {
    name: 'seed',
    elsewhere: ['randomState', 'randomSeed'],
    kind: { type: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER },
    default: 1,
    explanation:
      'The seed of all random numbers. The same seed gives the same run, to the last bit, on every machine.',
  },
  {
    name: 'engine',
    elsewhere: ['backend'],
    kind: { type: 'choice', choices: ['wasm', 'maths'] },
    default: 'wasm',
    explanation:
      'What computes: the fast engine in 32-bit floats (wasm), or the plain maths in 64 bits (maths), hundreds of times slower.',
  },
  {
    name: 'threads',
    elsewhere: ['workers', 'jobs', 'nJobs', 'cores'],
    kind: { type: 'integer', min: 0, max: 64, word: 'cores' },
    default: 'cores',
    explanation: 'How many threads share the work. The result has the same bits with any number of threads.',
  },
];

/** A row of values in the table of settings, by a name. */
export interface Preset {
  readonly name: string;
  /** One sentence for a person. */
  readonly explanation: string;
  /** What differs from the defaults. */
  readonly values: Partial<Settings>;
}

/** The board's run comes first: it is the defaults. */
export const PRESETS: readonly Preset[] = [
  {
    name: 'board',
    explanation: 'The board’s network: 10 hidden units, 500 steps over all examples at once.',
    values: {},
  },
  {
    name: 'quick',
    explanation:
      'One hidden layer of 128 units, mini-batches, slightly distorted digits: over 98.5% in seconds.',
    values: {
      ...{ hidden: [128], activation: 'gelu', initialization: 'he', elastic: 0.7 },
      ...{ alpha: 0.15, schedule: 'cosine', optimizer: 'nesterov', batchSize: 128, epochs: 15 },
    },
  },
  {
    name: 'small',
    explanation:
      'One hidden layer of 800 units, and every digit distorted differently each time: over 99.2% in minutes.',
    values: {
      ...{ hidden: [800], activation: 'gelu', initialization: 'he' },
      ...{ shift: 1, rotate: 10, scale: 0.1, shear: 0.1, elastic: 1 },
      ...{ alpha: 0.1, schedule: 'cosine', optimizer: 'nesterov', batchSize: 128, epochs: 80 },
    },
  },
  {
    name: 'best',
    explanation:
      'Hidden layers of 1024 and 512 units with dropout, and every digit distorted differently each time: the highest accuracy found, in a quarter of an hour.',
    values: {
      ...{ hidden: [1024, 512], activation: 'gelu', initialization: 'he', dropout: 0.2 },
      ...{ shift: 1.5, rotate: 12, scale: 0.13, shear: 0.13, elastic: 1.2 },
      ...{
        alpha: 0.0015,
        schedule: 'cosine',
        optimizer: 'adamw',
        weightDecay: 0.02,
        batchSize: 256,
        epochs: 150,
      },
    },
  },
];

/**
 * The preset's values and, over them, what was given by itself: iterations put its epochs aside, and the other way round.
 *
 * @throws SettingError for an unknown name, with those there are
 */
export function withPreset(name: string, given: Partial<Settings>): Partial<Settings> {
  const preset = PRESETS.find((row) => row.name === name);
  if (!preset) {
    const names = PRESETS.map((row) => row.name).join(', ');
    throw new SettingError(`--preset: expected one of ${names}, found ${JSON.stringify(name)}`);
  }
  const { iterations, epochs, ...values } = preset.values;
  const length = given.iterations ?? given.epochs;
  return {
    ...values,
    ...(length === undefined && iterations !== undefined && { iterations }),
    ...(length === undefined && epochs !== undefined && { epochs }),
    ...given,
  };
}

/** Epochs of a run in mini-batches that says neither iterations nor epochs. */
const DEFAULT_EPOCHS = settingNamed('epochs').default as number;
const MOST_ITERATIONS = 1e9;
const DEFAULT_ITERATIONS = settingNamed('iterations').default as number;

/** The row of the table. */
export function settingNamed(name: SettingName): Setting {
  return SETTINGS.find((setting) => setting.name === name)!;
}

/** The flag of a setting: `devEvery` → `--dev-every`. */
export function flagOf({ name }: Pick<Setting, 'name'>): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** What is accepted, in words: `an integer from 1 to 1,000,000`. */
export function rangeOf({ kind }: Pick<Setting, 'kind'>): string {
  const number = (value: number) => value.toLocaleString('en-US');
  switch (kind.type) {
    case 'integer':
      return `${kind.word ? `${kind.word} or ` : ''}an integer from ${number(kind.min)} to ${number(kind.max)}`;
    case 'number': {
      const word = kind.word ? `${kind.word} or ` : '';
      const least =
        kind.above === undefined ? `from ${number(kind.min!)}` : `greater than ${number(kind.above)}`;
      const most =
        kind.below === undefined ? `at most ${number(kind.max!)}` : `less than ${number(kind.below)}`;
      return `${word}a number ${least}, ${most}`;
    }
    case 'choice':
      return `${kind.many ? 'one or more' : 'one'} of ${kind.choices.join(', ')}`;
    case 'sizes':
      return `integers from 1 to ${number(kind.max)} separated by commas, or ${kind.word}`;
  }
}

/**
 * A setting's value from text, as a person types it.
 *
 * @throws SettingError naming the flag, the text and the range
 */
export function parseSetting(setting: Setting, text: string): SettingValue {
  return checkSetting(setting, readValue(setting.kind, text.trim()), text);
}

/** A setting's value as text that `parseSetting` reads back. */
export function formatSetting({ kind }: Pick<Setting, 'kind'>, value: SettingValue): string {
  if (kind.type === 'sizes') return (value as readonly number[]).join(',') || kind.word;
  return Array.isArray(value) ? value.join(',') : String(value);
}

/**
 * The value, if it is in the setting's range.
 *
 * @throws SettingError naming the flag, the value and the range
 */
export function checkSetting(setting: Setting, value: unknown, shown: unknown = value): SettingValue {
  if (!isInRange(setting.kind, value)) {
    throw new SettingError(
      `${flagOf(setting)}: expected ${rangeOf(setting)}, found ${JSON.stringify(shown) ?? shown}`,
    );
  }
  return value;
}

/**
 * Fills what was not given with the table's defaults and checks every value and that none exclude each other.
 *
 * @throws SettingError naming the flag, the value and the range
 */
export function completeSettings(given: Partial<Settings>): Settings {
  const settings: Partial<Record<SettingName, SettingValue>> = {};
  for (const setting of SETTINGS) {
    const value = given[setting.name];
    if (value !== undefined) settings[setting.name] = checkSetting(setting, value);
    else if (setting.name !== 'iterations' && setting.name !== 'epochs')
      settings[setting.name] = setting.default;
  }
  const complete = settings as unknown as Settings;
  if (complete.iterations !== undefined && complete.epochs !== undefined) {
    throw new SettingError(
      `--iterations ${complete.iterations} and --epochs ${complete.epochs} exclude each other: give one of them`,
    );
  }
  checkTogether(complete, given);
  if (complete.iterations === undefined && complete.epochs === undefined) {
    if (complete.minutes !== 'none') complete.iterations = MOST_ITERATIONS;
    else if (complete.batchSize === 'full') complete.iterations = DEFAULT_ITERATIONS;
    else complete.epochs = DEFAULT_EPOCHS;
  }
  return complete;
}

/** A line search must see the same loss for the same parameters, and finds the length of a step itself. */
const NOT_WITH_LINE_SEARCH: readonly SettingName[] = [
  ...(['alpha', 'schedule', 'warmup', 'clipNorm', 'weightAveraging', 'dropout', 'inputDropout'] as const),
  ...(['shift', 'rotate', 'scale', 'shear', 'elastic'] as const),
];

/** @throws SettingError for settings that say nothing together, or the opposite of each other */
function checkTogether(settings: Settings, given: Partial<Settings>): void {
  const { optimizer, schedule, hidden, activation, minutes, iterations, epochs } = settings;
  const needs = (name: SettingName, applies: boolean, what: string) => {
    const value = given[name];
    if (applies || value === undefined || value === settingNamed(name).default) return;
    const setting = settingNamed(name);
    throw new SettingError(`${flagOf(setting)} ${formatSetting(setting, value)}: needs ${what}`);
  };
  if (!isElementwise(optimizer) && settings.batchSize !== 'full') {
    throw new SettingError(
      `--batch-size ${settings.batchSize}: needs another --optimizer than ${optimizer}, which takes all examples at once`,
    );
  }
  for (const name of NOT_WITH_LINE_SEARCH)
    needs(name, isElementwise(optimizer), `another --optimizer than ${optimizer}`);
  const { uses } = OPTIMIZERS[optimizer];
  needs(
    'momentum',
    uses.includes('momentum'),
    `--optimizer ${optimizersUsing('momentum')}, not ${optimizer}`,
  );
  needs('elasticSigma', settings.elastic > 0, '--elastic');
  needs('stepEvery', schedule === 'step', `--schedule step, not ${schedule}`);
  needs('stepFactor', schedule === 'step', `--schedule step, not ${schedule}`);
  needs('warmup', epochs === undefined || settings.warmup < epochs, `more --epochs than ${epochs}`);
  needs('monitor', settings.patience !== 'none', '--patience');
  needs('patience', settings.dev > 0, 'dev examples to watch: --dev greater than 0');
  needs('dropout', hidden.length > 0, 'a hidden layer: --hidden');
  const hasLength = iterations !== undefined || epochs !== undefined;
  needs(
    'schedule',
    minutes === 'none' || hasLength || schedule === 'step',
    'a length besides --minutes: --epochs or --iterations',
  );
  needs(
    'weightAveraging',
    minutes === 'none' || hasLength,
    'a length besides --minutes: --epochs or --iterations',
  );
  if (typeof activation !== 'string' && activation.length !== hidden.length) {
    throw new SettingError(
      `--activation ${activation.join(',')}: expected one, or one for each of the ${hidden.length} hidden layers`,
    );
  }
}

function readValue(kind: SettingKind, text: string): unknown {
  switch (kind.type) {
    case 'integer':
      return text === kind.word ? text : /^[0-9]+$/.test(text) ? Number(text) : text;
    case 'number':
      return text === '' || text === kind.word ? text : Number(text);
    case 'choice':
      return kind.many && text.includes(',') ? text.split(',').map((name) => name.trim()) : text;
    case 'sizes':
      return text === kind.word
        ? []
        : text.split(',').map((size) => (/^ *[0-9]+ *$/.test(size) ? Number(size) : size));
  }
}

function isWithin(
  {
    above = Number.NEGATIVE_INFINITY,
    min = Number.NEGATIVE_INFINITY,
    max = Number.POSITIVE_INFINITY,
    below = Number.POSITIVE_INFINITY,
  }: SettingKind & { type: 'number' },
  value: number,
): boolean {
  return value > above && value >= min && value <= max && value < below;
}

function isInRange(kind: SettingKind, value: unknown): value is SettingValue {
  switch (kind.type) {
    case 'integer':
      return (
        (kind.word !== undefined && value === kind.word) ||
        (Number.isSafeInteger(value) && (value as number) >= kind.min && (value as number) <= kind.max)
      );
    case 'number':
      return (
        (kind.word !== undefined && value === kind.word) ||
        (typeof value === 'number' && isWithin(kind, value))
      );
    case 'choice':
      return kind.many && Array.isArray(value)
        ? value.length > 0 && value.every((name) => kind.choices.includes(name))
        : typeof value === 'string' && kind.choices.includes(value);
    case 'sizes':
      return (
        Array.isArray(value) && value.every((size) => Number.isInteger(size) && size >= 1 && size <= kind.max)
      );
  }
}
