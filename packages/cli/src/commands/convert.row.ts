import { choice, settingFor, text, toggle } from './flag.js';
import { describeCommand, GENERAL } from './row.js';
import { MODEL } from './shared.js';

const READING = 'What the file of another program leaves open:';
const WRITING = 'The file that is written:';

export const convert = describeCommand({
  name: 'convert',
  summary: 'Save a model for other programs, or read one of theirs',
  description:
    'Save a model in the format of another program: ONNX, NumPy, TensorFlow.js, Keras-like JSON, a JavaScript ' +
    'module, a C header. It also reads models of other programs that are plain stacks of dense layers, and saves ' +
    'them as a model of Longhand. What such a file leaves open is assumed, and said.',
  arguments: [
    {
      ...MODEL,
      description:
        'A model of Longhand, or one of another program: safetensors of PyTorch or Keras, ONNX, npz, TensorFlow.js.',
    },
  ],
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
    activation: settingFor(
      'activation',
      'The activation of the hidden layers. Without it, ReLU is assumed.',
      {
        hasDefault: false,
        group: READING,
      },
    ),
    output: choice(
      ['softmax', 'sigmoid'],
      'What follows the last layer. Without it, softmax is assumed.',
      READING,
    ),
    orientation: choice(
      ['out-in', 'in-out'],
      'Whether matrices of weights are outputs × inputs (PyTorch) or inputs × outputs (Keras).',
      READING,
    ),
    classes: text('<names>', 'The names of the classes, separated by commas. Without it, 0, 1, 2 …', READING),
  },
  settings: [],
  groups: [WRITING, READING, GENERAL],
  examples: [
    'longhand convert model.safetensors --to model.onnx',
    'longhand convert model.safetensors --to digits.h --int8',
    'longhand convert pytorch.safetensors --to model.safetensors --activation tanh',
  ],
  elsewhere: ['export', 'import', 'save', 'to-onnx'],
});
