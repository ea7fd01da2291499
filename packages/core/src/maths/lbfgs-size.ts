// Apart from lbfgs.ts: what only makes room for the state needs no search.

/** How many pairs are kept: a step s and the change y of the gradient along it. */
export const PAIRS = 10;

/** Vectors of the state: the point, its gradient, the direction, then s and y of every pair. */
export const LBFGS_VECTORS = 3 + 2 * PAIRS;

/**
 * Where the numbers of the state are: the loss at the point, the slope along the direction, the step
 * length tried, how many pairs there are, which is replaced next, and 1/(s·y) of every pair.
 */
export const LBFGS_PLACES = [0, 1, 2, 3, 4, 5] as const;

/** Numbers of the state. */
export const LBFGS_NUMBERS = LBFGS_PLACES.length - 1 + PAIRS;
