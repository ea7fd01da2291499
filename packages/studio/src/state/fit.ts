import type { Dataset, Model } from '@longhand/core';
import type { Digits } from './digits.js';
import type { NamedModel } from './models.js';

/** Whether a model takes what the data have: pictures of this size or the same columns, and tells the same classes apart. */
export function fitsPictures({ record }: Model, { training }: Digits): boolean {
  const { width, height, classNames, features } = record;
  return (
    width === training.width &&
    height === training.height &&
    JSON.stringify([classNames, features]) === JSON.stringify([training.classNames, training.features])
  );
}

/** Why a model cannot read the data, in one line; nothing when it can. */
export function misfit(model: NamedModel, data: Digits): string | undefined {
  if (fitsPictures(model, data)) return undefined;
  return `The network “${model.name}” takes ${wordsFor(model.record)}; in ${data.name} they are ${wordsFor(data.training)}: choose another network, or train one on the page Train`;
}

type Shape = Pick<Dataset, 'width' | 'height' | 'classNames' | 'features'>;

function wordsFor({ width, height, classNames, features }: Shape): string {
  const inputs = features ? `rows of ${features[0]!.name} …` : `pictures of ${width} × ${height}`;
  return `${inputs} in ${classNames.length} classes (${classNames[0]} …)`;
}
