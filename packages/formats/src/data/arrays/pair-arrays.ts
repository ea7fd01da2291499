import { DataError } from '@longhand/core';
import { MAX_CLASSES } from '@longhand/core/files';
import { type Part, partOf } from '../part-of.js';
import type { ArraySource } from './array-source.js';

/** Pictures and their labels. */
export interface Pair {
  readonly pictures: ArraySource;
  readonly labels: ArraySource | undefined;
}

/** What the arrays are, a pair for each part. */
export interface Pairs {
  readonly training: Pair;
  readonly test?: Pair;
  readonly notes: readonly string[];
}

/** What labels are called. */
export const LABEL_WORD = /label|target|class|(^|[^a-z])y([^a-z]|$)/i;

/**
 * Which arrays are pictures, which are their labels, and what they are for. Shape and type decide, and then names.
 *
 * @param label the name of the array of labels, if it was given
 * @param unlabeled whether pictures alone are accepted
 * @throws DataError naming what is missing or there are two of
 */
export function pairArrays(
  all: readonly ArraySource[],
  { label, unlabeled = false }: { readonly label?: string | undefined; readonly unlabeled?: boolean },
): Pairs {
  const arrays = withoutCopies(all);
  const given = label === undefined ? undefined : arrays.filter(({ title }) => title === label);
  if (given?.length === 0) {
    const names = arrays.map(({ title }) => title).join(', ');
    throw new DataError(`${arrays[0]!.path}: no array ${JSON.stringify(label)}: expected one of ${names}`);
  }
  const labels = arrays.filter((one) => (given ? given.includes(one) : areLabels(one, arrays)));
  const pictures = arrays.filter(
    (one) => !labels.includes(one) && one.shape.length >= 2 && one.type !== 'text',
  );
  const [first] = pictures;
  if (!first) {
    throw new DataError(`${arrays[0]!.name}: these are labels: the pictures that belong to them are missing`);
  }
  const parts = (['training', 'test', 'validation'] as const).flatMap((part) => {
    const pair = pairOf(part, pictures, labels, unlabeled);
    return pair ? [[part, pair] as const] : [];
  });
  const of = (part: Part) => parts.find(([name]) => name === part)?.[1];
  const training = of('training') ?? of('test') ?? of('validation');
  if (!training) throw missingLabels(first);
  const test = of('test') ?? of('validation');
  const left = of('test') && of('training') ? of('validation') : undefined;
  const notes = left ? [`${left.pictures.name}: is not used: there is a test set, too`] : [];
  return { training, notes, ...(test && test !== training && { test }) };
}

/** A name without a part is of the training set, and of every other that has no own. */
function pairOf(
  part: Part,
  pictures: readonly ArraySource[],
  labels: readonly ArraySource[],
  unlabeled: boolean,
): Pair | undefined {
  const own = (one: ArraySource) => (partOf(one.title) ?? 'training') === part;
  const [picture, second] = pictures.filter(own);
  if (!picture) {
    const [alone] = labels.filter(own);
    if (!alone || pictures.some(({ shape }) => shape[0] === alone.shape[0])) return undefined;
    throw new DataError(`${alone.name}: the pictures that belong to these labels are missing`);
  }
  if (second) {
    throw new DataError(
      `${picture.name} and ${second.name}: two files of pictures for the same ${part} set: give the files of one dataset`,
    );
  }
  // A pair alone need not say which part it is.
  const candidates = labels.filter(own);
  const fitting = candidates.length > 0 || pictures.length > 1 ? candidates : labels;
  const [label, other] = fitting.length > 1 ? fitting.filter(({ title }) => LABEL_WORD.test(title)) : fitting;
  if (other ?? (fitting.length > 1 && !label)) {
    const names = fitting.map(({ title }) => title).join(', ');
    throw new DataError(`${picture.name}: the labels may be ${names}: name the array with --label NAME`);
  }
  if (!label) {
    if (unlabeled) return { pictures: picture, labels: undefined };
    throw missingLabels(picture);
  }
  if (label.shape[0] !== picture.shape[0]) {
    throw new DataError(
      `${label.name}: ${label.shape[0]} labels, but ${picture.name} has ${picture.shape[0]} pictures: do the files belong together?`,
    );
  }
  return { pictures: picture, labels: label };
}

function missingLabels({ name }: ArraySource): DataError {
  return new DataError(
    `${name}: the labels that belong to these pictures are missing: give both files, or their folder`,
  );
}

function areLabels({ shape, title }: ArraySource, all: readonly ArraySource[]): boolean {
  if (shape.length === 1) return true;
  if (shape.length !== 2) return false;
  const columns = shape[1]!;
  if (columns === 1) return true;
  const hasOther = all.some((other) => other.title !== title && other.shape.length > 1);
  return hasOther && columns <= MAX_CLASSES && LABEL_WORD.test(title);
}

/** Of a file and its gzip, the first. */
function withoutCopies(arrays: readonly ArraySource[]): ArraySource[] {
  const seen = new Set<string>();
  return arrays.filter(({ name, shape }) => {
    const key = `${name} ${shape}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
