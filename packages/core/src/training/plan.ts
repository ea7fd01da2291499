import { type Augmentation, augmentationFor } from '../data/augmentation/augmentation.js';
import type { Dataset } from '../data/dataset.js';
import { PIXEL_SCALE } from '../data/pixel-scale.js';
import { SettingError } from '../errors.js';
import type { Settings } from '../settings/setting.js';
import { settingNamed } from '../settings/table.js';
import { checkClassWeight } from './class-weights.js';

/** The settings of a run, worked out for its number of examples: what they count in epochs is here in updates. */
export interface Plan extends Omit<Settings, 'batchSize' | 'iterations'> {
  readonly batchSize: number;
  readonly batchesPerEpoch: number;
  readonly iterations: number;
  readonly pixelScale: number;
  readonly augmentation: Augmentation | undefined;
  /** The training examples with their variants. */
  readonly examples: number;
  /** The update from which the mean of the parameters is kept; infinite for never. */
  readonly averageFrom: number;
  /** The time limit, in ms. */
  readonly milliseconds: number;
}

/**
 * @param settings complete, except that `devEvery` may be left to the rule of `evaluationInterval`
 * @throws SettingError for settings that do not fit the examples
 */
export function planRun(
  { devEvery, ...settings }: Omit<Settings, 'devEvery'> & { readonly devEvery?: number | undefined },
  training: Dataset,
): Plan {
  checkClassWeight(training, settings.classWeight);
  const examples = training.length + variantsOf(settings, training);
  const batchSize = settings.batchSize === 'full' ? examples : settings.batchSize;
  if (batchSize > examples) {
    const expected = [`at most the number of training examples, ${examples}`];
    throw new SettingError({ setting: 'batchSize', value: batchSize, expected });
  }
  const batchesPerEpoch = Math.ceil(examples / batchSize);
  const iterations = settings.iterations ?? settings.epochs! * batchesPerEpoch;
  const { weightAveraging, minutes } = settings;
  return {
    ...settings,
    ...{ examples, batchSize, batchesPerEpoch, iterations },
    augmentation: augmentationFor(settings, training),
    pixelScale: pixelScaleOf(settings),
    devEvery: devEvery ?? evaluationInterval(batchesPerEpoch),
    warmup: settings.warmup * batchesPerEpoch,
    stepEvery: settings.stepEvery * batchesPerEpoch,
    averageFrom:
      weightAveraging === 'none'
        ? Number.POSITIVE_INFINITY
        : Math.max(0, iterations - Math.round(weightAveraging * batchesPerEpoch)),
    milliseconds: minutes === 'none' ? Number.POSITIVE_INFINITY : minutes * 60_000,
  };
}

/**
 * How many variants of the examples there are.
 *
 * @throws SettingError when the examples are not pictures in MNIST's frame
 */
function variantsOf({ variants }: Pick<Settings, 'variants'>, { width, height, length }: Dataset): number {
  if (variants > 0 && (width !== 28 || height !== 28)) {
    const expected = [`pictures of 28 × 28, not ${width} × ${height}`];
    throw new SettingError({ setting: 'variants', value: variants, verb: 'needs', expected });
  }
  return Math.round(variants * length);
}

const EVALUATIONS_PER_EPOCH = 10;

/**
 * How many iterations lie between two evaluations on dev, unless the settings say it: 10 with full
 * batches. A mini-batch takes a fraction of the time of an evaluation, so there the measure is the
 * epoch: ten evaluations each.
 */
function evaluationInterval(batchesPerEpoch: number): number {
  if (batchesPerEpoch === 1) return settingNamed('devEvery').default as number;
  return Math.max(1, Math.round(batchesPerEpoch / EVALUATIONS_PER_EPOCH));
}

/** What each pixel's byte is multiplied by before it enters the network. */
export function pixelScaleOf({ pixels }: Pick<Settings, 'pixels'>): number {
  return pixels === 'raw' ? 1 : PIXEL_SCALE;
}
