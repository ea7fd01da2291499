import { PRESETS, SETTINGS, type SettingName } from '@longhand/core/settings';
import { integer, text, toggle } from './flag.js';
import { queueFlags, share } from './queue-flags.js';
import { describeCommand, GENERAL } from './row.js';
import { dataCacheFlag, FOREIGN, FOREIGN_SHAPE, readingFlags } from './shared.js';

const DEFAULT_OUT = 'model.safetensors';

const FILES = 'Data and files:';
const NETWORK = 'Network:';
const AUGMENT = 'Data augmentation:';
const LEARNING = 'Optimization:';
const LENGTH = 'Length of the run:';
const DEV = 'Held-out examples (dev):';
const REPETITION = 'Randomness and speed:';
const QUEUE = 'Workers on other machines, for --repeat:';

/** The heading of the help under which each setting stands: a new one needs its place here. */
const GROUPS = {
  hidden: NETWORK,
  activation: NETWORK,
  initialization: NETWORK,
  inputDropout: NETWORK,
  dropout: NETWORK,
  variants: AUGMENT,
  shift: AUGMENT,
  rotate: AUGMENT,
  scale: AUGMENT,
  shear: AUGMENT,
  elastic: AUGMENT,
  elasticSigma: AUGMENT,
  pixels: FILES,
  alpha: LEARNING,
  schedule: LEARNING,
  warmup: LEARNING,
  stepEvery: LEARNING,
  stepFactor: LEARNING,
  optimizer: LEARNING,
  momentum: LEARNING,
  weightDecay: LEARNING,
  clipNorm: LEARNING,
  labelSmoothing: LEARNING,
  classWeight: LEARNING,
  weightAveraging: LEARNING,
  batchSize: LEARNING,
  iterations: LENGTH,
  epochs: LENGTH,
  minutes: LENGTH,
  dev: DEV,
  devEvery: DEV,
  patience: DEV,
  monitor: DEV,
  seed: REPETITION,
  engine: REPETITION,
  threads: REPETITION,
} satisfies Record<SettingName, string>;

export const train = describeCommand({
  name: 'train',
  summary: 'Train a network, save it and test it',
  description:
    'Train a network, save the model, and test it once on the test set.\n\n' +
    "Without flags it trains the board's network on MNIST: 784 pixels, 10 hidden units, 10 outputs, 500 steps of " +
    'gradient descent.\n\n' +
    'Ctrl-C stops after the current iteration and saves what was learned so far (exit code 130). If a number ' +
    'becomes infinite, training stops and nothing is saved (exit code 2).',
  arguments: [],
  flags: {
    preset: text(
      '<name>',
      `A named set of settings: ${PRESETS.map(({ name }) => name).join(', ')} (see below). Flags that you pass override it.`,
    ),
    data: text(
      '<path|name>',
      'Other data instead of MNIST: a CSV file, IDX files, npz, Parquet, pictures, a zip or folder of them (docs/data.md), ' +
        'or a dataset by its name, such as fashion-mnist, which is fetched once (longhand data --list prints the names). ' +
        '- reads standard input.',
      FILES,
    ),
    dataCache: dataCacheFlag(FILES),
    ...readingFlags(FILES),
    out: {
      ...text('<file>', 'Where to save the model.', FILES),
      default: DEFAULT_OUT,
      facts: [`default ${DEFAULT_OUT}`],
    },
    from: text(
      '<model>',
      'Train this model further, instead of a new network: one of ours, with its settings unless you pass others, or one ' +
        'of another program (ONNX, PyTorch, Keras, npz, TensorFlow.js). Of these, --activation tells what the file does not.',
      FILES,
    ),
    log: text('<file>', 'Write the settings and every measurement to a file, one line of JSON each.', FILES),
    checkpoint: text('<file>', 'Save the state of the run from time to time, for --resume.', FILES),
    every: {
      ...text('<time>', 'How often to write the checkpoint: 30s, 5m, 1h.', FILES),
      facts: ['default 30s'],
    },
    resume: text(
      '<file>',
      'Continue the run of a checkpoint, with its settings and the same --data. The result has the same bits as ' +
        'without the interruption.',
      FILES,
    ),
    repeat: integer(
      { min: 1, max: 1000 },
      'Train this many times, with the seeds --seed, --seed + 1, …, and print mean ± standard deviation. The model ' +
        'that is best on the held-out examples is saved.',
      REPETITION,
    ),
    doubt: {
      ...toggle(
        'Do not learn after training what is no digit, which takes several seconds of the processor: predict then ' +
          'doubts answers with a probability below 80%.',
        REPETITION,
      ),
      negated: true,
      default: true,
    },
    ...queueFlags(QUEUE),
    verify: share(
      'Have this share of the runs computed twice, by different workers, and compare the bits (see longhand sweep --help).',
      QUEUE,
    ),
    ...FOREIGN_SHAPE,
  },
  settings: SETTINGS.map(({ name }) => name),
  groups: [FILES, NETWORK, AUGMENT, LEARNING, LENGTH, DEV, REPETITION, QUEUE, FOREIGN, GENERAL],
  groupOf: (setting) => GROUPS[setting],
  examples: [
    'longhand train',
    'longhand train --preset quick --out quick.safetensors',
    'longhand train --hidden 128 --initialization he --batch-size 128 --epochs 5',
    'longhand train --data fashion-mnist --preset quick',
    'longhand train --data flowers.csv --label species --ignore id',
    'longhand train --from pytorch.onnx --data digits.csv --batch-size 32',
    'longhand train --repeat 5 --log runs.jsonl',
    'longhand train --preset best --repeat 5 --queue redis://127.0.0.1:6379',
    'longhand train --preset best --checkpoint run.ckpt',
    'longhand train --resume run.ckpt --checkpoint run.ckpt',
  ],
  sections: [
    {
      title: 'Presets:',
      items: PRESETS.map(({ name, explanation }) => ({ term: name, description: explanation })),
    },
  ],
  elsewhere: ['learn', 'fit', 'run', 'start'],
  misnamed: {
    ...{ model: 'out', dataset: 'data', dataPath: 'data' },
    ...{ config: 'preset', settings: 'preset', logFile: 'log', logs: 'log', history: 'log' },
    ...{
      checkpointEvery: 'every',
      saveEvery: 'every',
      continue: 'resume',
      restore: 'resume',
      load: 'resume',
      ...{ init: 'from', initFrom: 'from', pretrained: 'from', finetune: 'from', weights: 'from' },
    },
    ...{ repeats: 'repeat', runs: 'repeat', seeds: 'repeat', trials: 'repeat', optim: 'optimizer' },
  },
});
