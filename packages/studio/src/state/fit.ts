import type { Dataset, Model } from '@longhand/core';
import type { Digits } from './digits.js';
import type { NamedModel } from './models.js';

/** Whether a model takes pictures of this size, and tells as many classes apart. */
export function fitsPictures({ record }: Model, { training }: Digits): boolean {
  const { width, height, classNames } = record;
  return (
    width === training.width && height === training.height && classNames.length === training.classNames.length
  );
}

/** Why a model cannot read the data, in one line; nothing when it can. */
export function misfit(model: NamedModel, data: Digits): string | undefined {
  if (fitsPictures(model, data)) return undefined;
  return `The network “${model.name}” takes pictures of ${sizesOf(model.record)}; in ${data.name} they are of ${sizesOf(data.training)}: choose another network, or train one on the page Train`;
}

function sizesOf({ width, height, classNames }: Pick<Dataset, 'width' | 'height' | 'classNames'>): string {
  return `${width} × ${height} in ${classNames.length} classes`;
}
