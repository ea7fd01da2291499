import { readCsv } from '../data/csv/read-csv.js';
import { gunzipStream, isGzip } from '../data/gzip.js';
import { readIdxImages, readIdxLabels } from '../data/idx.js';
import { decodeCheckpoint, encodeCheckpoint, isCheckpoint } from './checkpoint.js';
import type { FileFormat } from './file-format.js';
import { decodeModel, encodeModel } from './model.js';
import { isSafetensors } from './safetensors.js';

/** Unsigned bytes in so many dimensions (http://yann.lecun.com/exdb/mnist). */
const isIdx = (head: Uint8Array, ...dimensions: readonly number[]) =>
  head[0] === 0 && head[1] === 0 && head[2] === 8 && dimensions.includes(head[3]!);

/**
 * The file formats, a row each: how a file is recognized, read and written. Among formats that look
 * alike, the more special one comes first.
 */
export const FILE_FORMATS = [
  {
    kind: 'images',
    name: 'idx-images',
    label: 'an IDX file of pictures',
    fileName: /[-.]idx[23]([-.][^/\\]*)?$|images[^/\\]*[-.]ubyte$/i,
    hasSignature: (head: Uint8Array) => isIdx(head, 2, 3),
    read: readIdxImages,
  },
  {
    kind: 'labels',
    name: 'idx-labels',
    label: 'an IDX file of labels',
    fileName: /[-.]idx1([-.][^/\\]*)?$|[-.]ubyte$/i,
    hasSignature: (head: Uint8Array) => isIdx(head, 1),
    read: readIdxLabels,
  },
  { kind: 'dataset', name: 'csv', label: 'a CSV file', fileName: /\.csv$/i, read: readCsv },
  {
    kind: 'model',
    name: 'model',
    label: 'a model',
    fileName: /\.safetensors$/i,
    hasSignature: (head: Uint8Array) => isSafetensors(head) && !isCheckpoint(head),
    read: decodeModel,
    write: encodeModel,
  },
  {
    kind: 'checkpoint',
    name: 'checkpoint',
    label: 'a checkpoint',
    fileName: /\.safetensors$/i,
    hasSignature: isCheckpoint,
    read: decodeCheckpoint,
    write: encodeCheckpoint,
  },
  {
    kind: 'compression',
    name: 'gzip',
    label: 'a gzip file',
    fileName: /\.gz$/i,
    hasSignature: isGzip,
    unpack: gunzipStream,
  },
] as const satisfies readonly FileFormat[];

/** The name of a file format. */
export type FormatName = (typeof FILE_FORMATS)[number]['name'];
