import { choice, list, settingFor, text, toggle } from './flag.js';

/** The model that a command reads. */
export const MODEL = {
  name: 'model',
  description:
    'A model file, as longhand train saves it, or one of another program: safetensors of PyTorch or Keras, ONNX, npz, TensorFlow.js.',
  required: true,
  many: false,
} as const;

/** Without a model, that of the page Draw answers. */
export const OPTIONAL_MODEL = {
  ...MODEL,
  description: `${MODEL.description} If the first file is a picture, the model of the page Draw answers.`,
  required: false,
} as const;

/** The flag `--data`, with what a command does with the data. */
export function dataFlag(use: string, group?: string) {
  return text('<path|name>', `Your own data instead of MNIST (see longhand train --help). ${use}`, group);
}

/** The flag `--data-cache` of every command that reads data. */
export function dataCacheFlag(group?: string) {
  return text(
    '<dir>',
    'Where datasets that are fetched by name are kept. Default: LONGHAND_DATA_CACHE, or longhand/data in your cache folder.',
    group,
  );
}

/** The flags that say how `--data` is read. */
export const READING = readingFlags();

/** The same under a heading. */
export function readingFlags(group?: string) {
  return {
    label: text(
      '<name>',
      'The column, or the array, that holds the labels of --data. Default: by its name or place.',
      group,
    ),
    ignore: list('<name>', 'A column of --data to leave out. You can pass it several times.', group),
    strict: toggle(
      'Stop at the first picture of --data that cannot be read, instead of leaving it out.',
      group,
    ),
  };
}

/** The heading of the flags for models of other programs. */
export const FOREIGN = 'Models of other programs:';

/** What such a file may leave open, except the activation: in `train`, that is a setting. */
export const FOREIGN_SHAPE = {
  orientation: choice(
    ['out-in', 'in-out'],
    'Whether matrices of weights are outputs × inputs (PyTorch) or inputs × outputs (Keras).',
    FOREIGN,
  ),
  classes: text('<names>', 'The names of the classes, separated by commas. Without it, 0, 1, 2 …', FOREIGN),
};

/** The flags of every command that reads a model. */
export const FOREIGN_MODEL = {
  activation: settingFor('activation', 'The activation of the hidden layers. Without it, ReLU is assumed.', {
    hasDefault: false,
    group: FOREIGN,
  }),
  output: choice(
    ['softmax', 'sigmoid'],
    'What follows the last layer. Without it, softmax is assumed.',
    FOREIGN,
  ),
  ...FOREIGN_SHAPE,
};
