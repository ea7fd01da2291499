import type { Dataset, Matrix, ModelFile } from '@longhand/core';
import { compareAnswers, type Evaluation, type McNemar, mcnemar } from '@longhand/core/evaluation';
import type { Json } from '@longhand/core/files';
import { predictorOf } from '../model/predictor-of.js';

/** An example that the two models answer differently. */
export interface Difference {
  readonly index: number;
  readonly label: number;
  /** Of each model, its answer and how sure it is, 0–1. */
  readonly answers: readonly [Answer, Answer];
}

interface Answer {
  readonly answer: number;
  readonly confidence: number;
}

/** A matrix of parameters in both models. */
interface WeightDifference {
  /** `W1` */
  readonly name: string;
  /** The largest |A − B|, and where it is. */
  readonly largest: number;
  readonly row: number;
  readonly column: number;
  /** The mean of |A − B|. */
  readonly mean: number;
}

/** All that tells two models apart. */
export interface Comparison {
  readonly evaluations: readonly [Evaluation, Evaluation];
  /** Examples that both answered correctly, and that neither did. */
  readonly bothRight: number;
  readonly bothWrong: number;
  readonly test: McNemar;
  /** Those where one is right come first; of them, those where the other is surest. */
  readonly differences: readonly Difference[];
  readonly settings: readonly SettingDifference[];
  /** Undefined where the layers differ. */
  readonly weights: readonly WeightDifference[] | undefined;
}

interface SettingDifference {
  readonly name: string;
  /** Undefined where a model does not have the setting. */
  readonly values: readonly [Json | undefined, Json | undefined];
}

/** Compares two models on the examples of a dataset. */
export function compareModels(models: readonly [ModelFile, ModelFile], dataset: Dataset): Comparison {
  const [first, second] = models.map(({ network, record }) =>
    predictorOf({ network, record }).predictAll(dataset),
  ) as [Answers, Answers];
  const classes = dataset.classNames.length;
  const differences: Difference[] = [];
  let [bothRight, bothWrong, onlyFirst, onlySecond] = [0, 0, 0, 0];
  for (let index = 0; index < dataset.length; index++) {
    const label = dataset.label(index);
    const [a, b] = [first, second].map((answers): Answer => {
      const answer = answers.classes[index]!;
      return { answer, confidence: answers.probabilities[index * classes + answer]! };
    }) as [Answer, Answer];
    const [isFirst, isSecond] = [a.answer === label, b.answer === label];
    if (isFirst && isSecond) bothRight++;
    else if (isFirst) onlyFirst++;
    else if (isSecond) onlySecond++;
    else bothWrong++;
    if (a.answer !== b.answer) differences.push({ index, label, answers: [a, b] });
  }
  const isDecided = ({ label, answers }: Difference) => answers.some(({ answer }) => answer === label);
  const wrongConfidence = ({ label, answers }: Difference) =>
    Math.max(...answers.map(({ answer, confidence }) => (answer === label ? 0 : confidence)));
  differences.sort(
    (a, b) => Number(isDecided(b)) - Number(isDecided(a)) || wrongConfidence(b) - wrongConfidence(a),
  );
  return {
    evaluations: [compareAnswers(dataset, first), compareAnswers(dataset, second)],
    ...{ bothRight, bothWrong, differences },
    test: mcnemar(onlyFirst, onlySecond),
    settings: settingDifferences(models),
    weights: weightDifferences(models),
  };
}

type Answers = ReturnType<ReturnType<typeof predictorOf>['predictAll']>;

function settingDifferences([a, b]: readonly [ModelFile, ModelFile]): SettingDifference[] {
  const names = new Set([...Object.keys(a.record.settings), ...Object.keys(b.record.settings)]);
  return [...names]
    .map((name) => ({ name, values: [a.record.settings[name], b.record.settings[name]] as const }))
    .filter(({ values: [one, other] }) => JSON.stringify(one) !== JSON.stringify(other));
}

function weightDifferences([a, b]: readonly [ModelFile, ModelFile]): WeightDifference[] | undefined {
  const [ofFirst, ofSecond] = [a, b].map(({ network }) =>
    network.layers.flatMap(({ W, b: bias }) => [W, bias]),
  ) as [Matrix[], Matrix[]];
  const isSame =
    ofFirst.length === ofSecond.length &&
    ofFirst.every(({ rows, cols }, k) => rows === ofSecond[k]!.rows && cols === ofSecond[k]!.cols);
  if (!isSame) return undefined;
  return ofFirst.map(({ cols, data }, k) => {
    const other = ofSecond[k]!.data;
    let [largest, at, sum] = [0, 0, 0];
    for (const [i, value] of data.entries()) {
      const difference = Math.abs(value - other[i]!);
      sum += difference;
      if (difference > largest) [largest, at] = [difference, i];
    }
    return {
      name: `${k % 2 === 0 ? 'W' : 'b'}${Math.floor(k / 2) + 1}`,
      ...{ largest, row: Math.floor(at / cols), column: at % cols, mean: sum / data.length },
    };
  });
}
