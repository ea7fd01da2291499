import type { Chapter } from '../chapter.js';

export const chapter: Chapter = {
  sections: [
    {
      blocks: [
        'To learn, the network must know how wrong it was. “Right or wrong” is too coarse: a small step of a weight seldom changes the answer. We need a number that changes with every small step.',
        'Here it is. Take the [probability](probability) `p` that the network gave to the **right** class: the digit that it really is. Its other nine probabilities do not matter. Then compute:',
        { equation: 'ℓ = − log p', spoken: 'the loss equals minus log p' },
        '`log` is the natural logarithm, the opposite of `exp`: on a calculator, the key ln. You only need its curve. At `p` = 1, a sure and right answer, the loss is 0. The smaller `p` is, the larger the loss. Near 0 it grows without end: who is sure and wrong pays most.',
        'A loss with this logarithm is measured in [nats](nats).',
      ],
      figure: { name: 'price', title: 'the price of an answer' },
      questions: [
        {
          ask: 'A network gives all ten classes 10%. Its loss is −log 0.1. About how much is that?',
          answers: [
            { text: '0.1', why: 'Look at the curve: at p = 0.1 it is far higher.' },
            {
              text: '2.3',
              isRight: true,
              why: 'That is the loss of pure guessing. A network that has learned lies below it.',
            },
            { text: '10', why: 'Only for p below 0.00005 is the loss that high.' },
          ],
        },
        {
          ask: 'Two networks read a 4 as a 9. One gave the 4 still 28%, the other 1%. Which has the larger loss?',
          answers: [
            {
              text: 'both the same: both are wrong',
              why: 'The answer is the same, but the probabilities are not.',
            },
            {
              text: 'the one with 1%',
              isRight: true,
              why: '−log 0.01 = 4.6, and −log 0.28 = 1.27. It was more sure of its mistake.',
            },
            { text: 'the one with 28%', why: 'It gave more to the right class, so it pays less.' },
          ],
        },
      ],
    },
    {
      blocks: [
        'With many digits, put their columns side by side. In `X`, `Z` and `A`, one column is then one digit, and there are [m](m) columns. `W X` does the same with each column, and `b` is added to each. Each digit has its own loss. The loss of the network, `J`, is their mean. `Σ` adds over the digits `j`:',
        {
          equation: 'J = − 1/m Σ log p_j',
          spoken: 'J equals minus 1 over m times the sum over all digits of log p j',
        },
        'This loss has a name that you will meet elsewhere: **cross-entropy**. In the equation below, `Y` picks the right class: `Y` holds a 1 for the right class of each digit, and nine zeros. Such a column is called [one-hot](Y). There `Σ` adds up all entries: where `Y` is 0, nothing is added. In NumPy, `labels` are the right digits themselves.',
        'From now on, learning has a goal in one number: make `J` small.',
      ],
      figure: { name: 'mean', title: 'the mean of four digits' },
      questions: [
        {
          ask: 'Three digits have a loss of 0.01, the fourth one of 3.95. What does the mean of 0.995 hide?',
          answers: [
            { text: 'nothing', why: 'No single digit has a loss near 0.995.' },
            {
              text: 'one digit is badly wrong, and three are right',
              isRight: true,
              why: 'One sure mistake weighs more than many good answers.',
            },
            { text: 'all four are half right', why: 'Three are almost perfect.' },
          ],
        },
      ],
    },
  ],
  code: {
    equation: 'J = − 1/m Σ Y ⊙ log A^[2]',
    spoken: 'J equals minus 1 over m times the sum of Y times log A2',
    quote: 'loss',
  },
  board: { text: 'See the loss on Board', state: { step: 4, entry: 'J' } },
  tasks: [
    {
      ask: 'Compute with the key ln of a calculator: how large is the loss for `p` = 0.5? And for `p` = 0.9?',
      answer: () => [0.5, 0.9].map((p) => `−log ${p} = ${(-Math.log(p)).toFixed(2)}`).join(', '),
    },
    {
      ask: 'The losses of four digits are 0.1, 0.3, 0 and 2. Compute `J`.',
      answer: () => `J = (0.1 + 0.3 + 0 + 2) ÷ 4 = ${(2.4 / 4).toFixed(1)}`,
    },
    {
      ask: 'Why is “number of wrong digits” not a good loss to learn from?',
      answer:
        'A small step of a weight mostly leaves that number unchanged, so it does not say which way is better.',
      lines: 3,
    },
  ],
};
