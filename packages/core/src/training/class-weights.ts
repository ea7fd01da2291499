import type { Dataset } from '../data/dataset.js';
import { SettingError } from '../errors.js';
import type { ClassWeight } from '../settings/setting.js';

/**
 * The weight of each class.
 *
 * - `balanced`: m / (k · m_c), where m_c of the m examples are of class c and k classes occur, as
 *   scikit-learn has it. Every class then counts the same in total, and the mean weight of an example
 *   is 1, so that α keeps its meaning. A class that does not occur has the weight 0.
 * - Numbers are used as they are, as scikit-learn and Keras do: [2, 2] doubles every gradient.
 *
 * @throws SettingError when there is not one number for each class
 */
export function classWeights(dataset: Dataset, classWeight: Exclude<ClassWeight, 'none'>): number[] {
  checkClassWeight(dataset, classWeight);
  if (classWeight !== 'balanced') return [...classWeight];
  const counts = new Array<number>(dataset.classNames.length).fill(0);
  for (let i = 0; i < dataset.length; i++) counts[dataset.label(i)]!++;
  const occurring = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count > 0 ? dataset.length / (occurring * count) : 0));
}

/**
 * The examples as a run counts them: each weight, if they have some, times that of its class. It is
 * rounded to 32 bits, so that both engines compute with the same numbers.
 *
 * @throws SettingError when there is not one number for each class
 */
export function withClassWeights(dataset: Dataset, classWeight: ClassWeight): Dataset {
  if (classWeight === 'none') return dataset;
  const weights = classWeights(dataset, classWeight);
  return dataset.withWeights(
    Float32Array.from({ length: dataset.length }, (_, i) => dataset.weight(i) * weights[dataset.label(i)]!),
  );
}

/** @throws SettingError when numbers are given, but not one for each class */
export function checkClassWeight({ classNames }: Dataset, classWeight: ClassWeight): void {
  if (typeof classWeight === 'string' || classWeight.length === classNames.length) return;
  const shown = classNames.length > 12 ? '' : `: ${classNames.join(', ')}`;
  throw new SettingError({
    setting: 'classWeight',
    value: classWeight.join(','),
    expected: [`a number for each of the ${classNames.length} classes${shown}`],
  });
}
