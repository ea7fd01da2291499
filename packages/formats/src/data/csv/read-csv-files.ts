import { DataError } from '@longhand/core';
import type { KnownFile } from '../../recognize/known-file.js';
import { MAX_RATIO, mostUnpacked } from '../../source/gunzipped.js';
import { baseOf, type InputFile } from '../../source/input-file.js';
import { partOf } from '../part-of.js';
import type { DataOptions, ReadData } from '../read-result.js';
import { readTable } from './read-table.js';

/** Reads one table in text, or two of which one is the test set by its name. */
export async function readCsvFiles(files: readonly KnownFile[], options: DataOptions): Promise<ReadData> {
  const tables = files.filter(({ kind }) => kind?.name === 'csv');
  const isTest = ({ path }: KnownFile) => partOf(baseOf(path)) === 'test';
  const tests = tables.length > 1 ? tables.filter(isTest) : [];
  const trainings = tables.filter((file) => !tests.includes(file));
  const [training] = trainings;
  if (!training || trainings.length > 1 || tests.length > 1) {
    const names = tables.map(({ path }) => path).slice(0, 4);
    throw new DataError(
      `${names.join(', ')}: expected one CSV file, or two of which one is named train and the other test`,
    );
  }
  for (const { path, packed, size } of [training, ...tests]) {
    if (packed === undefined || size === undefined || size <= mostUnpacked(packed)) continue;
    throw new DataError(
      `${path}: unpacks to more than ${MAX_RATIO} times its size: if that is right, unpack it yourself`,
    );
  }
  return readTables(training, tests[0], options);
}

/** Reads a table, and the table of its test set in the same way. */
export async function readTables(
  training: InputFile,
  test: InputFile | undefined,
  options: DataOptions,
): Promise<ReadData> {
  const { dataset, unlabeled, label, notes, warnings } = await readTable(training, options);
  const told = { kind: 'csv', notes, warnings, ...(label && { label }) };
  if (!dataset) return { ...told, ...(unlabeled && { unlabeled }) };
  if (!test) return { ...told, training: dataset };
  const second = await readTable(
    test,
    { ...options, ...(label && !label.includes('–') && { label }), known: dataset },
    true,
  );
  return { ...told, training: dataset, ...(second.dataset && { test: second.dataset }) };
}
