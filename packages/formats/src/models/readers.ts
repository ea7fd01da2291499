import { npzReader } from './arrays/read-npz.js';
import { kerasJsonReader, tfjsReader } from './keras/read-keras.js';
import type { ModelReader } from './model-format.js';
import { onnxReader } from './onnx/read-onnx.js';
import { safetensorsReader } from './read-safetensors.js';
import { javascriptReader } from './text/read-javascript.js';

/** The ways in, a row each. */
export const MODEL_READERS: readonly ModelReader[] = [
  safetensorsReader,
  onnxReader,
  npzReader,
  tfjsReader,
  kerasJsonReader,
  javascriptReader,
];
