import type { KnownData } from '../data/csv/known-data.js';
import type { Dataset } from '../data/dataset.js';
import type { IdxImages } from '../data/idx.js';
import type { CheckpointFile } from './checkpoint.js';
import type { ModelFile } from './model.js';

/** A file's bytes in chunks, from its start. Each call starts again. */
export type Chunks = () => AsyncIterable<Uint8Array>;

/** What every row of the registry says. */
interface FormatRow {
  /** The name of the format. */
  readonly name: string;
  /** In messages, with an article: `a CSV file`. */
  readonly label: string;
  /**
   * What files of the format are called. It decides where content does not: between formats that look
   * alike, and for formats that have no signature. Folders in front must not matter.
   */
  readonly fileName: RegExp;
  /** Whether the first bytes are those of the format. Formats without a signature, such as CSV, have none. */
  readonly hasSignature?: (head: Uint8Array) => boolean;
}

/** Examples with their labels. A format that needs the whole file collects the chunks itself. */
export interface DatasetFormat extends FormatRow {
  readonly kind: 'dataset';
  /** Reads a dataset; `name` is the file's, for the errors. */
  readonly read: (chunks: AsyncIterable<Uint8Array>, name: string, known?: KnownData) => Promise<Dataset>;
}

/** Pictures whose labels are in another file. */
export interface ImagesFormat extends FormatRow {
  readonly kind: 'images';
  /** Reads the pictures; `name` is the file's, for the errors. */
  readonly read: (bytes: Uint8Array, name: string) => IdxImages;
}

/** The labels of pictures in another file. */
export interface LabelsFormat extends FormatRow {
  readonly kind: 'labels';
  /** Reads the labels; `name` is the file's, for the errors. */
  readonly read: (bytes: Uint8Array, name: string) => Uint8Array;
}

/** A trained network with its record. */
export interface ModelFormat extends FormatRow {
  readonly kind: 'model';
  /** Reads a model; `name` is the file's, for the errors. */
  readonly read: (bytes: Uint8Array, name: string) => ModelFile;
  /** The bytes of the file. */
  readonly write: (model: ModelFile) => Uint8Array;
}

/** The state of a run that goes on later. */
export interface CheckpointFormat extends FormatRow {
  readonly kind: 'checkpoint';
  /** Reads a checkpoint; `name` is the file's, for the errors. */
  readonly read: (bytes: Uint8Array, name: string) => Promise<CheckpointFile>;
  /** The bytes of the file. */
  readonly write: (checkpoint: CheckpointFile) => Promise<Uint8Array>;
}

/** A file around another file. */
export interface CompressionFormat extends FormatRow {
  readonly kind: 'compression';
  /** The bytes of the file inside; `name` is for the errors. */
  readonly unpack: (chunks: AsyncIterable<Uint8Array>, name: string) => AsyncIterable<Uint8Array>;
}

/** A row of the registry of file formats. */
export type FileFormat =
  | DatasetFormat
  | ImagesFormat
  | LabelsFormat
  | ModelFormat
  | CheckpointFormat
  | CompressionFormat;

/** Bytes that recognize any format. */
export const HEAD_BYTES = 512;

/**
 * The format of a file, by its first bytes. Where several formats fit, the first whose file name
 * fits too; where none does, the first whose file name fits.
 *
 * @param head the first `HEAD_BYTES` bytes of the file, fewer if it is shorter
 * @param fileName with or without folders
 */
export function formatOf<Format extends FileFormat>(
  formats: readonly Format[],
  head: Uint8Array,
  fileName: string,
): Format | undefined {
  const alike = formats.filter(({ hasSignature }) => hasSignature?.(head));
  return formatByName(alike, fileName) ?? alike[0] ?? formatByName(formats, fileName);
}

/** The format that files of this name have. The content may say otherwise. */
export function formatByName<Format extends FileFormat>(
  formats: readonly Format[],
  fileName: string,
): Format | undefined {
  return formats.find((format) => format.fileName.test(fileName));
}

/** A file and its format. */
export interface RecognizedFile {
  /** The format; undefined if none fits. */
  readonly format: Exclude<FileFormat, CompressionFormat> | undefined;
  /** The file's bytes, unpacked if it was compressed. */
  readonly chunks: Chunks;
}

/**
 * What a file is, looking inside a compressed one.
 *
 * @throws DataError when the compressed bytes are damaged; an error of the source comes through unchanged
 */
export async function recognizeFile(
  formats: readonly FileFormat[],
  chunks: Chunks,
  fileName: string,
): Promise<RecognizedFile> {
  const format = formatOf(formats, await headOf(chunks()), fileName);
  if (format?.kind !== 'compression') return { format, chunks };
  return recognizeFile(
    formats.filter((other) => other !== format),
    () => format.unpack(chunks(), fileName),
    fileName.replace(format.fileName, ''),
  );
}

async function headOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const head = new Uint8Array(HEAD_BYTES);
  let length = 0;
  for await (const chunk of chunks) {
    const part = chunk.subarray(0, HEAD_BYTES - length);
    head.set(part, length);
    length += part.length;
    if (length === HEAD_BYTES) break;
  }
  return head.subarray(0, length);
}
