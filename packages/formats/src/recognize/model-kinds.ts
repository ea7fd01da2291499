import type { FileKind } from './kind.js';
import { has, latin, starts } from './signatures.js';

const isZip = starts(0x50, 0x4b, 0x03, 0x04);
const isJson = (head: Uint8Array) => /^\s{0,63}\{/.test(latin(head));

/** A length that can be one, then an object in JSON. Its first bytes can look like a pickle's. */
function isSafetensors(head: Uint8Array): boolean {
  return head[8] === 0x7b && head[5] === 0 && head[6] === 0 && head[7] === 0;
}

/** Fields of a ModelProto in their order: a small version of the format, then a text, an opset or the graph. */
function isOnnx(head: Uint8Array): boolean {
  return (
    head[0] === 0x08 &&
    head[1]! > 0 &&
    head[1]! < 0x40 &&
    [0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42].includes(head[2]!)
  );
}

/** Files of models, those that are read and those that are only named. */
export const MODEL_KINDS = [
  {
    name: 'safetensors',
    purpose: 'model',
    label: 'a safetensors file',
    fileName: /\.safetensors$/i,
    hasSignature: isSafetensors,
  },
  {
    name: 'npz',
    purpose: 'model',
    label: 'arrays of NumPy (npz)',
    fileName: /\.npz$/i,
    hasSignature: (head: Uint8Array) => isZip(head) && /^.{30}[^/]{1,200}\.npy/s.test(latin(head)),
  },
  { name: 'onnx', purpose: 'model', label: 'an ONNX model', fileName: /\.onnx$/i, hasSignature: isOnnx },
  {
    name: 'pytorch',
    purpose: 'model',
    label: 'a PyTorch checkpoint (.pt)',
    advice: 'save it with safetensors.torch.save_file(model.state_dict(), "model.safetensors")',
    hasSignature: (head: Uint8Array) =>
      isZip(head) && /^.{30}[^/]{1,200}\/(data\.pkl|\.format_version|byteorder)/s.test(latin(head)),
  },
  {
    name: 'keras',
    purpose: 'model',
    label: 'a Keras model (.keras)',
    advice: 'save its weights with np.savez("model.npz", *model.get_weights())',
    hasSignature: (head: Uint8Array) => isZip(head) && /^.{30}(metadata|config)\.json/s.test(latin(head)),
  },
  {
    name: 'hdf5',
    purpose: 'model',
    label: 'an HDF5 file (Keras .h5)',
    advice: 'save the weights with np.savez("model.npz", *model.get_weights())',
    hasSignature: starts(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a),
  },
  {
    name: 'pickle',
    purpose: 'model',
    label: 'a pickle of Python (.pkl, .joblib, an old .pt)',
    advice: 'a pickle can run programs and is not read: save the arrays with np.savez or safetensors',
    hasSignature: (head: Uint8Array) => head[0] === 0x80 && head[1]! >= 2 && head[1]! <= 5,
  },
  {
    name: 'tflite',
    purpose: 'model',
    label: 'a TensorFlow Lite model',
    advice: 'save the model as ONNX or as safetensors',
    hasSignature: has('TFL3', 4),
  },
  {
    name: 'gguf',
    purpose: 'model',
    label: 'a GGUF model',
    advice: 'it is no stack of dense layers, and is not read',
    hasSignature: starts(0x47, 0x47, 0x55, 0x46),
  },
  {
    name: 'tfjs',
    purpose: 'model',
    label: 'a TensorFlow.js model',
    // As of any file in JSON: among kinds whose names fit, the more special one counts.
    fileName: /\.json$/i,
    hasSignature: (head: Uint8Array) =>
      isJson(head) && /"(modelTopology|weightsManifest)"\s*:/.test(latin(head)),
  },
  {
    name: 'keras-json',
    purpose: 'model',
    label: 'a JSON file of Keras',
    fileName: /\.json$/i,
    hasSignature: (head: Uint8Array) =>
      isJson(head) && /"class_name"\s*:\s*"(Sequential|Functional|Model)"/.test(latin(head)),
  },
  {
    name: 'javascript-model',
    purpose: 'model',
    label: 'a JavaScript module',
    hasSignature: (head: Uint8Array) => /(^|\n)const MODEL = \{/.test(latin(head)),
  },
  {
    name: 'c-model',
    purpose: 'model',
    label: 'a C header',
    advice: 'it does not hold all of a model: convert the model that it was made from',
    hasSignature: (head: Uint8Array) => /^\/\* .* Made by Longhand\./.test(latin(head)),
  },
] as const satisfies readonly FileKind[];
