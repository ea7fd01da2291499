import type { Dataset } from '@longhand/core';
import { DataError } from '@longhand/core/errors';
import type { KnownData } from '@longhand/core/files';
import { type DataOptions, type ReadData, readData } from '@longhand/formats/data';
import type { Taken } from './announce.js';
import { fileBeside, filesBeside } from './files-below.js';
import { filesOf, isBuiltin } from './named-files.js';
import { classesAdvice } from './of-another-program.js';

export interface OpenedData extends Taken {
  readonly training: Dataset;
  /** Absent where the data have none, such as one CSV file. */
  readonly test?: Dataset;
  /** For messages: the path. */
  readonly name: string;
}

const EXPECTED = 'a file or folder of data';

/** The flags that say how data are read. */
export interface ReadingFlags extends Pick<DataOptions, 'label' | 'ignore' | 'strict'> {
  readonly quiet?: boolean;
}

/**
 * Reads the data at the path of `--data`, whatever they are, or those that have this name: see docs/data.md.
 *
 * @param known the record of the model that the data are for: its classes and columns are expected
 * @throws DataError if something is missing, cannot be read, is damaged, or does not fit `known`
 */
export async function openData(
  name: string,
  known?: KnownData,
  flags: ReadingFlags = {},
): Promise<OpenedData> {
  const { training, ...read } = await openDataOfAnyKind(name, known, readingOptions(flags));
  if (!training) throw new DataError(`${name}: these data have no labels: they can only be predicted`);
  return { ...read, training, name };
}

/** What the flags say of how data are read. */
export function readingOptions({ label, ignore, strict }: ReadingFlags): DataOptions {
  return {
    ...(label !== undefined && { label }),
    ...(ignore && { ignore }),
    ...(strict !== undefined && { strict }),
  };
}

/** The same for data that may have no labels. */
export async function openDataOfAnyKind(
  name: string,
  known?: KnownData,
  options: DataOptions = {},
): Promise<ReadData> {
  if (name === '') throw new DataError(`--data: the name is empty: expected ${EXPECTED}`);
  if (await isBuiltin(name)) {
    const { mnist } = await import('@longhand/mnist');
    return { ...(await mnist()), kind: 'idx', notes: [] };
  }
  const files = await filesOf(name, EXPECTED);
  const read = readData(files, {
    ...options,
    ...(known && { known }),
    openListed: (path) => fileBeside(name, path),
    // What is only predicted needs no labels.
    ...(!(known && options.unlabeled) && { beside: (isWanted) => filesBeside(name, isWanted) }),
  });
  return read.catch((error: unknown) => {
    const isOfLabel = error instanceof DataError && /\blabel\b/.test(error.message);
    throw isOfLabel && known ? new DataError(`${error.message}${classesAdvice(known)}`) : error;
  });
}
