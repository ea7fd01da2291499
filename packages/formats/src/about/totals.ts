import type { ValueDescription } from './description.js';
import type { Examples } from './examples.js';

const BINS = 32;

/** What is summed up over all examples. */
export interface Totals {
  /** How often each of the 256 values occurs. */
  readonly counts: Float64Array;
  /** Of each class, the sums of its training examples, one for each pixel. */
  readonly sums: readonly Float64Array[];
  /** Examples of each class. */
  readonly training: Uint32Array;
  readonly test: Uint32Array;
  /** The smallest and largest value of each pixel. */
  readonly lowest: Uint8Array;
  readonly highest: Uint8Array;
}

export function emptyTotals(inputs: number, classes: number): Totals {
  return {
    counts: new Float64Array(256),
    sums: Array.from({ length: classes }, () => new Float64Array(inputs)),
    training: new Uint32Array(classes),
    test: new Uint32Array(classes),
    lowest: new Uint8Array(inputs).fill(255),
    highest: new Uint8Array(inputs),
  };
}

export function addExample(totals: Totals, set: Examples, index: number): void {
  const { counts, sums, lowest, highest } = totals;
  const pixels = set.pixels(index);
  const label = set.label(index);
  for (let p = 0; p < pixels.length; p++) {
    const value = pixels[p]!;
    counts[value]!++;
    if (value < lowest[p]!) lowest[p] = value;
    if (value > highest[p]!) highest[p] = value;
  }
  if (label < 0) return;
  totals[set.name === 'test' ? 'test' : 'training'][label]!++;
  if (set.name !== 'training') return;
  const sum = sums[label]!;
  for (let p = 0; p < pixels.length; p++) sum[p]! += pixels[p]!;
}

export function valuesOf({ counts }: Totals): ValueDescription {
  const total = Math.max(
    1,
    counts.reduce((sum, count) => sum + count, 0),
  );
  const present = [...counts.keys()].filter((value) => counts[value]! > 0);
  const each = 256 / BINS;
  return {
    min: present[0] ?? 0,
    max: present.at(-1) ?? 0,
    mean: counts.reduce((sum, count, value) => sum + count * value, 0) / total,
    distinct: present.length,
    zeros: counts[0]! / total,
    histogram: Array.from(
      { length: BINS },
      (_, bin) =>
        counts.subarray(bin * each, (bin + 1) * each).reduce((sum, count) => sum + count, 0) / total,
    ),
  };
}

/** The mean of the training examples of a class. */
export function meanOf({ sums, training }: Totals, label: number): Uint8Array {
  const count = training[label]!;
  return count === 0 ? new Uint8Array() : Uint8Array.from(sums[label]!, (sum) => Math.round(sum / count));
}
