import { SettingError } from './errors.js';
import { ACTIVATIONS, type ActivationName } from './maths/activation.js';
import type { InitialisationName } from './maths/network.js';

/** The settings of a run. Of `iterations` and `epochs` exactly one counts. */
export interface Settings {
  hidden: readonly number[];
  activation: ActivationName;
  initialisation: InitialisationName;
  pixels: 'unit' | 'raw';
  alpha: number;
  batch: number | 'full';
  iterations?: number;
  epochs?: number;
  dev: number;
  devEvery: number;
  seed: number;
  engine: 'wasm' | 'maths';
  threads: number | 'cores';
}

export type SettingName = keyof Settings;
export type SettingValue = number | string | readonly number[];

/** What values a setting takes. */
export type SettingKind =
  /** `word` is accepted in place of a number. */
  | { readonly type: 'integer'; readonly min: number; readonly max: number; readonly word?: string }
  /** Greater than `above`, at most `max`. */
  | { readonly type: 'number'; readonly above: number; readonly max: number }
  | { readonly type: 'choice'; readonly choices: readonly string[] }
  /** Positive integers, separated by commas, or the word for an empty list. */
  | { readonly type: 'sizes'; readonly max: number; readonly word: string };

/** One row of the table of settings. */
export interface Setting {
  readonly name: SettingName;
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
    kind: { type: 'sizes', max: 16384, word: 'none' },
    default: [10],
    explanation:
      'Units of each hidden layer, from the input on; none connects the pixels to the answers directly.',
  },
  {
    name: 'activation',
    symbol: 'g',
    kind: { type: 'choice', choices: Object.keys(ACTIVATIONS) },
    default: 'relu',
    explanation: 'What a hidden unit does to its weighted sum; without a bend, layers collapse into one.',
  },
  {
    name: 'initialisation',
    kind: { type: 'choice', choices: ['board', 'he'] },
    default: 'board',
    explanation:
      'How weights begin: uniform in [−0.5, 0.5) as on the board, or with variance 2/n (He), which suits deeper nets.',
  },
  {
    name: 'pixels',
    kind: { type: 'choice', choices: ['unit', 'raw'] },
    default: 'unit',
    explanation:
      'Pixels enter divided by 255 (unit), or as bytes (raw), which makes every step 255 times too large.',
  },
  {
    name: 'alpha',
    symbol: 'α',
    kind: { type: 'number', above: 0, max: 1e6 },
    default: 0.1,
    explanation: 'The learning rate: how far each step goes against the gradient.',
  },
  {
    name: 'batch',
    kind: { type: 'integer', min: 1, max: 1e9, word: 'full' },
    default: 'full',
    explanation: 'Examples per step: all of them (full), or so many at a time, shuffled anew every epoch.',
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
    explanation: 'How many times training goes through all the examples; in place of iterations.',
  },
  {
    name: 'dev',
    kind: { type: 'integer', min: 0, max: 1e9 },
    default: 1000,
    explanation: 'How many training examples are held out to watch, and to choose settings by.',
  },
  {
    name: 'devEvery',
    kind: { type: 'integer', min: 1, max: 1e9 },
    default: 10,
    explanation:
      'How many iterations lie between two looks at the dev examples; an epoch, with mini-batches.',
  },
  {
    name: 'seed',
    kind: { type: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER },
    default: 1,
    explanation:
      'What all randomness grows from: the same seed gives the same run, to the last bit, everywhere.',
  },
  {
    name: 'engine',
    kind: { type: 'choice', choices: ['wasm', 'maths'] },
    default: 'wasm',
    explanation:
      'What computes: the fast engine in 32-bit floats, or the longhand in 64-bit, hundreds of times slower.',
  },
  {
    name: 'threads',
    kind: { type: 'integer', min: 0, max: 64, word: 'cores' },
    default: 'cores',
    explanation: 'How many threads share the work; the result has the same bits with any number of them.',
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
    explanation: 'The board’s network and its 500 steps over all examples at once.',
    values: {},
  },
  {
    name: 'quick',
    explanation: 'A wider layer in small batches: over 98% in seconds.',
    values: { hidden: [128], initialisation: 'he', alpha: 0.3, batch: 32, epochs: 15 },
  },
  {
    name: 'deep',
    explanation: 'Two hidden layers, the second half as wide.',
    values: { hidden: [128, 64], initialisation: 'he', alpha: 0.2, batch: 32, epochs: 10 },
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
    case 'number':
      return `a number greater than ${number(kind.above)}, at most ${number(kind.max)}`;
    case 'choice':
      return `one of ${kind.choices.join(', ')}`;
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
  return String(value);
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
  if (complete.iterations === undefined && complete.epochs === undefined) {
    if (complete.batch === 'full') complete.iterations = DEFAULT_ITERATIONS;
    else complete.epochs = DEFAULT_EPOCHS;
  }
  return complete;
}

function readValue(kind: SettingKind, text: string): unknown {
  switch (kind.type) {
    case 'integer':
      return text === kind.word ? text : /^[0-9]+$/.test(text) ? Number(text) : text;
    case 'number':
      return text === '' ? text : Number(text);
    case 'choice':
      return text;
    case 'sizes':
      return text === kind.word
        ? []
        : text.split(',').map((size) => (/^ *[0-9]+ *$/.test(size) ? Number(size) : size));
  }
}

function isInRange(kind: SettingKind, value: unknown): value is SettingValue {
  switch (kind.type) {
    case 'integer':
      return (
        (kind.word !== undefined && value === kind.word) ||
        (Number.isSafeInteger(value) && (value as number) >= kind.min && (value as number) <= kind.max)
      );
    case 'number':
      return typeof value === 'number' && value > kind.above && value <= kind.max;
    case 'choice':
      return typeof value === 'string' && kind.choices.includes(value);
    case 'sizes':
      return (
        Array.isArray(value) && value.every((size) => Number.isInteger(size) && size >= 1 && size <= kind.max)
      );
  }
}
