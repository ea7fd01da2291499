import { choice, text, toggle } from './flag.js';
import { describeCommand, GENERAL } from './row.js';
import { dataCacheFlag, FOREIGN, FOREIGN_MODEL, MODEL, readingFlags } from './shared.js';

const WRITING = 'The file that is written:';

export const convert = describeCommand({
  name: 'convert',
  summary: 'Save a model for other programs, or read one of theirs',
  description:
    'Save a model in the format of another program: ONNX, NumPy, TensorFlow.js, Keras-like JSON, a JavaScript ' +
    'module, a C header. It also reads models of other programs that are plain stacks of dense layers, and saves ' +
    'them as a model of Longhand. What such a file leaves open is assumed, and said.',
  arguments: [MODEL],
  flags: {
    to: text(
      '<file>',
      'Where to save it. The ending tells the format: .safetensors, .onnx, .npz, .json (TensorFlow.js), .keras.json, .js, .h.',
      WRITING,
    ),
    format: choice(
      ['safetensors', 'onnx', 'npz', 'tfjs', 'keras-json', 'javascript', 'c'],
      'The format, whatever the ending is.',
      WRITING,
    ),
    uint8: toggle('ONNX: take bytes, N × height × width, and scale them inside.', WRITING),
    int8: toggle('C: weights of 8 bits. Prints how accurate they are.', WRITING),
    data: text('<path>', 'With --int8: your own data instead of MNIST, to measure the accuracy on.', WRITING),
    dataCache: dataCacheFlag(WRITING),
    ...readingFlags(WRITING),
    ...FOREIGN_MODEL,
  },
  settings: [],
  groups: [WRITING, FOREIGN, GENERAL],
  examples: [
    'longhand convert model.safetensors --to model.onnx',
    'longhand convert model.safetensors --to digits.h --int8',
    'longhand convert pytorch.safetensors --to model.safetensors --activation tanh',
  ],
  elsewhere: ['export', 'import', 'save', 'to-onnx'],
});
