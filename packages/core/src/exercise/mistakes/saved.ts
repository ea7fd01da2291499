import { type Matrix, map } from '../../maths/matrix.js';
import type { Mistake, Place } from '../mistake.js';
import { QUANTITIES, type QuantityName } from '../quantity.js';

/** A mistake that is made in the same way in many quantities. */
function inAll(
  names: readonly QuantityName[],
  equation: (name: QuantityName) => string,
  change: Place<QuantityName>['change'],
): Mistake['places'] {
  return Object.fromEntries(names.map((name) => [name, { wrong: equation(name), change }]));
}

const ALL = QUANTITIES.map(({ name }) => name);
/** With more, the error is that of 32-bit floats. */
const DECIMALS = [0, 1, 2, 3, 4, 5];

const rounded = (decimals: number) => (M: Matrix) =>
  map(M, (value) => Math.round(value * 10 ** decimals) / 10 ** decimals);

/** Mistakes of what is saved. */
export const SAVED_MISTAKES: readonly Mistake[] = [
  {
    id: 'nothing-but-zeros',
    name: 'all zeros',
    effect: 'The array was made, and never filled.',
    chapter: 13,
    places: inAll(
      ALL,
      (name) => `${name} = 0`,
      () => ({ after: (M) => map(M, () => 0) }),
    ),
  },
  {
    id: 'rows-and-columns',
    name: 'transposed, unlike the others',
    effect: 'Rows and columns are exchanged in this quantity alone.',
    chapter: 3,
    places: inAll(
      QUANTITIES.filter(({ isPerExample }) => isPerExample).map(({ name }) => name),
      (name) => `(${name})ᵀ`,
      () => ({ turned: true }),
    ),
  },
  {
    id: 'rounded',
    name: 'rounded to a few decimals',
    effect:
      'The numbers are right as far as they go. Save them as they are computed: small gradients are lost.',
    chapter: 13,
    places: inAll(
      ALL,
      (name) => `${name} = round(${name}, …)`,
      () => DECIMALS.map((decimals) => ({ after: rounded(decimals) })),
    ),
  },
];
