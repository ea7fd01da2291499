import { integer } from './flag.js';
import { describeCommand, GENERAL } from './row.js';
import { dataCacheFlag, dataFlag, FOREIGN, FOREIGN_MODEL, MODEL, READING } from './shared.js';

export const compare = describeCommand({
  name: 'compare',
  summary: 'Compare two models on the same examples',
  description:
    "Compare two models: their layers and settings, their accuracy on the same examples with McNemar's test, the " +
    'examples on which they differ, and the largest differences of their weights.',
  arguments: [
    MODEL,
    { name: 'other', description: 'The model to compare it with.', required: true, many: false },
  ],
  flags: {
    data: dataFlag('Of a folder, the test set is used; of a CSV file, every row.'),
    dataCache: dataCacheFlag(),
    ...READING,
    count: integer({ min: 0, max: 1000, usual: '6' }, 'How many examples on which they differ are drawn.'),
    ...FOREIGN_MODEL,
  },
  settings: [],
  groups: [FOREIGN, GENERAL],
  examples: [
    'longhand compare before.safetensors after.safetensors',
    'longhand compare model.safetensors model.onnx --json',
  ],
  elsewhere: ['diff', 'versus', 'mcnemar'],
});
