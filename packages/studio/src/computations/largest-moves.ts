import type { Reference } from '@longhand/core/explain';
import type { Iteration } from './cycle.js';

/** Parameters that are named. */
const NAMED = 3;

/** The parameters that an update changes most, the largest change first. */
export function largestMoves(
  { gradients }: Pick<Iteration, 'gradients'>,
  alpha: number,
): { readonly reference: Reference; readonly change: number }[] {
  const found: { reference: Reference; change: number }[] = [];
  for (const [l, { dW, db }] of gradients.entries()) {
    for (const [quantity, { cols, data }] of [['W', dW] as const, ['b', db] as const]) {
      for (let k = 0; k < data.length; k++) {
        const change = -alpha * data[k]!;
        if (found.length === NAMED && Math.abs(change) <= Math.abs(found[NAMED - 1]!.change)) continue;
        const reference = { quantity, layer: l + 1, row: Math.floor(k / cols), column: k % cols };
        found.push({ reference, change });
        found.sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
        found.length = Math.min(found.length, NAMED);
      }
    }
  }
  return found;
}
