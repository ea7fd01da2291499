import type { Dataset } from '../data/dataset.js';
import { weightsOf } from '../data/example-source.js';
import { DivergenceError } from '../errors.js';
import { backward } from '../maths/backward.js';
import { forward, meanLoss } from '../maths/forward.js';
import type { Network } from '../maths/network.js';
import { firstNonFinite } from '../maths/nonfinite.js';
import { isElementwise, type OptimizerName } from '../maths/optimizers.js';
import { batchOf } from './maths-batch.js';

/** Examples computed at once, and so the columns of every matrix in flight. */
const BLOCK_EXAMPLES = 256;

interface Circumstances {
  readonly iteration: number;
  readonly alpha: number;
  readonly optimizer: OptimizerName;
  readonly pixelScale: number;
}

/**
 * What went wrong in a step whose loss is not finite, found by working the same step out in longhand: the first quantity,
 * in the order in which they are computed, that holds a value that no 32-bit float can.
 */
export function diagnose(network: Network, batch: Dataset, circumstances: Circumstances): DivergenceError {
  const { iteration, pixelScale } = circumstances;
  for (let start = 0; start < batch.length; start += BLOCK_EXAMPLES) {
    const count = Math.min(BLOCK_EXAMPLES, batch.length - start);
    const block = batch.slice(start, start + count);
    const { X, Y } = batchOf(block, pixelScale);
    const weights = weightsOf(block);
    const computed = forward(network, X);
    const loss = meanLoss(network, computed, Y, weights);
    const symbol = firstNonFinite(network, computed, backward(network, computed, Y, weights), {
      loss,
      float32: true,
    });
    if (symbol) return new DivergenceError({ iteration, symbol, cause: likelyCause(circumstances) });
  }
  return new DivergenceError({ iteration, symbol: 'J', cause: likelyCause(circumstances) });
}

function likelyCause({ iteration, alpha, optimizer, pixelScale }: Circumstances): string {
  if (pixelScale >= 1) return 'pixels not normalized: divide them by 255';
  if (!isElementwise(optimizer) && iteration > 0)
    return `a step too far by ${optimizer}: try another optimizer`;
  if (iteration === 0) return 'the parameters it started from';
  return `α = ${alpha} is too large: try ${Number((alpha / 10).toPrecision(2))}`;
}
