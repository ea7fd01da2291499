import type { Dataset } from '../../data/dataset.js';
import { DataError } from '../../errors.js';
import type { Plan } from '../layout/plan.js';

/**
 * The kernels trust what they are given: pictures of another size, or a label that no unit stands for, would be read and
 * written where something else lies.
 *
 * @throws DataError when pictures or classes do not fit the network
 */
export function checkFit(
  { sizes }: Plan,
  { inputs, width, height, classNames }: Pick<Dataset, 'inputs' | 'width' | 'height' | 'classNames'>,
): void {
  if (inputs !== sizes[0]) {
    throw new DataError(
      `pictures of ${width} × ${height} have ${inputs} pixels, the network takes ${sizes[0]}`,
    );
  }
  if (classNames.length !== sizes.at(-1)) {
    throw new DataError(`${classNames.length} classes, but the network answers one of ${sizes.at(-1)}`);
  }
}
