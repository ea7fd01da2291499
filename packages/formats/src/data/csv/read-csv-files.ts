import { DataError } from '@longhand/core';
import { type KnownData, readCsv } from '@longhand/core/files';
import type { KnownFile } from '../../recognize/known-file.js';
import { partOf } from '../part-of.js';
import type { DataOptions, ReadData } from '../read-result.js';

/** Reads one CSV file, or two of which one is the test set by its name. */
export async function readCsvFiles(files: readonly KnownFile[], options: DataOptions): Promise<ReadData> {
  const tables = files.filter(({ kind }) => kind?.name === 'csv');
  const test = tables.length > 1 ? tables.filter(({ path }) => partOf(path) === 'test') : [];
  const training = tables.filter((file) => !test.includes(file));
  if (training.length !== 1 || test.length > 1) {
    const names = tables.map(({ path }) => path).join(', ');
    throw new DataError(
      `${names}: expected one CSV file, or two of which one is named train and the other test`,
    );
  }
  const read = (file: KnownFile, known: KnownData | undefined) => readCsv(file.open(), file.path, known);
  const first = await read(training[0]!, options.known);
  return {
    kind: 'csv',
    notes: [],
    training: first,
    ...(test[0] && { test: await read(test[0], first) }),
  };
}
