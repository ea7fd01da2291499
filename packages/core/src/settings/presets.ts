import { SettingError } from '../errors.js';
import type { Settings } from './setting.js';

/** A named set of settings. */
export interface Preset {
  /** The name of the preset. */
  readonly name: string;
  /** One sentence for a person. */
  readonly explanation: string;
  /** The values that differ from the defaults. */
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
  {
    name: 'everyday',
    explanation:
      'For photographs and other people’s handwriting: hidden layers of 800 and 400 units, trained on variants of the digits, too, such as a 1 with a flag, in about eight minutes.',
    values: {
      ...{ hidden: [800, 400], activation: 'gelu', initialization: 'he', dropout: 0.2, variants: 0.8 },
      ...{ shift: 1.5, rotate: 12, scale: 0.13, shear: 0.15, elastic: 1.2 },
      ...{
        alpha: 0.0015,
        schedule: 'cosine',
        optimizer: 'adamw',
        weightDecay: 0.02,
        batchSize: 256,
        epochs: 60,
      },
    },
  },
];

/**
 * The preset's values, overridden by `given`. If `given` says iterations or epochs, the preset's
 * own length does not count.
 *
 * @throws SettingError for an unknown name; it lists the presets
 */
export function withPreset(name: string, given: Partial<Settings>): Partial<Settings> {
  const preset = PRESETS.find((row) => row.name === name);
  if (!preset) {
    const names = PRESETS.map((row) => row.name).join(', ');
    throw new SettingError({ setting: 'preset', value: name, expected: [`one of ${names}`] });
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
