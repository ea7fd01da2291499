import { useEffect, useMemo, useState } from 'preact/hooks';
import { computeIteration, type Iteration } from '../../../computations/cycle.js';
import { firstDigits, loadFirst } from '../../../state/digits.js';
import { type NamedModel, shippedModel } from '../../../state/models.js';
import { showError } from '../../../state/notifications.js';

/** The 4 of the board: its network, after 500 iterations, reads this test digit as a 9. */
export const BOARD_DIGIT = 169;

/**
 * One iteration of the board's network over test digits in a row, with all numbers: the example of
 * the figures. Nothing until its files have arrived.
 */
export function useExample(first = BOARD_DIGIT, m = 1): Iteration | undefined {
  const [model, setModel] = useState<NamedModel | undefined>(undefined);
  useEffect(() => {
    void loadFirst();
    shippedModel('500').then(setModel, showError);
  }, []);
  const test = firstDigits.value?.test;
  return useMemo(() => {
    if (!model || !test) return undefined;
    const indices = Array.from({ length: m }, (_, k) => first + k);
    const { pixelScale } = model.record;
    return computeIteration(model.network, { dataset: test, indices, pixelScale });
  }, [model, test, first, m]);
}
