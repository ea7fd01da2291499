import { integer, settingFor, text } from './flag.js';
import { describeCommand } from './row.js';

export const mark = describeCommand({
  name: 'mark',
  summary: 'Mark your own backward pass, and name its mistakes',
  description:
    'Mark what a program for longhand exercise saved. Each quantity is compared with what follows from your own ' +
    'earlier ones, so that a mistake is told once. Well-known mistakes are named. A folder is marked as a class. ' +
    'The exit code is 1 if something is wrong.',
  arguments: [
    {
      name: 'answers',
      description:
        'An npz or JSON file with any of Z1, A1, Z2, A2, loss, dZ2, dW2, db2, dZ1, dW1, db1, W1_new, b1_new, W2_new, b2_new; or a folder of such files.',
      required: true,
      many: false,
    },
  ],
  flags: {
    exercise: text('<file>', 'The exercise that was solved. Default: the one of --seed and --examples.'),
    examples: integer({ min: 2, max: 100, usual: '12' }, 'How many digits the exercise has.'),
    seed: settingFor('seed', 'The seed of the exercise.'),
    csv: text('<file>', 'For a folder: save the marks as a table, a row for each file.'),
  },
  settings: [],
  examples: [
    'longhand mark answers.npz',
    'longhand mark answers.npz --json',
    'longhand mark class/ --csv marks.csv',
  ],
  elsewhere: ['grade', 'assess', 'diagnose', 'autograder', 'correct'],
  misnamed: { out: 'csv', output: 'csv', save: 'csv', table: 'csv' },
});
