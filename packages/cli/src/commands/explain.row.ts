import { settingFor, text } from './flag.js';
import { describeCommand, GENERAL } from './row.js';
import { dataCacheFlag, dataFlag, FOREIGN, FOREIGN_MODEL, MODEL, READING } from './shared.js';

export const explain = describeCommand({
  name: 'explain',
  summary: 'Write out how one number was computed',
  description:
    'Write out how the network computes one number: the formula, the formula with the numbers in it, and the ' +
    'terms that contribute most.\n\n' +
    "Name the number by its symbol, its layer, and its row and column, counted from 0: 'Z1[8]', 'A2[3]', " +
    "'dW1[8,402]', 'db2[4]', 'J'. Symbols: X (pixels), Y (labels), Z (weighted sums), A (activations), J (loss), " +
    'dZ, dW, db (gradients), W and b (after one update). For X, Y, Z, A and dZ, the column is the example.',
  arguments: [
    MODEL,
    { name: 'entry', description: "Which number, such as 'Z1[8]'.", required: true, many: false },
  ],
  flags: {
    index: text('<n,…>', 'Examples of the test set, counted from 0, separated by commas: the columns.'),
    data: dataFlag('The examples of --index come from it.'),
    dataCache: dataCacheFlag(),
    ...READING,
    alpha: settingFor('alpha', 'The learning rate of the update. Without it, the one of the training.', {
      hasDefault: false,
    }),
    seed: settingFor('seed', 'Without --index: decides which example of the test set is drawn.'),
    ...FOREIGN_MODEL,
  },
  settings: [],
  groups: [FOREIGN, GENERAL],
  examples: [
    "longhand explain model.safetensors --index 115 'Z1[8]'",
    "longhand explain model.safetensors --index 115,9 'dW1[8,402]'",
  ],
  elsewhere: ['why', 'trace', 'derive', 'write'],
});
