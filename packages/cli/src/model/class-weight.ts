import type { ModelRecord } from '@longhand/core';

type Recorded = Pick<ModelRecord, 'classNames' | 'settings'>;

/** The class weights that a model was trained with; `undefined` if all examples counted the same. */
export function classWeightOf({ settings }: Recorded): string | readonly number[] | undefined {
  const { classWeight } = settings;
  if (typeof classWeight === 'string') return classWeight === 'none' ? undefined : classWeight;
  return Array.isArray(classWeight) ? (classWeight as readonly number[]) : undefined;
}

/** The same as a line for a person; `undefined` if there is nothing to say. */
export function describeClassWeight(record: Recorded): string | undefined {
  const weights = classWeightOf(record);
  if (weights === undefined) return undefined;
  const shown =
    typeof weights === 'string'
      ? weights
      : weights.map((weight, label) => `${record.classNames[label]} ${weight}`).join(', ');
  return `Trained with class weights: ${shown}`;
}
