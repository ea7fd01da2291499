import type { Matrix, Network } from '@longhand/core';
import { formatNumber } from '@longhand/core/explain';
import { matrix } from '@longhand/core/maths';
import { answersTo, type ExperimentSettings, type Point } from '../../computations/experiment.js';
import type { Findings } from '../../computations/experiment-findings.js';
import { lossText } from '../../number-text.js';
import { count, percent } from '../../text.js';
import type { Both, Outcome, Standing } from '../../workers/experiment-messages.js';

/** All that is known about a run that has ended. */
export interface Ended {
  readonly settings: ExperimentSettings;
  readonly outcome: Outcome;
  readonly points: Both<readonly Point[]>;
  readonly standing: Both<Standing>;
  /** Before the first update and after the last one. */
  readonly starts: Both<Network>;
  readonly networks: Both<Network>;
}

/** The result in sentences, with the numbers that this run measured. */
export function sentencesOf(ended: Ended): string[] {
  const { outcome } = ended;
  const [left, right] = outcome.findings;
  const updates = `After ${count(outcome.iterations)} ${outcome.iterations === 1 ? 'update' : 'updates'}`;
  const both = `${updates}, the left network reads ${percent(left.test.accuracy)} of the ${count(left.test.examples)} test digits correctly, the right network ${percent(right.test.accuracy)}.`;
  return [both, ...particular(ended)];
}

function particular(ended: Ended): string[] {
  const { settings, outcome, standing, networks } = ended;
  const [left, right] = outcome.findings;
  switch (settings.name) {
    case 'no-bias': {
      const [leftBlank, rightBlank] = networks.map(blankAnswers) as [number[], number[]];
      const favorite = leftBlank.indexOf(Math.max(...leftBlank));
      return [
        `For a blank picture, the right network gives every digit ${percent(rightBlank[0]!, 2)}, as before the first update. The left network prefers the ${favorite}, with ${percent(leftBlank[favorite]!, 2)}.`,
      ];
    }
    case 'no-relu': {
      const { collapse } = right;
      if (!collapse) return [];
      return [
        `The single layer W²W¹ gives the same ${count(collapse.answers)} answers as the two layers, except for rounding: the largest difference is ${formatNumber(collapse.largestDifference, 2)}. It also reads ${percent(collapse.accuracy)} of the test digits correctly.`,
      ];
    }
    case 'no-softmax': {
      const { lowest, highest, lowestSum, highestSum, outside } = right.answers;
      return [
        `The answers of the right network range from ${formatNumber(lowest, 3)} to ${formatNumber(highest, 3)}, and the sum of the ten answers for one digit from ${formatNumber(lowestSum, 3)} to ${formatNumber(highestSum, 3)}. ${count(outside)} of the ${count(right.test.examples)} test digits got answers that cannot be probabilities.`,
        `On the left, ${left.answers.outside === 0 ? 'none did' : `${count(left.answers.outside)} did`}.`,
      ];
    }
    case 'zero-start':
      return startSentences(ended);
    case 'large-alpha':
      return [rises(ended.points[1]), `${dead(standing[1])}; on the left, ${lowerFirst(dead(standing[0]))}.`];
    case 'raw-pixels':
      return [firstSteps(ended.points[1]), `${dead(standing[1])}${oneAnswer(right)}.`];
    case 'summed-db': {
      const [leftMoved, rightMoved] = [0, 1].map((side) => movedBiases(ended, side as 0 | 1)) as [
        Moved,
        Moved,
      ];
      const right =
        rightMoved.output === 0 ? 'nothing at all' : `${formatNumber(rightMoved.output, 2)} (rounding)`;
      return [
        `The output biases changed by up to ${formatNumber(leftMoved.output, 2)} on the left, and by ${right} on the right. On the right, all ten hidden biases changed by the same amount, ${formatNumber(rightMoved.hidden, 3)}.`,
      ];
    }
  }
}

function startSentences({ settings, outcome, starts, networks, standing }: Ended): string[] {
  const [first, second] = networks[1].layers;
  const right = outcome.findings[1];
  const alike = rowsAlike(first!.W) && rowsAlike(first!.b);
  if (settings.start === 0) {
    const moved = [first!.W, first!.b, second!.W].every(({ data }) => data.every((value) => value === 0));
    const weights = count(first!.W.data.length + second!.W.data.length);
    return [
      moved
        ? `On the right, all ${weights} weights are still 0: ${lowerFirst(dead(standing[1]))}${oneAnswer(right)}.`
        : `${dead(standing[1])}.`,
      `The output biases on the right changed by up to ${formatNumber(largestMove(second!.b, starts[1].layers[1]!.b), 2)}.`,
    ];
  }
  return alike
    ? [
        `On the right, after ${count(outcome.iterations)} updates, all ten hidden units still have the same ${first!.W.cols} weights, to the last bit. Ten equal units know no more than one.`,
      ]
    : [];
}

/** How often the loss rose, and by how much at worst. */
function rises(points: readonly Point[]): string {
  let [times, worst] = [0, 0];
  for (let i = 1; i < points.length; i++) {
    const rise = points[i]!.loss - points[i - 1]!.loss;
    if (rise > 0) times++;
    if (rise > (worst === 0 ? 0 : points[worst]!.loss - points[worst - 1]!.loss)) worst = i;
  }
  const updates = points.length - 1;
  if (points.some(({ loss }) => !Number.isFinite(loss))) {
    return 'On the right, the numbers became larger than a 64-bit float can hold.';
  }
  if (times === 0)
    return `On the right, each of the ${count(updates)} updates made the loss smaller: this α is not too large.`;
  return `On the right, ${count(times)} of the ${count(updates)} updates made the loss larger. The worst one raised it from ${lossText(points[worst - 1]!.loss)} to ${lossText(points[worst]!.loss)}.`;
}

function firstSteps(points: readonly Point[]): string {
  const losses = points.slice(0, 3).map(({ loss }) => lossText(loss));
  return `On the right, the loss goes ${losses.join(' → ')} in the first two updates. A network that gives all ten digits the same probability has a loss of ${lossText(Math.log(10))}.`;
}

function dead({ dead: units }: Standing): string {
  const number = units.filter(Boolean).length;
  if (number === units.length) return `All ${number} hidden units are dead`;
  return `${number === 0 ? 'None' : number} of the ${units.length} hidden units ${number <= 1 ? 'is' : 'are'} dead`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** If every digit got the same answer: which answer. */
function oneAnswer({ answered, test }: Findings): string {
  const only = answered.indexOf(test.examples);
  return only < 0 ? '' : `, and every digit is read as ${only}`;
}

interface Moved {
  readonly output: number;
  /** Of the first hidden unit. */
  readonly hidden: number;
}

function movedBiases({ starts, networks }: Ended, side: 0 | 1): Moved {
  const [before, after] = [starts[side].layers, networks[side].layers];
  return {
    output: largestMove(after[1]!.b, before[1]!.b),
    hidden: after[0]!.b.data[0]! - before[0]!.b.data[0]!,
  };
}

function largestMove(after: Matrix, before: Matrix): number {
  return after.data.reduce((most, value, i) => Math.max(most, Math.abs(value - before.data[i]!)), 0);
}

function rowsAlike({ cols, data }: Matrix): boolean {
  return data.every((value, index) => value === data[index % cols]);
}

/** The answers of a network to a picture without ink. */
export function blankAnswers(network: Network): number[] {
  return answersTo(network, matrix(network.layers[0]!.W.cols, 1));
}
