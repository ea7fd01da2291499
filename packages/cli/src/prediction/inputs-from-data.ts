import type { Dataset, Feature, ModelFile } from '@longhand/core';
import { DataError } from '@longhand/core/errors';
import { percent } from '@longhand/core/text';
import type { ReadData, Unlabeled } from '@longhand/formats/data';
import { announce, type Taken } from '../data/announce.js';
import type { ReadingFlags } from '../data/open-data.js';
import { startProgress } from '../terminal/progress.js';
import { checkFitsModel } from '../test-set.js';
import type { PredictionInput } from './inputs.js';

/** Examples to be answered, and whether their labels are known. */
export interface DataInputs {
  readonly inputs: PredictionInput[];
  readonly isLabeled: boolean;
  /** Of a table: its columns. */
  readonly features: readonly Feature[] | undefined;
  /** What was taken from the files. */
  readonly taken: Taken;
}

/**
 * All examples of data, with labels or without: of data with a test set, those of the test set.
 *
 * @param data the path of the data
 * @param file the model's, for the errors
 * @throws DataError if the data cannot be read, or do not fit the model
 */
export async function inputsFromData(
  data: string,
  file: string,
  model: ModelFile,
  { quiet = false, ...flags }: ReadingFlags,
): Promise<DataInputs> {
  const { openDataOfAnyKind, readingOptions } = await import('../data/open-data.js');
  const progress = await startProgress({ total: 1, quiet, hasLastLine: false });
  let read: ReadData;
  try {
    read = await openDataOfAnyKind(data, model.record, {
      ...readingOptions(flags),
      unlabeled: true,
      onProgress: (share) => progress.update(share, () => `reading ${data}: ${percent(share, 0)}`),
    });
  } finally {
    progress.end();
  }
  const { kind, label, ignored, notes, warnings } = read;
  const taken: Taken = {
    ...{ kind, notes },
    ...(label !== undefined && { label }),
    ...(ignored && { ignored }),
    ...(warnings && { warnings }),
  };
  if (read.unlabeled) {
    checkFits(read.unlabeled, data, file, model);
    announce(data, taken, quiet);
    const { features } = read.unlabeled;
    return { inputs: inputsOf(read.unlabeled), isLabeled: false, taken, features };
  }
  const dataset = (read.test ?? read.training)!;
  checkFitsModel({ dataset, name: data }, file, model);
  announce(data, taken, quiet);
  return { inputs: inputsOfDataset(dataset), isLabeled: true, taken, features: dataset.features };
}

function inputsOf({ pixels, width, height, names }: Unlabeled): PredictionInput[] {
  const size = width * height;
  return Array.from({ length: pixels.length / size }, (_, index) => {
    const own = pixels.subarray(index * size, (index + 1) * size);
    return names ? { file: names[index]!, pixels: own } : { index, pixels: own };
  });
}

function inputsOfDataset(dataset: Dataset): PredictionInput[] {
  return Array.from({ length: dataset.length }, (_, index) => ({
    index,
    label: dataset.label(index),
    pixels: dataset.pixels(index),
  }));
}

/** A row of a table has no height: only the number of its columns has to be right. */
function checkFits(
  { width, height }: Pick<Unlabeled, 'width' | 'height'>,
  data: string,
  file: string,
  { record }: ModelFile,
): void {
  const takes = record.features
    ? `rows of ${record.features.length} columns`
    : `pictures of ${record.width} × ${record.height}`;
  const isRow = height === 1 || record.height === 1;
  const fits = isRow
    ? width * height === record.width * record.height
    : width === record.width && height === record.height;
  if (fits) return;
  const found = height === 1 ? `rows of ${width} columns` : `pictures of ${width} × ${height}`;
  throw new DataError(`${data}: ${found}, but ${file} takes ${takes}`);
}
