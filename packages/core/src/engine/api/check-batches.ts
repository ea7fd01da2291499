import { SettingError } from '../../errors.js';

/** @throws SettingError when a batch is empty or names places that do not exist */
export function checkBatches(
  batches: readonly { readonly from: number; readonly to: number }[],
  places: number,
): void {
  for (const { from, to } of batches) {
    if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < to && to <= places)) {
      const expected = [`places within ${places} examples`];
      throw new SettingError({ setting: 'batches', value: [from, to], expected });
    }
  }
}

/**
 * Checks that an order names each of `examples` examples at most once. A repeated example would count
 * twice in the gradient.
 *
 * @throws SettingError when it names an example twice, or one that does not exist
 */
export function checkOrder(order: Uint32Array, examples: number): void {
  const seen = new Uint8Array(examples);
  for (const index of order) {
    // Beyond the last example, `seen` is undefined.
    if (seen[index] !== 0) {
      const found = index < examples ? `found ${index} twice` : `found ${index}`;
      const expected = [`indices from 0 to ${examples - 1}, each at most once, ${found}`];
      throw new SettingError({ setting: 'order', expected });
    }
    seen[index] = 1;
  }
}
