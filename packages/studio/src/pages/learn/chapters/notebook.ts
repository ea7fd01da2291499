import type { Chapter } from '../chapter.js';

export const chapter: Chapter = {
  sections: [
    {
      blocks: [
        'This course began with a notebook on the web. It builds the same network in Python with NumPy, and it explains every step. You can now read every line of such a program.',
        'Choose a step. You see its equation, its line in NumPy and its line in TypeScript. Both have been run, and both give the same numbers. In NumPy, `@` is the matrix product, `*` multiplies entry by entry, and `.T` is [transposed](transposed). `axis=1` adds along each row, `axis=0` down each column. In TypeScript, `!` only says that a value is there, and a matrix is one long list.',
      ],
      figure: { name: 'notebook-lines', title: 'the network, line by line', isWide: true },
      questions: [
        {
          ask: 'Which of these steps needs the right answers `Y`?',
          answers: [
            {
              text: 'the weighted sums',
              why: 'Forward, the network knows only the picture and its weights.',
            },
            {
              text: 'the loss and the error of the output',
              isRight: true,
              why: 'Only there is the answer compared with the right one. All other gradients follow from it.',
            },
            {
              text: 'all of them',
              why: 'Then the network could read no new digit: nobody would know its `Y`.',
            },
          ],
        },
      ],
    },
    {
      blocks: [
        'The notebook has five mistakes. Such mistakes are common, and hard to see. Three are in the training:',
        '**The pixels are not divided by 255.** Then the inputs are 255 times too large, and so are the gradients of `W¹`. After one step, every sum in the hidden layer can be negative. Where ReLU is off for every digit, a unit is [dead](dead).',
        '**Softmax does not subtract the maximum.** Beyond 709, `exp` is infinite for the computer. Infinite divided by infinite is [NaN](nan), which means “not a number”. Whatever is computed from NaN is NaN.',
        '**db is summed over everything.** `np.sum(dZ)` adds up all classes and all digits. The next figure shows what comes of it.',
        'Two are in the report. **The printed accuracy is old**: it belongs to the weights before the last update. **The text says about 98%**. With these settings, and the mistakes mended, it is about 85% (chapter 11).',
        'Switch the mistakes on and off, and train. Some hide. Without its maximum, softmax does no harm as long as the sums stay small. A wrong `db` hardly shows in the accuracy. So a program can learn and still be wrong.',
      ],
      figure: { name: 'notebook-mistakes', title: 'five mistakes, on and off' },
      questions: [
        {
          ask: 'Switch on only “softmax without its maximum”. What will the accuracy be?',
          answers: [
            {
              text: 'NaN after one update',
              why: 'Only if a sum is beyond 709. With pixels from 0 to 1 the sums are small.',
            },
            {
              text: 'the same as without a mistake',
              isRight: true,
              why: 'The maximum changes no result as long as nothing is too large.',
            },
            { text: 'a little worse', why: 'The two ways compute the same numbers, except for rounding.' },
          ],
        },
        {
          ask: 'Switch on only “pixels not divided by 255”. Why does the network not learn?',
          answers: [
            {
              text: 'its hidden units are dead',
              isRight: true,
              why: 'The first steps are far too large. Then every sum is negative, and ReLU lets no error pass.',
            },
            {
              text: 'the pictures are too bright',
              why: 'The pictures are the same. Only their numbers are larger.',
            },
            { text: 'softmax overflows', why: 'Here softmax subtracts the maximum, so nothing overflows.' },
          ],
        },
      ],
    },
    {
      blocks: [
        'Here are the errors of twelve digits. Each class has its own bias, and `db²` of a class is the mean of its row.',
        'Now look at a column: the ten errors of one digit. You know from chapter 8 that they add up to 0. So everything together adds up to 0, too. With `np.sum(dZ)`, no bias of the output would ever move.',
      ],
      figure: { name: 'bias-sums', title: 'which sum is db?' },
      questions: [
        {
          ask: 'Which line adds up each row of `dZ`, and keeps the result a column?',
          answers: [
            { text: '`np.sum(dZ)`', why: 'This adds up everything, to one number.' },
            {
              text: '`np.sum(dZ, axis=0)`',
              why: 'This adds up each column: ten errors of one digit, which give 0.',
            },
            {
              text: '`np.sum(dZ, axis=1, keepdims=True)`',
              isRight: true,
              why: 'Axis 1 runs along the row. `keepdims` keeps the result a column of 10 × 1.',
            },
          ],
        },
      ],
    },
  ],
  code: {
    equation: 'db = 1/m Σ dZ',
    spoken: 'db equals one over m times the sum of dZ over the examples',
    quote: 'notebook',
  },
  board: { text: 'See db² of four digits on Board', state: { m: 4, step: 7, entry: 'db2[4]' } },
  tasks: [
    {
      ask: 'For two digits, `dZ` has the rows (0.2, −0.4), (−0.5, 0.1) and (0.3, 0.3). Compute `db`.',
      answer: () =>
        [
          [0.2, -0.4],
          [-0.5, 0.1],
          [0.3, 0.3],
        ]
          .map(([first, second]) => String(Number(((first! + second!) / 2).toFixed(3))).replace('-', '−'))
          .join(', '),
    },
    {
      ask: 'What does `np.sum(dZ)` give for these numbers?',
      answer: '0: each column adds up to 0.',
      lines: 1,
    },
    {
      ask: 'Which two of the five mistakes change no weight?',
      answer: 'The accuracy printed before the update, and the 98% in the text.',
      lines: 1,
    },
    {
      ask: 'How could the author have found the wrong `db`? Name a check.',
      answer:
        'With a gradient check: move one bias a little, measure the loss, and compare the slope with db.',
    },
  ],
};
