import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { DataError, type Dataset } from '@longhand/core';
import {
  FILE_FORMATS,
  gunzip,
  type IdxPair,
  type KnownData,
  knownClassNames,
  numberedClasses,
  readClassNames,
  readIdx,
  readIdxImages,
  readIdxLabels,
  recognizeFile,
} from '@longhand/core/files';
import { findIdxFiles } from './find-idx-files.js';
import { readBytes, unreadable } from './read-bytes.js';

export interface OpenedData {
  readonly training: Dataset;
  /** Absent for a CSV file. */
  readonly test?: Dataset;
  /** For messages: the path. */
  readonly name: string;
}

const EXPECTED = 'a folder with the four IDX files, or a CSV file';
/** The names of the classes, one per line, beside the four files. */
const CLASSES = 'classes.txt';
/** Bytes of a file that are in memory at a time. */
const CHUNK = 1 << 20;

/**
 * Reads the data at the path of `--data`: a folder with the four IDX files, gzipped or not, or a
 * CSV file (`.csv` or `.csv.gz`). The names of the classes of IDX files come from a file
 * `classes.txt`, or are known (MNIST, Fashion-MNIST), or are numbers.
 *
 * @param known the record of the model that the data are for: its classes and columns are expected
 * @throws DataError if something is missing, cannot be read, is damaged, or does not fit `known`
 */
export async function openData(name: string, known?: KnownData): Promise<OpenedData> {
  if (name === '') throw new DataError(`--data: the name is empty: expected ${EXPECTED}`);
  const status = await stat(name).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new DataError(`${name}: no such file or folder: expected ${EXPECTED}`);
    throw unreadable(error, name, EXPECTED);
  });
  if (status.isDirectory()) return openFolder(name, known);
  return openFile(name, known);
}

async function openFolder(name: string, known: KnownData | undefined): Promise<OpenedData> {
  const entries = await readdir(name, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(error, name, EXPECTED);
  });
  const names = entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
  const files = findIdxFiles(names, name);
  const [trainingPair, testPair] = await Promise.all([
    openPair(path.join(name, files.trainingImages), path.join(name, files.trainingLabels)),
    openPair(path.join(name, files.testImages), path.join(name, files.testLabels)),
  ]);
  const { labels, labelsName } = trainingPair;
  const classNames = names.includes(CLASSES)
    ? await openClassNames(path.join(name, CLASSES))
    : ((await knownClassNames(labels)) ??
      known?.classNames ??
      numberedClasses(readIdxLabels(labels, labelsName), labelsName));
  for (const { images, imagesName } of [trainingPair, testPair]) {
    if (readIdxImages(images, imagesName).pixels.length === 0)
      throw new DataError(`${imagesName}: contains no pictures: expected at least one`);
  }
  const training = readIdx({ ...trainingPair, classNames });
  const test = readIdx({ ...testPair, classNames });
  if (test.width !== training.width || test.height !== training.height) {
    throw new DataError(
      `${name}: the training pictures are ${training.width} × ${training.height}, the test pictures ${test.width} × ${test.height}: do the files belong together?`,
    );
  }
  return { training, test, name };
}

async function openClassNames(name: string): Promise<readonly string[]> {
  return readClassNames(new TextDecoder().decode(await readBytes(name, 'names, one per line')), name);
}

async function openPair(imagesName: string, labelsName: string): Promise<IdxPair> {
  const [images, labels] = await Promise.all([unpacked(imagesName), unpacked(labelsName)]);
  return { images, imagesName, labels, labelsName };
}

async function unpacked(file: string): Promise<Uint8Array> {
  return gunzip(await readBytes(file, 'an IDX file'), file);
}

async function openFile(name: string, known: KnownData | undefined): Promise<OpenedData> {
  const open = (): AsyncIterable<Uint8Array> => createReadStream(name, { highWaterMark: CHUNK });
  try {
    const { format, chunks } = await recognizeFile(FILE_FORMATS, open, name);
    if (format?.kind === 'dataset') return { training: await format.read(chunks(), name, known), name };
    const found = format ? `, found ${format.label}` : '';
    const isIdx = format?.kind === 'images' || format?.kind === 'labels';
    const advice = isIdx ? `: name its folder, ${path.dirname(name)}` : '';
    throw new DataError(`${name}: expected ${EXPECTED} (.csv or .csv.gz)${found}${advice}`);
  } catch (error) {
    throw unreadable(error, name, 'a CSV file');
  }
}
