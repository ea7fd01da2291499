import { type Network, parameterCount } from '../maths/network.js';
import { isElementwise, OPTIMIZERS, type OptimizerName } from '../maths/optimizers.js';
import type { GivenSettings } from '../settings/complete.js';

/**
 * Settings that `fit` takes where none are given. The defaults of the table are those of the board:
 * plain gradient descent on all examples at once, which is slow. These suit most small data.
 */
const FIT_DEFAULTS = {
  hidden: [32],
  initialization: 'he',
  optimizer: 'adam',
  epochs: 50,
} as const;

/** Small batches make enough updates of few examples; large ones use the machine well. */
const SMALL_BATCH = 16;
const LARGE_BATCH = 128;
const MANY_EXAMPLES = 2000;

/**
 * Multiplications of a forward pass below which a batch is done sooner on the caller's own thread
 * than workers can be told of it. The result has the same bits.
 */
const SMALL_WORK = 500_000;

/** The learning rate of optimizers for which the table's default is far too large. */
const RATES: Readonly<Partial<Record<OptimizerName, number>>> = {
  rmsprop: 0.005,
  adam: 0.005,
  adamw: 0.005,
  lion: 0.001,
};

/** @param examples how many there are to train on */
export function withFitDefaults(given: GivenSettings, examples: number): GivenSettings {
  const optimizer = given.optimizer ?? FIT_DEFAULTS.optimizer;
  const hasRate = given.alpha !== undefined || given.learningRate !== undefined || given.lr !== undefined;
  const hasLength =
    given.iterations !== undefined || given.epochs !== undefined || given.minutes !== undefined;
  const takesBatches = Object.hasOwn(OPTIMIZERS, optimizer) && isElementwise(optimizer);
  const { epochs, ...others } = FIT_DEFAULTS;
  const batchSize = examples < MANY_EXAMPLES ? SMALL_BATCH : LARGE_BATCH;
  return {
    ...others,
    ...(!hasRate && RATES[optimizer] !== undefined && { alpha: RATES[optimizer] }),
    ...(takesBatches && { batchSize: Math.min(batchSize, examples) }),
    ...(!hasLength && { epochs }),
    ...given,
  };
}

/** Fewer threads for work that is small, unless a number was given. */
export function withThreadsFor(
  settings: GivenSettings,
  { batchSize, network }: { readonly batchSize: number; readonly network: Network },
): Pick<GivenSettings, 'threads'> {
  if (settings.threads !== undefined) return { threads: settings.threads };
  return batchSize * parameterCount(network) < SMALL_WORK ? { threads: 0 } : {};
}
