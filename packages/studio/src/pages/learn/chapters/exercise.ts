import type { Chapter } from '../chapter.js';

export const chapter: Chapter = {
  sections: [
    {
      blocks: [
        'Reading is one thing, writing another. Now write the network yourself: forward, loss, backward and update. All that you need is in chapters 3 to 10.',
        'In the JavaScript of this page, `fill` makes a matrix from a rule for its entries. `fill(10, m, (i, j) => 2 * A1[i][j])` doubles every entry of `A1`: `i` counts rows and `j` columns, from 0. JavaScript’s own + and − know numbers only.',
        'Fill in one line after the other, and run. Each quantity is marked on its own. It is right, or you are told where it is wrong, and why. The mark takes your own earlier numbers as given. So one mistake is told once, even if all later numbers follow from it.',
        'Some advice. First write down the shape of each matrix: how many rows, how many columns. In a product, the columns of the first must match the rows of the second. Many mistakes show there. (`W²` is square: there a missing T does not.) Then compute one entry of `db²` by hand, and compare.',
        'If you are stuck, press “Show me one line”. It gives a hint first, and then the line.',
      ],
      figure: { name: 'marked-exercise', title: 'your own network, marked', isWide: true },
      questions: [
        {
          ask: '`dZ²` is 10 × m and `A¹` is 10 × m. Which product gives `dW²`, of 10 × 10?',
          answers: [
            { text: '`dZ² A¹`', why: 'The first has m columns and the second 10 rows. That does not fit.' },
            {
              text: '`dZ² A¹ᵀ`',
              isRight: true,
              why: '10 × m times m × 10 gives 10 × 10: errors times activations.',
            },
            { text: '`A¹ᵀ dZ²`', why: 'This does fit, but it gives m × m.' },
          ],
        },
      ],
    },
    {
      blocks: [
        'Wrong programs often look right. The loss falls, the accuracy rises, and yet a gradient is wrong. Even well-known courses contain such mistakes.',
        'Here you can see what the mark finds. Each line replaces one line of a right program. The program then runs on five digits, and all its numbers are marked.',
        'The mark does not look at your text, only at your numbers. It computes what each of more than eighty known mistakes would give, and compares. So it does not matter in which language you write, or in which order you add up. Rounding is no mistake.',
        'Not every wrong number has a name. Then the mark shows you the entry that is furthest from the right one. Begin there.',
      ],
      figure: { name: 'find-the-mistake', title: 'what the mark says' },
      questions: [
        {
          ask: 'A program leaves out ReLU′ in `dZ¹`. Which quantities will be marked wrong?',
          answers: [
            {
              text: 'only `dZ¹`',
              isRight: true,
              why: '`dW¹` and `db¹` follow rightly from this `dZ¹`. The mistake is told once, where it is made.',
            },
            {
              text: '`dZ¹`, `dW¹`, `db¹` and the new weights',
              why: 'They are all different. But only one line is wrong.',
            },
            {
              text: 'none: the loss still falls',
              why: 'The mark compares the numbers themselves, not the loss.',
            },
          ],
        },
        {
          ask: 'Somebody computes with 32-bit numbers. The last decimal places of the results differ. What does the mark say?',
          answers: [
            { text: 'all wrong', why: 'Rounding is no mistake. The mark allows for it.' },
            { text: 'right', isRight: true, why: 'The differences are as small as rounding makes them.' },
            { text: 'it depends on the language', why: 'The mark sees only numbers.' },
          ],
        },
      ],
    },
  ],
  code: {
    equation: 'dZ^[1] = W^[2]T dZ^[2] ⊙ ReLU′ ( Z^[1] )',
    spoken:
      'dZ of layer 1 equals W of layer 2 transposed times dZ of layer 2, entry by entry times the slope of ReLU at Z of layer 1',
    quote: 'exercise',
  },
  board: { text: 'Compare with all numbers on Board', state: { m: 4, step: 6 } },
  tasks: [
    {
      ask: 'Write down the shapes of `X`, `W¹`, `Z¹`, `W²`, `Z²` and `dW¹` for 784 pixels, 10 hidden units, 10 classes and m digits.',
      answer: '784 × m; 10 × 784; 10 × m; 10 × 10; 10 × m; 10 × 784',
      lines: 3,
    },
    {
      ask: 'Write the whole backward pass as six equations.',
      answer:
        'dZ² = A² − Y; dW² = 1/m dZ² A¹ᵀ; db² = 1/m Σ dZ²; dZ¹ = W²ᵀ dZ² ⊙ ReLU′(Z¹); dW¹ = 1/m dZ¹ Xᵀ; db¹ = 1/m Σ dZ¹',
      lines: 6,
    },
    {
      ask: 'Your `dW²` is exactly 12 times too large, and you have 12 digits. What did you forget?',
      answer: 'To divide by m.',
      lines: 1,
    },
  ],
};
