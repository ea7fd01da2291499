import { type LayerGradient, map } from '@longhand/core/maths';

/** The gradients that an update needs. */
export type Gradients = readonly Pick<LayerGradient, 'dW' | 'db'>[];

/** A change to the gradients before they are applied. */
export type Mistake = (gradients: Gradients) => Gradients;

/**
 * db summed over everything, `1 / m * np.sum(dZ)`: over the examples and the units, so that all
 * units of a layer share one number. In the last layer every column of A − Y sums to 0, so that
 * number is 0 and the bias never learns.
 */
export const sumOverEverything: Mistake = (gradients) =>
  gradients.map(({ dW, db }) => {
    const sum = db.data.reduce((total, value) => total + value, 0);
    return { dW, db: map(db, () => sum) };
  });
