import type { Dataset, ModelFile, ModelRecord } from '@longhand/core';
import { DataError } from '@longhand/core/errors';
import { createRandom, permutation } from '@longhand/core/maths';
import { settingNamed } from '@longhand/core/settings';
import { announce, type Taken } from './data/announce.js';
import { classesAdvice } from './data/of-another-program.js';
import type { ReadingFlags } from './data/open-data.js';
import { wholeNumber } from './whole-number.js';

/** How many classes of a longer list an error shows. */
const NAMES_SHOWN = 3;

export interface NamedDataset {
  readonly dataset: Dataset;
  /** What was taken from the files of `--data`. */
  readonly taken?: Taken;
  /** For messages: `the MNIST test set`, or the path. */
  readonly name: string;
}

/**
 * The examples to test a model with: MNIST's test set or, of other data, their test set or else
 * every example, read as the model's own data were.
 *
 * @param file the model's, for the errors
 * @throws DataError if the data cannot be read, or do not fit the model
 */
export async function openTestSet(
  data: string | undefined,
  file: string,
  model: ModelFile,
  flags: ReadingFlags = {},
): Promise<NamedDataset> {
  const opened = await openAny(data, model.record, flags);
  checkFitsModel(opened, file, model);
  announce(opened.name, opened.taken, flags.quiet);
  return opened;
}

/** The test set that comes with the command. */
export async function openMnistTest(): Promise<NamedDataset> {
  const { mnistTest } = await import('@longhand/mnist');
  return { dataset: await mnistTest(), name: 'the MNIST test set' };
}

/** The same, without checking that it fits a model. Of a CSV file, every row. */
export async function openAny(
  data: string | undefined,
  record?: ModelRecord,
  flags: ReadingFlags = {},
): Promise<NamedDataset> {
  if (data === undefined) return openMnistTest();
  const { openData } = await import('./data/open-data.js');
  const { training, test, name, ...taken } = await openData(data, record, flags);
  return { dataset: test ?? training, name, taken };
}

/**
 * Some of the examples, drawn at random with a seed, in their original order.
 *
 * @throws UsageError if there are fewer
 */
export function drawExamples(
  { dataset, name, taken }: NamedDataset,
  wanted: string,
  seed = settingNamed('seed').default as number,
): NamedDataset {
  const count = wholeNumber('--examples', wanted, 1, dataset.length);
  const drawn = permutation(dataset.length, createRandom(seed, 'examples')).subarray(0, count);
  return {
    dataset: dataset.select(drawn.toSorted()),
    name: `${name}, drawn with seed ${seed}`,
    ...(taken && { taken }),
  };
}

/** @throws DataError if the size of the pictures or the classes are not the model's */
export function checkFitsModel({ dataset, name }: NamedDataset, file: string, { record }: ModelFile): void {
  if (dataset.width !== record.width || dataset.height !== record.height) {
    throw new DataError(
      `${name}: pictures of ${dataset.width} × ${dataset.height}, but ${file} was trained on ${record.width} × ${record.height}: pass its own data with --data`,
    );
  }
  if (record.features && !dataset.features) {
    throw new DataError(
      `${name}: has no named columns, but ${file} was trained on ${record.features.length} columns of a CSV file: pass one with --data`,
    );
  }
  const [found, answers] = [dataset.classNames, record.classNames];
  if (found.length === answers.length && found.every((className, label) => className === answers[label]))
    return;
  throw new DataError(
    `${name}: ${found.length} classes (${some(found)}), but ${file} knows ${answers.length} (${some(answers)})${classesAdvice(record) || ': pass its own data with --data'}`,
  );
}

/** The first few of the names. */
function some(names: readonly string[]): string {
  return `${names.slice(0, NAMES_SHOWN).join(', ')}${names.length > NAMES_SHOWN ? ', …' : ''}`;
}
