import { type Matrix, matrix } from '../maths/matrix.js';
import { agrees } from './compare.js';
import type { Given } from './given.js';
import {
  type Candidate,
  type Change,
  canBeMadeTogether,
  candidatesFor,
  computeWith,
  type Mistake,
} from './mistake.js';
import { MISTAKES } from './mistakes/all.js';
import { SAVED_MISTAKES } from './mistakes/saved.js';
import type { QuantityName } from './quantity.js';
import type { Computed } from './recipes.js';

/** Which mistakes explain a matrix. */
export interface Diagnosis {
  /** One, or two that were made at once; none if no known mistake gives these numbers. */
  readonly mistakes: readonly Mistake[];
  /** Other mistakes that give the same numbers here. */
  readonly others: readonly Mistake[];
}

/** Finds the mistakes, first one alone, then two at once. */
export function diagnose(
  name: QuantityName,
  own: Matrix,
  given: Given,
  base: Change<QuantityName>,
): Diagnosis {
  // Zeros are what an array begins with, whatever else gives them.
  const isEmpty = own.data.every((a) => a === 0);
  const known = isEmpty ? [...SAVED_MISTAKES, ...MISTAKES] : MISTAKES;
  const candidates = candidatesFor(known, name, given);
  const explains = (...changes: Change<QuantityName>[]) => {
    const computed = computeWith(name, given, [base, ...changes]);
    return computed !== undefined && (agrees(own, computed) || isOneForAll(own, computed));
  };
  const single = candidates.filter(({ change }) => explains(change));
  if (single.length > 0) {
    const [first, ...others] = distinct(single);
    return { mistakes: [first!], others };
  }
  const combined = candidates.filter(({ mistake }) => !SAVED_MISTAKES.includes(mistake));
  for (const [k, a] of combined.entries()) {
    for (const b of combined.slice(k + 1)) {
      if (a.mistake === b.mistake || !canBeMadeTogether(a.change, b.change)) continue;
      if (explains(a.change, b.change)) return { mistakes: [a.mistake, b.mistake], others: [] };
    }
  }
  return { mistakes: [], others: [] };
}

const distinct = (candidates: readonly Candidate[]) => [...new Set(candidates.map(({ mistake }) => mistake))];

/** A single number stands for a column in which all are the same: np.sum without an axis. */
function isOneForAll(own: Matrix, { value, scale }: Computed): boolean {
  if (own.data.length !== 1 || value.cols !== 1 || value.rows === 1) return false;
  if (value.data.some((entry) => entry !== value.data[0])) return false;
  return agrees(own, { value: matrix(1, 1, [value.data[0]!]), scale: matrix(1, 1, [scale.data[0]!]) });
}
