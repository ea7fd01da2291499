import type { Matrix, Network } from '@longhand/core';
import type { DesignMatrix } from '@longhand/core/data';
import { type Forward, forward, mostLikely } from '@longhand/core/maths';
import { accuracyOf, collapse, type ExperimentName, type ExperimentSettings, lossOf } from './experiment.js';

/** The results of one of an experiment's two networks. */
export interface Findings {
  /** On the training digits, after the last update. */
  readonly training: Measured;
  /** On the test digits. */
  readonly test: Measured;
  readonly answers: AnswerRange;
  /** How many test digits got each answer. */
  readonly answered: readonly number[];
  /**
   * For two layers without an activation between them: the comparison with the single layer that
   * they equal.
   */
  readonly collapse?: CollapseFindings;
}

interface Measured {
  readonly examples: number;
  readonly loss: number;
  /** 0–1. */
  readonly accuracy: number;
}

/**
 * The range of the ten answers over all test digits. Probabilities are all between 0 and 1, and the
 * ten add up to 1.
 */
export interface AnswerRange {
  readonly lowest: number;
  readonly highest: number;
  readonly lowestSum: number;
  readonly highestSum: number;
  /** How many digits have an answer below 0 or above 1. */
  readonly outside: number;
  /** The digit with the answer farthest below 0 or above 1; the first if there is none. */
  readonly farthest: number;
}

export interface CollapseFindings {
  /** The largest difference between an answer of one network and of the other. */
  readonly largestDifference: number;
  /** How many answers were compared. */
  readonly answers: number;
  /** The single layer's accuracy, 0–1. */
  readonly accuracy: number;
  /** The ten answers to the test digit whose answers differ most. */
  readonly index: number;
  readonly two: readonly number[];
  readonly one: readonly number[];
}

/** Measures a trained network. `training` and `test` use its own pixel scale. */
export function examine(
  { name }: Pick<ExperimentSettings, 'name'>,
  network: Network,
  training: DesignMatrix,
  test: DesignMatrix,
): Findings {
  const computed = forward(network, test.X);
  const A = computed.A.at(-1)!;
  return {
    training: measure(name, network, forward(network, training.X), training),
    test: measure(name, network, computed, test),
    answers: rangeOf(A),
    answered: countAnswers(A),
    ...(name === 'no-relu' && network.layers[0]!.g.name === 'identity'
      ? { collapse: compareWithOneLayer(network, A, test) }
      : {}),
  };
}

function measure(name: ExperimentName, network: Network, computed: Forward, columns: DesignMatrix): Measured {
  return {
    examples: columns.Y.cols,
    loss: lossOf(name, network, computed, columns),
    accuracy: accuracyOf(computed.A.at(-1)!, columns.Y),
  };
}

/**
 * Which hidden units output 0 for every example: ReLU is flat there, so they get no gradient and no
 * longer learn.
 */
export function deadUnits({ A }: Pick<Forward, 'A'>): boolean[] {
  const { rows, cols, data } = A[1]!;
  return Array.from({ length: rows }, (_, unit) =>
    data.subarray(unit * cols, (unit + 1) * cols).every((a) => a === 0),
  );
}

/** The largest and the smallest of the answers, and of their sums over a column. */
export function rangeOf({ rows, cols, data }: Matrix): AnswerRange {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [lowestSum, highestSum] = [lowest, highest];
  let [outside, farthest, distance] = [0, 0, 0];
  for (let j = 0; j < cols; j++) {
    const column = Array.from({ length: rows }, (_, i) => data[i * cols + j]!);
    const sum = column.reduce((total, a) => total + a, 0);
    const [least, most] = [Math.min(...column), Math.max(...column)];
    [lowest, highest] = [Math.min(lowest, least), Math.max(highest, most)];
    [lowestSum, highestSum] = [Math.min(lowestSum, sum), Math.max(highestSum, sum)];
    const beyond = Math.max(-least, most - 1);
    if (beyond > 0) outside++;
    if (beyond > distance) [farthest, distance] = [j, beyond];
  }
  return { lowest, highest, lowestSum, highestSum, outside, farthest };
}

function countAnswers(A: Matrix): number[] {
  const counts = new Array<number>(A.rows).fill(0);
  for (let j = 0; j < A.cols; j++) counts[mostLikely(A, j)]!++;
  return counts;
}

/** Compares the answers of the two layers and of the single layer for every test digit. */
export function compareWithOneLayer(network: Network, two: Matrix, { X, Y }: DesignMatrix): CollapseFindings {
  const one = forward(collapse(network), X).A.at(-1)!;
  const differences = two.data.map((a, index) => Math.abs(a - one.data[index]!));
  const at = differences.reduce(
    (best, difference, index) => (difference > differences[best]! ? index : best),
    0,
  );
  const index = at % X.cols;
  const column = (A: Matrix) => Array.from({ length: A.rows }, (_, i) => A.data[i * A.cols + index]!);
  return {
    largestDifference: differences[at]!,
    answers: two.data.length,
    accuracy: accuracyOf(one, Y),
    index,
    two: column(two),
    one: column(one),
  };
}
