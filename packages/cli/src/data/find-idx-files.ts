import { DataError } from '@longhand/core';

/** The names of the four IDX files of a dataset in MNIST's form. */
export interface IdxFiles {
  readonly trainingImages: string;
  readonly trainingLabels: string;
  readonly testImages: string;
  readonly testLabels: string;
}

/** MNIST's names. Elsewhere the second `-` may be a `.`, and gzip adds its ending. */
const ORIGINALS: IdxFiles = {
  trainingImages: 'train-images-idx3-ubyte',
  trainingLabels: 'train-labels-idx1-ubyte',
  testImages: 't10k-images-idx3-ubyte',
  testLabels: 't10k-labels-idx1-ubyte',
};

/**
 * Finds the four files in a folder, unpacked ones before gzipped ones.
 *
 * @param names of the files in the folder
 * @param folder for the error
 * @throws DataError with every file that is missing, and the names it may have
 */
export function findIdxFiles(names: readonly string[], folder: string): IdxFiles {
  const present = new Set(names);
  const missing: string[] = [];
  const find = (original: string): string => {
    const found = namesOf(original).find((name) => present.has(name));
    if (found === undefined) missing.push(original);
    return found ?? original;
  };
  const files: IdxFiles = {
    trainingImages: find(ORIGINALS.trainingImages),
    trainingLabels: find(ORIGINALS.trainingLabels),
    testImages: find(ORIGINALS.testImages),
    testLabels: find(ORIGINALS.testLabels),
  };
  if (missing.length > 0) {
    const other = missing.map((original) => original.replace('-idx', '.idx')).join(', ');
    throw new DataError(
      `${folder}: expected the four IDX files of a dataset, found no ${missing.join(', ')} (nor ${other}, nor either with .gz)`,
    );
  }
  return files;
}

function namesOf(original: string): string[] {
  // Rows instead of pictures have one dimension less.
  return [original, original.replace('idx3', 'idx2')].flatMap((name) => {
    const dotted = name.replace('-idx', '.idx');
    return [name, dotted, `${name}.gz`, `${dotted}.gz`];
  });
}
