import { integer, settingFor, text, toggle } from './flag.js';
import { describeCommand, GENERAL } from './row.js';
import { dataCacheFlag, dataFlag, FOREIGN, FOREIGN_MODEL, MODEL, readingFlags } from './shared.js';

/** The settings that say how training pictures are changed. */
export const AUGMENTATION = ['shift', 'rotate', 'scale', 'shear', 'elastic', 'elasticSigma'] as const;

const UNITS = 'Hidden units:';
const AUGMENT = 'Data augmentation:';

export const show = describeCommand({
  name: 'show',
  summary: 'Draw the weights of each hidden unit',
  description:
    'Draw each hidden unit: its weights as a picture, its bias, and the outputs that it supports or opposes most.\n' +
    'With --augment, draw one picture as training would change it; then the model may be left out.',
  arguments: [{ ...MODEL, required: false }],
  flags: {
    unit: text('<n>', 'Draw only this unit, counted from 0.', UNITS),
    learned: toggle(
      'Draw only what training changed: the weights minus the random weights that they started from.',
      UNITS,
    ),
    augment: toggle('Draw randomly changed versions of one picture, as training would see it.', AUGMENT),
    preset: text('<name>', 'Use the augmentation of this preset (see longhand train --help).', AUGMENT),
    index: {
      ...text('<n>', 'Which example of the test set, counted from 0.', AUGMENT),
      facts: ['default: drawn by --seed'],
    },
    data: dataFlag('The example comes from it.', AUGMENT),
    dataCache: dataCacheFlag(AUGMENT),
    ...readingFlags(AUGMENT),
    count: integer({ min: 1, max: 1000, usual: '11' }, 'How many versions to draw.', AUGMENT),
    seed: settingFor(
      'seed',
      'With --learned: the seed of the starting weights, if the model file has none. With --augment: ' +
        'decides the example and its versions.',
      { hasDefault: false, group: GENERAL },
    ),
    ...FOREIGN_MODEL,
  },
  settings: AUGMENTATION,
  groups: [UNITS, AUGMENT, FOREIGN, GENERAL],
  groupOf: () => AUGMENT,
  examples: [
    'longhand show model.safetensors',
    'longhand show model.safetensors --learned --unit 8',
    'longhand show --augment --rotate 15 --elastic 1.4 --index 115',
  ],
  elsewhere: ['draw', 'plot', 'view', 'weights', 'visualize', 'inspect', 'summary'],
  misnamed: { learnt: 'learned' },
});
