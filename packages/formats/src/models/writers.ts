import { npzWriter } from './arrays/write-npz.js';
import { kerasJsonWriter } from './keras/write-keras-json.js';
import { tfjsWriter } from './keras/write-tfjs.js';
import type { ModelWriter } from './model-format.js';
import { onnxWriter } from './onnx/write-onnx.js';
import { cWriter } from './text/write-c.js';
import { javascriptWriter } from './text/write-javascript.js';
import { safetensorsWriter } from './write-safetensors.js';

/** The ways out, a row each. Among names that look alike, the more special one comes first. */
export const MODEL_WRITERS: readonly ModelWriter[] = [
  safetensorsWriter,
  onnxWriter,
  npzWriter,
  kerasJsonWriter,
  tfjsWriter,
  javascriptWriter,
  cWriter,
];
