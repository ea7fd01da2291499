import { ModelError, type ModelFile } from '@longhand/core';
import { takesNumbers } from '../recognize/takes-numbers.js';
import type { ModelWriter, WriteOptions, WrittenFiles } from './model-format.js';
import { MODEL_WRITERS } from './writers.js';

/** Where a model is written to, and how. */
export interface WriteModelOptions extends WriteOptions {
  /** The name of the main file. Its ending tells the format, unless `format` does. */
  readonly fileName: string;
  /** The name of the format: `onnx`, `npz` … */
  readonly format?: string;
}

/**
 * The format that is asked for.
 *
 * @throws ModelError when neither name nor ending is that of a format
 */
export function writerFor({ fileName, format }: Pick<WriteModelOptions, 'fileName' | 'format'>): ModelWriter {
  const known = MODEL_WRITERS.map(({ name }) => name).join(', ');
  if (format !== undefined) {
    const writer = MODEL_WRITERS.find(({ name }) => name === format);
    if (!writer) throw new ModelError(`format ${JSON.stringify(format)}: expected one of ${known}`);
    return writer;
  }
  const writer = MODEL_WRITERS.find((one) => one.fileName.test(fileName));
  if (writer) return writer;
  const endings = MODEL_WRITERS.map(({ ending }) => ending).join(', ');
  throw new ModelError(`${fileName}: the ending tells no format: expected one of ${endings}`);
}

/**
 * Writes a model in another format. Most formats are one file; TensorFlow.js and JavaScript have a
 * second one.
 *
 * @returns the files by their names; the first is the main one
 * @throws ModelError when the format is unknown, or does not have an option that is given
 */
export function writeModel(
  model: ModelFile,
  { fileName, format, ...options }: WriteModelOptions,
): WrittenFiles {
  const writer = writerFor({ fileName, ...(format !== undefined && { format }) });
  for (const option of ['uint8', 'int8'] as const) {
    if (options[option] && !writer.options?.includes(option))
      throw new ModelError(`${option}: ${writer.label} has no such option`);
  }
  const isNumbers = takesNumbers(model.record);
  if (options.uint8 && (model.record.features || isNumbers))
    throw new ModelError('uint8: this model takes the columns of a table, which are no bytes');
  if (options.int8 && isNumbers)
    throw new ModelError(
      'int8: this model takes the columns of a table, whose ranges it does not know: convert it without',
    );
  return writer.write(model, fileName, options);
}
