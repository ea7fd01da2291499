import type { Dataset } from '@longhand/core';
import { type OrientationFit, orientationOf } from './orientation.js';

/** Below this, the digits fit MNIST in no way. */
const FITS = 0.7;
/** How much better another way must fit. */
const BETTER = 0.1;
/** The mean pictures of so many examples show how digits lie. */
const ENOUGH = 5000;

/** The sizes of EMNIST letters' training and test set, as they were published first and later. */
const LETTERS = new Set([88_800, 14_800, 124_800, 20_800]);
const [LETTERS_SIDE, LAST_LETTER] = [28, 26];

/** In which way digits lie, and how well the two ways fit MNIST. */
export interface Lying {
  /** In words: `transposed`, `inverted (dark ink on a bright background)`. */
  readonly how: readonly string[];
  readonly best: OrientationFit;
  readonly asIs: OrientationFit;
}

/** In which other way than MNIST's digits lie; undefined if in none that is clear. */
export function lyingOf(fits: readonly OrientationFit[] | undefined): Lying | undefined {
  const first = fits?.[0];
  if (!first || first.correlation < FITS) return undefined;
  const asIs = fits.find(({ orientation }) => orientation === 'as they are')!;
  const isOther = first !== asIs && first.correlation - asIs.correlation > BETTER;
  const best = isOther ? first : asIs;
  const how = [
    ...(isOther ? [best.orientation] : []),
    ...(best.inverted ? ['inverted (dark ink on a bright background)'] : []),
  ];
  return how.length > 0 ? { how, best, asIs } : undefined;
}

/** What digits that lie otherwise look like, in words. */
export function looksOf({ how }: Pick<Lying, 'how'>): string {
  return `the digits look ${how.join(' and ')}`;
}

/**
 * One line about pictures that do not lie as MNIST's, with what to do: digits by their mean pictures, EMNIST's letters by
 * how many there are.
 */
export function lyingWarning(dataset: Dataset): string | undefined {
  const { width, height, length, features, origin, classNames } = dataset;
  if (features || width !== height) return undefined;
  const isLetters =
    LETTERS.has(length) &&
    width === LETTERS_SIDE &&
    [LAST_LETTER, LAST_LETTER + 1].includes(classNames.length);
  if (isLetters && !origin?.transposed) {
    return 'as many pictures and classes as EMNIST letters has, whose pictures lie on their side: if they are, put emnist-letters into the name of the files, and they are turned upright';
  }
  const lying = lyingOf(orientationOf(meansOf(dataset), width, height));
  if (!lying) return undefined;
  const { best } = lying;
  const advice = [
    ...(best.orientation === 'as they are' ? [] : ['turn them upright']),
    ...(best.inverted ? ['invert them'] : []),
  ];
  const emnist =
    best.orientation === 'transposed' ? ' (for EMNIST, put emnist-digits into the name of the files)' : '';
  return `${looksOf(lying)}: a model that is trained on them does not fit others: ${advice.join(' and ')} first${emnist}`;
}

/** The mean pictures of the classes, over some of the examples. */
function meansOf(dataset: Dataset) {
  const inputs = dataset.width * dataset.height;
  const step = Math.max(1, Math.floor(dataset.length / ENOUGH));
  const sums = dataset.classNames.map(() => new Float64Array(inputs));
  const counts = new Uint32Array(sums.length);
  for (let i = 0; i < dataset.length; i += step) {
    const sum = sums[dataset.label(i)]!;
    counts[dataset.label(i)]!++;
    const pixels = dataset.pixels(i);
    for (let p = 0; p < inputs; p++) sum[p]! += pixels[p]!;
  }
  return dataset.classNames.map((name, label) => {
    const training = counts[label]!;
    return { name, training, mean: sums[label]!.map((sum) => sum / Math.max(1, training)) };
  });
}
