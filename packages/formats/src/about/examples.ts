import type { ReadData } from '../data/index.js';

/** Examples of one set, read one at a time. */
export interface Examples {
  readonly name: 'training' | 'test' | 'unlabeled';
  readonly length: number;
  readonly pixels: (i: number) => Uint8Array;
  /** The class, or −1 where there is none. */
  readonly label: (i: number) => number;
}

/** The sets of data, training first. */
export function setsOf({
  training,
  test,
  unlabeled,
}: Pick<ReadData, 'training' | 'test' | 'unlabeled'>): Examples[] {
  const sets: Examples[] = [];
  for (const [name, dataset] of [
    ['training', training],
    ['test', test],
  ] as const) {
    if (!dataset) continue;
    sets.push({
      name,
      length: dataset.length,
      pixels: (i) => dataset.pixels(i),
      label: (i) => dataset.label(i),
    });
  }
  if (unlabeled) {
    const inputs = unlabeled.width * unlabeled.height;
    sets.push({
      name: 'unlabeled',
      length: unlabeled.pixels.length / inputs,
      pixels: (i) => unlabeled.pixels.subarray(i * inputs, (i + 1) * inputs),
      label: () => -1,
    });
  }
  return sets;
}

/** Indices spread evenly over the examples that `take` accepts. */
export function spread(length: number, wanted: number, take: (i: number) => boolean = () => true): number[] {
  const all: number[] = [];
  for (let i = 0; i < length; i++) if (take(i)) all.push(i);
  if (all.length <= wanted) return all;
  return Array.from({ length: wanted }, (_, k) => all[Math.floor(((k + 0.5) * all.length) / wanted)]!);
}
