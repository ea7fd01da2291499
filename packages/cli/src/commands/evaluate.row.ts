import { settingFor, text } from './flag.js';
import { describeCommand, GENERAL } from './row.js';
import { dataCacheFlag, dataFlag, FOREIGN, FOREIGN_MODEL, MODEL, READING } from './shared.js';

export const evaluate = describeCommand({
  name: 'evaluate',
  summary: 'Measure a model on the test set',
  description:
    'Measure a model on the test set: accuracy, balanced accuracy, loss, confusion matrix, the worst mistakes, precision ' +
    'and recall of each class, and whether its confidence can be trusted.',
  arguments: [MODEL],
  flags: {
    data: dataFlag('Of a folder, the test set is used; of a CSV file, every row.'),
    dataCache: dataCacheFlag(),
    ...READING,
    examples: {
      ...text('<n>', 'Use only this many examples, drawn at random by --seed.'),
      facts: ['default all'],
    },
    seed: settingFor('seed', 'Decides which examples --examples draws.'),
    ...FOREIGN_MODEL,
  },
  settings: [],
  groups: [FOREIGN, GENERAL],
  examples: [
    'longhand evaluate model.safetensors',
    'longhand evaluate model.safetensors --json',
    'longhand evaluate model.safetensors --data my-digits.csv',
  ],
  elsewhere: ['test', 'eval', 'score', 'measure'],
});
