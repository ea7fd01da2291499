import { choice, integer, settingFor, text } from './flag.js';
import { describeCommand } from './row.js';

export const exercise = describeCommand({
  name: 'exercise',
  summary: 'Save an exercise: write your own backward pass',
  description:
    'Save a small network and a few digits, and a program to fill in: the forward pass, the backward pass and the ' +
    'update. Your program saves what it computes, and longhand mark says what is right, and which mistake it is ' +
    'where it is wrong.',
  arguments: [],
  flags: {
    starter: choice(
      ['python', 'javascript', 'typescript', 'none'],
      'The language of the program to fill in. Default: python, or javascript for a file in JSON.',
    ),
    out: text('<file>', 'Where to save the exercise, as .npz or .json. The program is saved beside it.'),
    examples: integer({ min: 2, max: 100, usual: '12' }, 'How many digits it has.'),
    seed: settingFor('seed', 'Which digits and which network it has.'),
  },
  settings: [],
  examples: [
    'longhand exercise',
    'longhand exercise --starter javascript',
    'longhand exercise --out data/exercise.npz --starter none',
  ],
  elsewhere: ['assignment', 'homework', 'quiz', 'learn', 'starter'],
});
