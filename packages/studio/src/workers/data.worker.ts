// Reads the user's own dataset outside the page's thread: a CSV file of MNIST's size takes seconds.
import { DataError } from '@longhand/core';
import { packDataset } from '@longhand/core/files';
import { type InputFile, type ReadData, readData } from '@longhand/formats/data';
import type { PathFile } from '../files/path-file.js';
import type { Call } from './calls.js';
import type { PackedDigits } from './packed-dataset.js';
import { serve, withTransfer } from './serve.js';

export interface DataRequest {
  readonly files: readonly PathFile[];
  /** Chooses the test set if the files have none. */
  readonly seed: number;
}

export interface OpenedData {
  readonly digits: PackedDigits;
  /** What was done with the files, in sentences to show. */
  readonly notes: readonly string[];
}

/** If there is no test set, one example in so many goes into it, as in MNIST. */
const TEST_SHARE = 7;
/** Time between two progress reports, in ms. */
const REPORT_MS = 50;
/** A larger file is read in parts, in bytes. */
const WHOLE = 1 << 20;

const methods = {
  /** Reads a dataset; reports how far it has come, 0–1. */
  async read({ files, seed }: DataRequest, { report }: Call<number>): Promise<OpenedData> {
    return finish(await readData(files.map(inputOf), { onProgress: atIntervals(report) }), seed);
  },
};

export type DataMethods = typeof methods;

serve(methods);

/** Passes on no more reports than a person can see. */
function atIntervals(report: (share: number) => void): (share: number) => void {
  let reported = 0;
  return (share) => {
    const now = performance.now();
    if (now - reported < REPORT_MS) return;
    reported = now;
    report(share);
  };
}

function inputOf({ path, file }: PathFile): InputFile {
  return {
    path,
    size: file.size,
    async *open() {
      try {
        if (file.size <= WHOLE) yield new Uint8Array(await file.arrayBuffer());
        else yield* chunksOf(file);
      } catch (error) {
        if (!(error instanceof DOMException)) throw error;
        throw new DataError(`${path}: the file cannot be read: is it still there?`);
      }
    },
  };
}

async function* chunksOf(file: File): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    await reader.cancel();
  }
}

/**
 * Splits off a test set if there is none, and puts the data into memory that workers can share,
 * where the browser allows it.
 */
function finish({ training: all, test: own, notes, warnings = [] }: ReadData, seed: number): OpenedData {
  if (!all) throw new DataError('these data have no labels: the page needs to know what they show');
  if (own && (own.width !== all.width || own.height !== all.height)) {
    throw new DataError(
      `the training pictures are ${all.width} × ${all.height}, the test pictures ${own.width} × ${own.height}: do the files belong together?`,
    );
  }
  let [training, test] = [all, own];
  const told = [...warnings, ...notes];
  if (!test) {
    const dev = Math.max(1, Math.round(all.length / TEST_SHARE));
    ({ training, dev: test } = all.split({ dev, seed }));
    told.push(`One in ${TEST_SHARE} is drawn for the test set, by seed ${seed}.`);
  }
  const memory = { shared: crossOriginIsolated };
  const digits = { training: packDataset(training, memory), test: packDataset(test, memory) };
  const buffers = [digits.training, digits.test].flatMap(({ pixels, labels }) => [
    pixels.buffer,
    labels.buffer,
  ]);
  return withTransfer({ digits, notes: told }, buffers);
}
