import type { Cycle } from './cycle.js';
import type { Entry, Exponential } from './explanation.js';

/** The largest weighted sum of the last layer in an example; the first if several are equal. */
export function columnMaximum(cycle: Cycle, column: number): Entry {
  return lastSums(cycle, column).reduce((largest, z) => (z.value > largest.value ? z : largest));
}

/** exp(z − max z) for every unit of the last layer in an example. */
export function exponentialsOf(cycle: Cycle, column: number): Exponential[] {
  const maximum = columnMaximum(cycle, column).value;
  return lastSums(cycle, column).map((z) => ({ z, value: Math.exp(z.value - maximum) }));
}

function lastSums({ network, entry }: Cycle, column: number): Entry[] {
  const { length } = network.layers;
  return Array.from({ length: network.layers[length - 1]!.W.rows }, (_, i) => entry('Z', length, i, column));
}
