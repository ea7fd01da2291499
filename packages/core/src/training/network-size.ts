import { SettingError } from '../errors.js';
import { OPTIMIZERS } from '../maths/optimizers.js';
import type { Settings } from '../settings/setting.js';

/** What WebAssembly can address: 4 GiB. */
const MAX_BYTES = 2 ** 32;
/** The engine's parameters are 32-bit floats. */
const FLOAT_BYTES = 4;

/**
 * Checks that the engine can hold a network with its gradient and the optimizer's state, before its
 * weights are drawn: that alone takes seconds, and gigabytes.
 *
 * @param inputs of the network
 * @param classes of the data
 * @throws SettingError for a network that is too large
 */
export function checkSize(
  { hidden, engine, optimizer, weightAveraging }: Settings,
  inputs: number,
  classes: number,
): void {
  if (engine === 'maths') return;
  const sizes = [inputs, ...hidden, classes];
  const parameters = sizes.slice(1).reduce((sum, units, l) => sum + units * (sizes[l]! + 1), 0);
  const copies = 2 + OPTIMIZERS[optimizer].stateSlots + (weightAveraging === 'none' ? 0 : 1);
  const most = Math.floor(MAX_BYTES / (FLOAT_BYTES * copies));
  if (parameters <= most) return;
  const [found, limit] = [parameters, most].map((count) => count.toLocaleString('en-US'));
  throw new SettingError({
    setting: 'hidden',
    value: hidden.join(','),
    expected: [`at most ${limit} parameters in all, which fill the 4 GiB that WebAssembly can hold`],
    advice: [`These are ${found}`],
  });
}
