import { integer } from './flag.js';
import { describeCommand } from './row.js';

/** The notebook's own file has 42,000 digits; it holds out 1,000 of them. */
export const NOTEBOOK_EXAMPLES = 41_000;
const MNIST_TRAINING_EXAMPLES = 60_000;

export const reproduce = describeCommand({
  name: 'reproduce',
  summary: "Show what a well-known notebook's mistakes cost",
  description:
    'Many copies of one notebook train this network with mistakes in the code. This command trains it with each ' +
    'mistake and without, on the same data and from the same start, and prints what each mistake costs.',
  arguments: [],
  flags: {
    examples: integer(
      { min: 1, max: MNIST_TRAINING_EXAMPLES, usual: String(NOTEBOOK_EXAMPLES) },
      'How many training examples to use. The notebook has 42,000 and holds out 1,000.',
    ),
  },
  settings: ['iterations', 'alpha', 'seed', 'threads'],
  examples: ['longhand reproduce', 'longhand reproduce --seed 2 --iterations 100'],
  elsewhere: ['mistakes', 'slips', 'notebook'],
});
