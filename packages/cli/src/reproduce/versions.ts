import { type Dataset, evaluate, type Measure, type Network, PIXEL_SCALE } from '@longhand/core';
import { percent } from '../terminal/figures.js';
import { measureOf } from '../training/outcome.js';
import { deadUnits } from './dead-units.js';
import { type Experiment, gradientDescent } from './gradient-descent.js';
import { sumOverEverything } from './mistake.js';
import { runNaiveGradientDescent } from './naive-gradient-descent.js';

/** What one version of the network came to. */
export interface Outcome {
  readonly name: string;
  /** One sentence: what the mistake does, and why. */
  readonly why: string;
  readonly updates: number;
  readonly seconds: number;
  readonly train: Measure;
  readonly test: Measure;
  /** Training accuracy of each iteration before its update, and after the last. */
  readonly accuracies: readonly number[];
}

export interface Version {
  readonly name: string;
  readonly run: (experiment: Experiment) => Promise<Outcome>;
}

/** Ours, and the notebook's mistakes, each by itself and all together. */
export const VERSIONS: readonly Version[] = [
  version('ours', { pixelScale: PIXEL_SCALE }, () => "The board's equations as they stand."),
  naiveVersion(
    'the notebook: all mistakes at once',
    (after) =>
      `Pixels up to 255 make weighted sums of hundreds; softmax without subtracting the maximum takes exp of them, which is infinite from 710 on, and ∞ ÷ ∞ is not a number: after ${after} every parameter behind it is NaN, and every digit is read as 0.`,
    sumOverEverything,
  ),
  version('pixels not divided by 255', { pixelScale: 1 }, ({ train }, trained, { training }) => {
    const units = trained.layers[0]!.W.rows;
    const dead = deadUnits(trained, training, 1);
    const rest = dead === units ? 'the output biases alone' : 'the rest';
    return `With the maximum subtracted nothing overflows, but inputs 255 times too large make the steps of W¹ 255 times too large as well: ${dead} of ${units} hidden units end where ReLU is flat for every digit, where no gradient reaches them, and ${percent(train.accuracy, 1)} is what ${rest} can do.`;
  }),
  naiveVersion(
    'softmax without its maximum, too',
    (after) =>
      `db is right here and the pixels are the same as in the row above; that exp overflows is all that is added, and after ${after} it is over. Divided by 255, at the board's α, the sums stay far below 710 and the mistake costs nothing: it waits.`,
  ),
  version(
    'db summed over everything',
    { pixelScale: PIXEL_SCALE, mistake: sumOverEverything },
    (_, trained, { network }) =>
      `Each column of A² − Y sums to 0, so db² is 0 and the output bias never learns (${describeBias(network, trained)}), while all hidden units share one db¹; the weights can make up for it, but it is not the gradient.`,
  ),
];

/** One with the naive softmax, which pixels that are not divided bring to its end. */
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
          : 'With this seed no weighted sum reached 710, where exp becomes infinite: luck, not safety.',
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

/** What a network of NaN answers: the largest of ten NaNs is, for NumPy's argmax, the first. */
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
    ? 'it is to the last bit what it began as'
    : `it moved by ${moved.toExponential(0)}, by what rounding leaves of 0`;
}
