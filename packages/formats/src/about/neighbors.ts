import type { Dataset } from '@longhand/core';
import { pooled } from '../data/orientation/pool.js';
import type { ClassPair, NeighborDescription } from './description.js';
import { spread } from './examples.js';

/** Examples that are compared, each with all others. */
const SAMPLE = 1500;
/** Pictures are compared at this size. */
const SIDE = 14;
const PAIRS = 8;

/** Compares some training examples with each other: whose nearest neighbor is of another class? */
export function neighborsOf(dataset: Dataset): NeighborDescription | undefined {
  const chosen = spread(dataset.length, SAMPLE);
  const labels = chosen.map((i) => dataset.label(i));
  if (chosen.length < 3 || new Set(labels).size < 2) return undefined;
  const { width, height, features } = dataset;
  const small = chosen.map((i) =>
    features ? Float32Array.from(dataset.pixels(i)) : pooled(dataset.pixels(i), width, height, SIDE),
  );
  const inputs = small[0]!.length;
  const all = new Float32Array(chosen.length * inputs);
  for (const [i, values] of small.entries()) all.set(values, i * inputs);
  const nearest = new Int32Array(chosen.length).fill(-1);
  const distances = new Float32Array(chosen.length).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < chosen.length; i++) {
    for (let j = 0; j < i; j++) {
      const limit = Math.max(distances[i]!, distances[j]!);
      const distance = distanceOf(all, i * inputs, j * inputs, inputs, limit);
      if (distance < distances[i]!) [distances[i], nearest[i]] = [distance, j];
      if (distance < distances[j]!) [distances[j], nearest[j]] = [distance, i];
    }
  }
  const pairs = new Map<string, { classes: [number, number]; count: number; closest: number }>();
  let right = 0;
  for (const [i, j] of nearest.entries()) {
    const [a, b] = [labels[i]!, labels[j]!];
    if (a === b) {
      right++;
      continue;
    }
    const classes: [number, number] = a < b ? [a, b] : [b, a];
    const pair = pairs.get(classes.join());
    if (!pair) pairs.set(classes.join(), { classes, count: 1, closest: i });
    else {
      pair.count++;
      if (distances[i]! < distances[pair.closest]!) pair.closest = i;
    }
  }
  const specimen = (i: number) => ({ index: chosen[i]!, pixels: dataset.pixels(chosen[i]!).slice() });
  return {
    sample: chosen.length,
    accuracy: right / chosen.length,
    pairs: [...pairs.values()]
      .sort((a, b) => b.count - a.count)
      .slice(0, PAIRS)
      .map(({ classes, count, closest }): ClassPair => {
        const both = [closest, nearest[closest]!];
        if (labels[both[0]!] !== classes[0]) both.reverse();
        return { classes, count, examples: [specimen(both[0]!), specimen(both[1]!)] };
      }),
  };
}

/** The squared distance of two rows; at least `limit` where it is no less. */
function distanceOf(all: Float32Array, a: number, b: number, inputs: number, limit: number): number {
  let sum = 0;
  for (let p = 0; p < inputs; ) {
    // Looking whether it is far enough costs time, too.
    const end = Math.min(inputs, p + 28);
    for (; p < end; p++) {
      const difference = all[a + p]! - all[b + p]!;
      sum += difference * difference;
    }
    if (sum >= limit) return sum;
  }
  return sum;
}
