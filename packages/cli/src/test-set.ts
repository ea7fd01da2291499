import {
  createRandom,
  DataError,
  type Dataset,
  type Model,
  type ModelRecord,
  permutation,
  settingNamed,
} from '@longhand/core';
import { wholeNumber } from './whole-number.js';

/** Of a longer list of classes an error shows so many. */
const NAMES_SHOWN = 3;

export interface NamedDataset {
  readonly dataset: Dataset;
  /** For messages: `the MNIST test set`, or the path. */
  readonly name: string;
}

/**
 * What to judge a model by: MNIST's test set or, of other data, the test set or else every example, read as the model's own data were.
 *
 * @param file of the model, for the errors
 * @throws DataError when the data cannot be read, or do not fit the model
 */
export async function openTestSet(
  data: string | undefined,
  file: string,
  model: Model,
): Promise<NamedDataset> {
  const opened = await openAny(data, model.record);
  checkFitsModel(opened, file, model);
  return opened;
}

/** The test set that comes with the command. */
export async function openMnistTest(): Promise<NamedDataset> {
  const { mnistTest } = await import('@longhand/mnist');
  return { dataset: await mnistTest(), name: 'the MNIST test set' };
}

/** The same before it is known whether it fits a model; of a CSV file, every row. */
export async function openAny(data: string | undefined, record?: ModelRecord): Promise<NamedDataset> {
  if (data === undefined) return openMnistTest();
  const { openData } = await import('./data/open-data.js');
  const { training, test, name } = await openData(data, record);
  return { dataset: test ?? training, name };
}

/**
 * So many of the examples, drawn by a seed, in their own order.
 *
 * @throws UsageError when there are not so many
 */
export function drawExamples(
  { dataset, name }: NamedDataset,
  wanted: string,
  seed = settingNamed('seed').default as number,
): NamedDataset {
  const count = wholeNumber('--examples', wanted, 1, dataset.length);
  const drawn = permutation(dataset.length, createRandom(seed, 'examples')).subarray(0, count);
  return { dataset: dataset.select(drawn.toSorted()), name: `${name}, drawn by seed ${seed}` };
}

/** @throws DataError when the pictures are not of the size, or the classes not those, that the model takes */
export function checkFitsModel({ dataset, name }: NamedDataset, file: string, { record }: Model): void {
  if (dataset.width !== record.width || dataset.height !== record.height) {
    throw new DataError(
      `${name}: pictures of ${dataset.width} × ${dataset.height}, but ${file} was trained on ${record.width} × ${record.height}: give its own data with --data`,
    );
  }
  if (record.features && !dataset.features) {
    throw new DataError(
      `${name}: bytes without columns, but ${file} was trained on ${record.features.length} columns of a CSV file: give one with --data`,
    );
  }
  const [found, answers] = [dataset.classNames, record.classNames];
  if (found.length === answers.length && found.every((className, label) => className === answers[label]))
    return;
  throw new DataError(
    `${name}: ${found.length} classes (${some(found)}), but ${file} answers one of ${answers.length} (${some(answers)}): give its own data with --data`,
  );
}

/** The first of the names. */
function some(names: readonly string[]): string {
  return `${names.slice(0, NAMES_SHOWN).join(', ')}${names.length > NAMES_SHOWN ? ', …' : ''}`;
}
