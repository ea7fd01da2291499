import type { Chapter } from '../chapter.js';

export const chapter: Chapter = {
  sections: [
    {
      blocks: [
        'A unit works with numbers. So how can it look at a digit? A picture must become numbers first.',
        'Cover the picture with a grid: 28 rows and 28 columns. Each square of the grid is a **pixel**. Note for each pixel how much ink is on it: 0 for blank paper, 255 for full ink. Such a whole number from 0 to 255 is a **byte**.',
        'Draw a digit, and point at its pixels. You will find that most of them are 0.',
      ],
      figure: { name: 'paint', title: 'draw a digit of your own' },
      questions: [
        {
          ask: 'How many numbers does such a picture have?',
          answers: [
            { text: '28', why: 'That is one row. There are 28 rows.' },
            { text: '56', why: 'Rows and columns are multiplied, not added: each row has 28 pixels.' },
            { text: '784', isRight: true, why: '28 rows of 28 pixels: 28 · 28 = 784.' },
          ],
        },
        {
          ask: 'You shift your digit two pixels to the right. What happens to its numbers?',
          answers: [
            {
              text: 'nothing, it is the same digit',
              why: 'To you it is. But other pixels hold the ink now, and the network sees nothing but pixels.',
            },
            {
              text: 'nearly every number near the ink changes',
              isRight: true,
              why: 'Each number belongs to a fixed place. This is why the page Draw centers a drawing before it reads it.',
            },
            { text: 'all numbers grow by 2', why: 'The numbers say how much ink there is, not where.' },
          ],
        },
      ],
    },
    {
      blocks: [
        'Two small steps remain. First, divide each byte by 255. Now every number lies between 0 and 1. Large inputs would make large sums, and learning would jump about. (Why shows [what happens](#/why?experiment=raw-pixels) if you leave this out.)',
        'Second, unroll the grid. Put the second row below the first one, the third below that, and so on. The result is one long column of 784 numbers. It is called `X`.',
        { equation: 'X = pixels / 255', spoken: 'X equals the pixels divided by 255' },
        'The network never learns that two pixels are neighbors. It sees a list of 784 inputs, as the unit of chapter 1 saw a list of three.',
      ],
      figure: { name: 'column', title: 'unroll it into a column' },
      questions: [
        {
          ask: 'A pixel has the byte 51. Which number stands in `X`?',
          answers: [
            { text: '0.2', isRight: true, why: '51 ÷ 255 = 0.2: a fifth of full ink.' },
            { text: '0.51', why: 'Divide by 255, the byte of full ink, not by 100.' },
            { text: '51', why: 'Not yet: it is still to be divided by 255.' },
          ],
        },
      ],
    },
  ],
  code: { equation: 'X = pixels / 255', spoken: 'X equals the pixels divided by 255', quote: 'pixels' },
  board: { text: 'See X on Board', state: { step: 1, entry: 'X[350]' } },
  tasks: [
    {
      ask: 'Draw a digit on squared paper, 8 × 8. Shade the squares. Write a number from 0 (blank) to 9 (full) for each square of the first three rows.',
      answer: 'Your own: compare the numbers with your drawing, row by row.',
      isDrawn: true,
    },
    {
      ask: 'A picture has 28 rows and 28 columns. In which place of the column `X` is the pixel of row 3, column 5? (Count from 1.)',
      answer: () => `Two whole rows come before it: 2 · 28 + 5 = ${2 * 28 + 5}.`,
    },
    {
      ask: 'Three pixels have the bytes 0, 102 and 255. Write their numbers in `X`.',
      answer: () => [0, 102, 255].map((byte) => `${byte} ÷ 255 = ${byte / 255}`).join(', '),
    },
  ],
};
