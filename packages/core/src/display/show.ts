import { Dataset } from '../data/dataset.js';
import { DataError } from '../errors.js';
import type { Evaluation } from '../evaluation/evaluation.js';
import type { Matrix } from '../maths/matrix.js';
import type { Network } from '../maths/network.js';
import { showConfusion } from './show-confusion.js';
import { type CurvePoint, showCurves } from './show-curves.js';
import { showDataset, showDigit } from './show-digits.js';
import { showMatrix } from './show-matrix.js';
import { showNetwork } from './show-network.js';
import type { Shown } from './svg.js';

/** Everything that `show` can show. */
export type Showable =
  | Dataset
  | Network
  | Matrix
  | Pick<Evaluation, 'confusion' | 'accuracy' | 'examples'>
  | readonly CurvePoint[]
  | Uint8Array;

/**
 * Shows what there is to see of a value: a dataset's first examples, a network, a matrix in colors,
 * an evaluation's confusion matrix, the loss over the steps of a run, or the 784 pixels of a digit.
 *
 * @throws DataError when there is no picture for such a value
 */
export function show(value: Showable): Shown {
  if (value instanceof Dataset) return showDataset(value);
  if (value instanceof Uint8Array) return showDigit(value, sidesOf(value.length));
  if (Array.isArray(value)) return showCurves(value as readonly CurvePoint[]);
  if (typeof value === 'object' && value !== null) {
    if ('layers' in value) return showNetwork(value);
    if ('confusion' in value) return showConfusion(value);
    if ('rows' in value && 'data' in value) return showMatrix(value);
  }
  throw new DataError(
    'there is no picture for this: expected a dataset, a network, a matrix, an evaluation, the steps of a run, or pixels',
  );
}

function sidesOf(pixels: number): { width: number; height: number } {
  const side = Math.sqrt(pixels);
  return Number.isInteger(side) ? { width: side, height: side } : { width: pixels, height: 1 };
}
