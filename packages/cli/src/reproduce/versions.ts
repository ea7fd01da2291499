import { type Dataset, evaluate, type Measure, type Network } from '@longhand/core';
import { PIXEL_SCALE } from '@longhand/core/data';
import { percent } from '@longhand/core/text';
import { measureOf } from '@longhand/core/training';
import { deadUnits } from './dead-units.js';
import { type Experiment, gradientDescent } from './gradient-descent.js';
import { sumOverEverything } from './mistake.js';
import { runNaiveGradientDescent } from './naive-gradient-descent.js';

/** The result of one version of the training. */
export interface Outcome {
  readonly name: string;
  /** What the mistake does, and why. */
  readonly why: string;
  readonly updates: number;
  readonly seconds: number;
  readonly train: Measure;
  readonly test: Measure;
  /** Training accuracy before each update, and after the last. */
  readonly accuracies: readonly number[];
}

export interface Version {
  readonly name: string;
  readonly run: (experiment: Experiment) => Promise<Outcome>;
}

/** The correct version first, then the notebook's mistakes, separately and together. */
export const VERSIONS: readonly Version[] = [
  version('correct', { pixelScale: PIXEL_SCALE }, () => "The board's equations, without a mistake."),
  naiveVersion(
    'the notebook: all mistakes at once',
    (after) =>
      `Pixels of up to 255 give weighted sums of several hundred. The softmax takes exp of them without subtracting the maximum; from 710 on, exp is infinite, and ∞ ÷ ∞ is not a number (NaN). After ${after} the parameters are NaN, and every digit is read as 0.`,
    sumOverEverything,
  ),
  version('pixels not divided by 255', { pixelScale: 1 }, ({ train }, trained, { training }) => {
    const units = trained.layers[0]!.W.rows;
    const dead = deadUnits(trained, training, 1);
    const rest = dead === units ? 'Only the output biases learn: they' : 'The other units';
    return `Here softmax subtracts the maximum, so nothing overflows. But inputs that are 255 times too large make the steps of W¹ 255 times too large. ${dead} of ${units} hidden units end up dead: ReLU is 0 for every digit, and no gradient reaches them. ${rest} reach ${percent(train.accuracy, 1)}.`;
  }),
  naiveVersion(
    'and softmax without its maximum',
    (after) =>
      `As in the row above, and exp overflows (db is correct here): after ${after} the parameters are NaN. With pixels divided by 255 and the board's α, the sums stay far below 710, and this mistake goes unnoticed.`,
  ),
  version(
    'db summed over everything',
    { pixelScale: PIXEL_SCALE, mistake: sumOverEverything },
    (_, trained, { network }) =>
      `Each column of A² − Y sums to 0, so db² is 0 and the output bias never learns (${describeBias(network, trained)}). All hidden units share one db¹. The weights can compensate, but this is not the gradient.`,
  ),
];

/** A version with the naive softmax. Pixels that are not divided by 255 make it overflow. */
function naiveVersion(
  name: string,
  why: (after: string) => string,
  mistake?: Parameters<typeof runNaiveGradientDescent>[1],
): Version {
  return {
    name,
    run: async (experiment) => {
      const started = performance.now();
      const { network, updates, diverged } = await runNaiveGradientDescent(experiment, mistake);
      const seconds = (performance.now() - started) / 1000;
      const measure = diverged
        ? measureOfNaN
        : (dataset: Dataset) => measureOf(evaluate(network, dataset, { pixelScale: 1 }));
      return {
        name,
        why: diverged
          ? why(updates === 1 ? 'one update' : `${updates} updates`)
          : 'With this seed no weighted sum reached 710, where exp becomes infinite. That is luck.',
        updates,
        seconds,
        train: measure(experiment.training),
        test: measure(experiment.test),
        accuracies: [],
      };
    },
  };
}

function version(
  name: string,
  how: Parameters<typeof gradientDescent>[1],
  why: (outcome: Pick<Outcome, 'train' | 'test'>, trained: Network, experiment: Experiment) => string,
): Version {
  return {
    name,
    run: async (experiment) => {
      const started = performance.now();
      const { network, updates, results } = await gradientDescent(experiment, how);
      const seconds = (performance.now() - started) / 1000;
      const [train, test] = [experiment.training, experiment.test].map((dataset) =>
        measureOf(evaluate(network, dataset, how)),
      ) as [Measure, Measure];
      const accuracies = results.map(({ correct, examples }) => correct / examples);
      return {
        name,
        why: why({ train, test }, network, experiment),
        updates,
        seconds,
        train,
        test,
        accuracies,
      };
    },
  };
}

/** The accuracy of a network of NaNs: NumPy's argmax of ten NaNs is the first, so it answers 0. */
function measureOfNaN(dataset: Dataset): Measure {
  let correct = 0;
  for (let i = 0; i < dataset.length; i++) if (dataset.label(i) === 0) correct++;
  return { examples: dataset.length, loss: Number.NaN, accuracy: correct / dataset.length };
}

function describeBias(start: Network, trained: Network): string {
  const [before, after] = [start, trained].map(({ layers }) => layers.at(-1)!.b.data) as [
    Float64Array,
    Float64Array,
  ];
  const moved = Math.max(...after.map((value, i) => Math.abs(value - before[i]!)));
  return moved === 0
    ? 'not one bit of it changed'
    : `it changed by ${moved.toExponential(0)}, a rounding error`;
}
