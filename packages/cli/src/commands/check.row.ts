import { integer, toggle } from './flag.js';
import { describeCommand, GENERAL } from './row.js';
import { dataCacheFlag, dataFlag, FOREIGN, FOREIGN_MODEL, MODEL, READING } from './shared.js';

export const check = describeCommand({
  name: 'check',
  summary: 'Check every gradient against finite differences',
  description:
    'Check the gradient of every parameter: change the parameter a little, measure how the loss changes, and ' +
    'compare (finite differences, in 64-bit floats). The exit code is 1 if they disagree. To check a backward pass ' +
    'of your own, see longhand exercise and longhand mark.',
  arguments: [
    {
      ...MODEL,
      description: "A model file; without one, the board's network before training is checked.",
      required: false,
    },
  ],
  flags: {
    examples: integer(
      { min: 1, max: 10_000, usual: '32' },
      'How many examples of the training set to use, drawn at random by --seed.',
    ),
    data: dataFlag('The examples come from its training set.'),
    dataCache: dataCacheFlag(),
    ...READING,
    engine: toggle('Also compare the gradients of the fast 32-bit engine with those in 64-bit.'),
    ...FOREIGN_MODEL,
  },
  settings: ['seed'],
  groups: [FOREIGN, GENERAL],
  examples: ['longhand check', 'longhand check model.safetensors --engine'],
  elsewhere: ['gradcheck', 'gradient-check', 'verify', 'validate', 'prove'],
});
