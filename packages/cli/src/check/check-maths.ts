import type { Dataset, Network } from '@longhand/core';
import { checkGradients, type GradientCheck } from '@longhand/core/check';
import { toDesignMatrix } from '@longhand/core/data';
import { count } from '@longhand/core/text';
import { startProgress } from '../terminal/progress.js';

export type MathsCheck = Pick<
  GradientCheck,
  'maxRelativeError' | 'parameters' | 'kinks' | 'passed' | 'worst'
>;

/** Compares every gradient with finite differences, on all the given examples. */
export async function checkMaths(
  network: Network,
  digits: Dataset,
  { pixelScale, quiet }: { pixelScale: number; quiet: boolean },
): Promise<MathsCheck> {
  const { X, Y } = toDesignMatrix(
    digits,
    Uint32Array.from({ length: digits.length }, (_, i) => i),
    pixelScale,
  );
  const progress = await startProgress({
    total: network.layers.reduce((sum, { W, b }) => sum + W.data.length + b.data.length, 0),
    quiet,
  });
  try {
    const { maxRelativeError, parameters, kinks, passed, worst } = checkGradients(network, X, Y, {
      onProgress: (done, total) =>
        progress.update(done, () => `${count(done)} of ${count(total)} gradients checked`),
    });
    return { maxRelativeError, parameters, kinks, passed, worst };
  } finally {
    progress.end();
  }
}
