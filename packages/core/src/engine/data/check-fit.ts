import type { Dataset } from '../../data/dataset.js';
import { DataError } from '../../errors.js';
import type { Plan } from '../layout/plan.js';

/**
 * Checks that examples fit a network. The kernels do not check: with pictures of another size, or
 * a label beyond the last class, they would read and write the wrong memory.
 *
 * @throws DataError when pictures or classes do not fit the network
 */
export function checkFit(
  { sizes }: Pick<Plan, 'sizes'>,
  { inputs, width, height, classNames }: Pick<Dataset, 'inputs' | 'width' | 'height' | 'classNames'>,
): void {
  if (inputs !== sizes[0]) {
    throw new DataError(`pictures of ${width} × ${height}: ${inputs} pixels, the network takes ${sizes[0]}`);
  }
  if (classNames.length !== sizes.at(-1)) {
    throw new DataError(`${classNames.length} classes: the network has ${sizes.at(-1)} output units`);
  }
}
