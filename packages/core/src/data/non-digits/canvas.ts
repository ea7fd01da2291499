import type { Random } from '../../random.js';

/** The side of MNIST's frame, in pixels. */
export const SIDE = 28;

/** Across and down. */
export type Point = readonly [x: number, y: number];

/** A number between two. */
export function between(random: Random, from: number, to: number): number {
  return from + (to - from) * random.uniform();
}

/** One of the entries. */
export function oneOf<Entry>(random: Random, entries: readonly Entry[]): Entry {
  return entries[random.below(entries.length)]!;
}
