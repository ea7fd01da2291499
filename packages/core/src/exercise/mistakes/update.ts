import { scale } from '../../maths/matrix.js';
import type { Mistake, Place } from '../mistake.js';

type Updated = 'W1_new' | 'b1_new' | 'W2_new' | 'b2_new';

/** The same mistake in all four updates; in the equation, # stands for the parameter. */
function inEach(equation: string, change: Place<Updated>['change']): Mistake['places'] {
  const place = (name: string) => ({ wrong: equation.replaceAll('#', name), change });
  return { W1_new: place('W1'), b1_new: place('b1'), W2_new: place('W2'), b2_new: place('b2') };
}

/** Mistakes of the update. */
export const UPDATE_MISTAKES: readonly Mistake[] = [
  {
    id: 'alpha-missing',
    name: 'the learning rate is left out',
    effect: 'The step is 1/α times too large.',
    chapter: 10,
    places: inEach('#_new = # − d#', () => ({ alpha: 1 })),
  },
  {
    id: 'gradient-added',
    name: 'the gradient is added instead of subtracted',
    effect: 'The step goes uphill: the loss grows.',
    chapter: 10,
    places: inEach('#_new = # + α d#', () => ({ sign: -1 })),
  },
  {
    id: 'alpha-divided',
    name: 'divided by the learning rate instead of multiplied',
    effect: 'The step is 1/α² times too large.',
    chapter: 10,
    places: inEach('#_new = # − d# / α', (_, { alpha }) => ({ alpha: 1 / alpha })),
  },
  {
    id: 'alpha-twice',
    name: 'multiplied by the learning rate twice',
    effect: 'The step is α times too small.',
    chapter: 10,
    places: inEach('#_new = # − α² d#', (_, { alpha }) => ({ alpha: alpha * alpha })),
  },
  {
    id: 'step-divided',
    name: 'divided by m once more',
    effect: 'The step is m times too small: the gradient already is a mean.',
    chapter: 10,
    places: inEach('#_new = # − α/m d#', ({ X }, { alpha }) => ({ alpha: alpha / X.cols })),
  },
  {
    id: 'update-missing',
    name: 'not updated: the old values are saved',
    effect: 'Nothing is learned.',
    chapter: 10,
    places: inEach('#_new = #', () => ({ alpha: 0, sign: 1 })),
  },
  {
    id: 'step-alone',
    name: 'the step is saved, not the new value',
    effect: 'The old value is lost: new value = old value − α times the gradient.',
    chapter: 10,
    places: inEach('#_new = −α d#', (_, { start }) => ({ start: scale(start, 0) })),
  },
  {
    id: 'learning-rate-added',
    name: 'the learning rate is subtracted too, instead of multiplied',
    effect: 'Every value moves by α, whatever its gradient is.',
    chapter: 10,
    places: inEach('#_new = # − d# − α', ({ alpha: rate }) => ({
      alpha: 1,
      after: (M) => ({ ...M, data: M.data.map((value) => value - rate) }),
    })),
  },
];
