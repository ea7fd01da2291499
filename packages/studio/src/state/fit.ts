import type { Dataset, ModelFile } from '@longhand/core';
import type { Digits } from './digits.js';
import type { NamedModel } from './models.js';

/**
 * Whether a model fits the data: the same picture size (or the same columns) and the same classes.
 */
export function fitsPictures({ record }: ModelFile, { training }: Digits): boolean {
  const { width, height, classNames, features } = record;
  return (
    width === training.width &&
    height === training.height &&
    JSON.stringify([classNames, features]) === JSON.stringify([training.classNames, training.features])
  );
}

/** Why a model cannot read the data, in one line; `undefined` if it can. */
export function misfit(model: NamedModel, data: Digits): string | undefined {
  if (fitsPictures(model, data)) return undefined;
  return `The model “${model.name}” expects ${wordsFor(model.record)}, but ${data.name} has ${wordsFor(data.training)}. Choose another model, or train one on the Train page`;
}

type Shape = Pick<Dataset, 'width' | 'height' | 'classNames' | 'features'>;

function wordsFor({ width, height, classNames, features }: Shape): string {
  const inputs = features ? `rows of ${features[0]!.name} …` : `pictures of ${width} × ${height}`;
  return `${inputs} in ${classNames.length} classes (${classNames[0]} …)`;
}
