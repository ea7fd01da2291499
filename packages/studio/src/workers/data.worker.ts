// Reads the user's own dataset outside the page's thread: a CSV file of MNIST's size takes seconds.
import { DataError, Dataset } from '@longhand/core';
import {
  gunzip,
  gunzipStream,
  type IdxPair,
  knownClassNames,
  numberedClasses,
  packDataset,
  readClassNames,
  readCsv,
  readIdx,
  readIdxLabels,
} from '@longhand/core/files';
import type { Picture } from '@longhand/core/pictures';
import { baseOf, type PathFile } from '../files/path-file.js';
import { takePictures } from '../files/pictures.js';
import type { DataPlan, IdxFiles, PictureFile } from '../files/plan.js';
import type { Call } from './calls.js';
import type { PackedDigits } from './packed-dataset.js';
import { serve, withTransfer } from './serve.js';

export interface DataRequest {
  readonly plan: DataPlan<PathFile>;
  /** Chooses the test set if the files have none. */
  readonly seed: number;
}

export interface OpenedData {
  readonly digits: PackedDigits;
  /** What was done with the files, in clauses to show. */
  readonly how: readonly string[];
}

/** If there is no test set, one example in so many goes into it, as in MNIST. */
const TEST_SHARE = 7;
/** Time between two progress reports, in ms. */
const REPORT_MS = 50;

interface ReadData {
  readonly training: Dataset;
  readonly test?: Dataset;
  readonly how: readonly string[];
}

const methods = {
  /** Reads a dataset; reports how far it has come, 0–1. */
  async read({ plan, seed }: DataRequest, { report }: Call<number>): Promise<OpenedData> {
    return finish(await read(plan, atIntervals(report)), seed);
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

function read(plan: DataPlan<PathFile>, report: (share: number) => void): Promise<ReadData> {
  switch (plan.kind) {
    case 'idx':
      return readIdxFiles(plan);
    case 'csv':
      return readCsvFiles(plan, report);
    case 'pictures':
      return readPictureFiles(plan, report);
  }
}

/**
 * Splits off a test set if there is none, and puts the data into memory that workers can share,
 * where the browser allows it.
 */
function finish({ training: all, test: own, how }: ReadData, seed: number): OpenedData {
  if (own && (own.width !== all.width || own.height !== all.height)) {
    throw new DataError(
      `the training pictures are ${all.width} × ${all.height}, the test pictures ${own.width} × ${own.height}: do the files belong together?`,
    );
  }
  let [training, test] = [all, own];
  const told = [...how];
  if (!test) {
    const dev = Math.max(1, Math.round(all.length / TEST_SHARE));
    ({ training, dev: test } = all.split({ dev, seed }));
    told.push(`one in ${TEST_SHARE} drawn for the test set, by seed ${seed}`);
  }
  const memory = { shared: crossOriginIsolated };
  const digits = { training: packDataset(training, memory), test: packDataset(test, memory) };
  const buffers = [digits.training, digits.test].flatMap(({ pixels, labels }) => [
    pixels.buffer,
    labels.buffer,
  ]);
  return withTransfer({ digits, how: told }, buffers);
}

async function readIdxFiles({
  training,
  test,
  classes,
}: Extract<DataPlan<PathFile>, { kind: 'idx' }>): Promise<ReadData> {
  const [trainingBytes, testBytes] = await Promise.all([unpackedPair(training), test && unpackedPair(test)]);
  const { labels, labelsName } = trainingBytes;
  const classNames = classes
    ? readClassNames(await classes.file.text(), baseOf(classes.path))
    : ((await knownClassNames(labels)) ?? numberedClasses(readIdxLabels(labels, labelsName), labelsName));
  return {
    training: readIdx({ ...trainingBytes, classNames }),
    ...(testBytes && { test: readIdx({ ...testBytes, classNames }) }),
    how: [],
  };
}

async function unpackedPair({ images, labels }: IdxFiles<PathFile>): Promise<IdxPair> {
  const [imageBytes, labelBytes] = await Promise.all([unpacked(images), unpacked(labels)]);
  return {
    images: imageBytes,
    imagesName: baseOf(images.path),
    labels: labelBytes,
    labelsName: baseOf(labels.path),
  };
}

async function unpacked({ file, path }: PathFile): Promise<Uint8Array> {
  return gunzip(new Uint8Array(await file.arrayBuffer()), baseOf(path));
}

async function readCsvFiles(
  { training, test }: Extract<DataPlan<PathFile>, { kind: 'csv' }>,
  report: (share: number) => void,
): Promise<ReadData> {
  const total = training.file.size + (test?.file.size ?? 0);
  let loaded = 0;
  const open = ({ file, path }: PathFile, known?: Dataset) => {
    const chunks = chunksOf(file, (bytes) => {
      loaded += bytes;
      report(loaded / total);
    });
    return readCsv(gunzipStream(chunks, baseOf(path)), baseOf(path), known);
  };
  const first = await open(training);
  return { training: first, ...(test && { test: await open(test, first) }), how: [] };
}

async function* chunksOf(file: File, onBytes: (count: number) => void): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    onBytes(part.value.length);
    yield part.value;
  }
}

async function readPictureFiles(
  { training, test = [], classNames }: Extract<DataPlan<PathFile>, { kind: 'pictures' }>,
  report: (share: number) => void,
): Promise<ReadData> {
  const all: readonly PictureFile<PathFile>[] = [...training, ...test];
  const { width, height, pixels, how } = await takePictures(
    all.map(({ file }) => file.path),
    (k) => decode(all[k]!.file),
    report,
  );
  const labels = Uint8Array.from(all, ({ label }) => label);
  const both = new Dataset({ pixels, labels, width, height, classNames });
  return {
    training: both.slice(0, training.length),
    ...(test.length > 0 && { test: both.slice(training.length, all.length) }),
    how: [how],
  };
}

/** A picture as the browser reads it, turned the way up that its file says. */
async function decode({ file, path }: PathFile): Promise<Picture> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new DataError(`${path}: the browser cannot read this picture: is the file damaged?`);
  }
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { width, height, channels: 4, data: context.getImageData(0, 0, width, height).data };
}
