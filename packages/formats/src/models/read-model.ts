import { ModelError, type ModelFile } from '@longhand/core';
import { FILE_KINDS } from '../recognize/kinds.js';
import { recognize } from '../recognize/recognize.js';
import type { InputFile } from '../source/input-file.js';
import { bytesOf } from '../source/read-bytes.js';
import type { ModelReadOptions } from './model-format.js';
import { MODEL_READERS } from './readers.js';

/** The largest file that is read. */
const MAX_BYTES = 2 ** 31 - 1;

/**
 * Reads a model: ours, or one of another program that is a plain stack of dense layers. What it is comes
 * from its bytes. What its file leaves open is assumed, or comes from the options; the model's `notes`
 * say it.
 *
 * @throws ModelError when it is no such model or is damaged; DataError when it is too large
 */
export async function readModel(file: InputFile, options: ModelReadOptions = {}): Promise<ModelFile> {
  const kind = await recognize(FILE_KINDS, file);
  const reader = kind && MODEL_READERS.find((one) => one.kind === kind.name);
  if (reader) return reader.read(await bytesOf(file, MAX_BYTES), file.path, options);
  if (!kind) throw new ModelError(`${file.path}: is no model: expected ${EXPECTED}`);
  const advice = 'advice' in kind ? `: ${kind.advice}` : `, no model: expected ${EXPECTED}`;
  throw new ModelError(`${file.path}: is ${kind.label}${advice}`);
}

const EXPECTED =
  'a model of Longhand, or a stack of dense layers as safetensors, ONNX, npz or TensorFlow.js model';
