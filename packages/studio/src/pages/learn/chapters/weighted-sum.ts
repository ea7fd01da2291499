import type { Chapter } from '../chapter.js';

export const chapter: Chapter = {
  sections: [
    {
      blocks: [
        'A hidden [unit](unit) of our network adds up like the unit of chapter 1. But it has 784 inputs, one for each pixel, and so it has 784 weights. It is called hidden because it stands between the input and the answer.',
        'We can look at its weights as a picture: one square for each pixel. Blue is a positive weight: ink here counts for the unit. Red is a negative one: ink here counts against it. White is close to 0.',
        'Now lay these weights over a digit. Each pixel multiplies its ink by its weight. The sign `⊙` stands for this: [entry by entry](hadamard). Where the paper is blank, the product is 0, whatever the weight is.',
        'Press “Add them up”, and watch the sum grow and shrink.',
      ],
      figure: { name: 'products', title: 'lay the weights over a digit' },
      questions: [
        {
          ask: 'A pixel at the edge is blank in every digit. How much does its weight matter?',
          answers: [
            { text: 'not at all', isRight: true, why: 'Its input is always 0, and 0 times a weight is 0.' },
            { text: 'as much as any other', why: 'Only inked pixels add something. This one never has ink.' },
            {
              text: 'it makes the sum smaller',
              why: 'That would need a product below 0. Here the product is 0.',
            },
          ],
        },
      ],
    },
    {
      blocks: [
        'Add all products, then the bias. That is the [weighted sum](Z) `z` of this unit, as in chapter 1, only longer:',
        { equation: 'z = Σ w_i x_i + b', spoken: 'z equals the sum over all i of w i times x i, plus b' },
        '`Σ` means: write this term for every pixel `i`, and add them all. The figure shows the largest terms as you would write them by hand.',
        'The network has ten hidden units, counted from 0 to 9, and each has its own weights. Write the weights of a unit as a row, and put the ten rows below each other. This table of 10 × 784 numbers is the **matrix** `W`. The product `W X` multiplies each row of `W` with the column `X`, number by number, and adds up. A small one: the row (1, 2, 0) times the column (4, 5, 6) gives 1·4 + 2·5 + 0·6 = 14. A second row (0, 1, 3) gives 23. So one line means all ten sums at once:',
        { equation: 'Z^[1] = W^[1] X + b^[1]', spoken: 'Z1 equals W1 times X plus b1' },
        'The little [1] says: layer 1. A capital letter is nothing new: `Z` and `W` are all the `z` and `w` of a layer together.',
      ],
      figure: { name: 'longhand', title: 'the same, in longhand' },
      questions: [
        {
          ask: 'When is the sum of a unit large?',
          answers: [
            {
              text: 'when there is much ink',
              why: 'Ink on a red weight makes the sum smaller. It matters where the ink is.',
            },
            {
              text: 'when ink lies on blue weights, and little on red ones',
              isRight: true,
              why: 'Then most products are positive. The unit looks for ink in certain places.',
            },
            { text: 'when all weights are large', why: 'Large negative weights make it small.' },
          ],
        },
        {
          ask: 'What shape has `Z` of layer 1 for one digit?',
          answers: [
            { text: '784 numbers', why: 'That is `X`. Each unit makes one number of all 784.' },
            { text: '10 numbers', isRight: true, why: 'One sum for each of the ten hidden units.' },
            {
              text: '7,840 numbers',
              why: 'That many weights there are in `W`. They are multiplied and added up.',
            },
          ],
        },
      ],
    },
  ],
  code: {
    equation: 'Z^[1] = W^[1] X + b^[1]',
    spoken: 'Z1 equals W1 times X plus b1',
    quote: 'weighted-sum',
  },
  board: { text: 'See this sum on Board', state: { step: 1, entry: 'Z1[8]' } },
  tasks: [
    {
      ask: 'Four pixels have the inks 0, 0.5, 1 and 1. Their weights are 3, 2, −1 and 0.5; the bias is 0.25. Compute `z`, one product below the other.',
      answer: () =>
        `0·3 = 0; 0.5·2 = 1; 1·(−1) = −1; 1·0.5 = 0.5; the sum is 0.5; plus the bias, z = ${0.5 + 0.25}`,
      lines: 5,
    },
    {
      ask: 'How many weights and biases has a layer of 10 units with 784 inputs?',
      answer: () => `10 · 784 = 7,840 weights and 10 biases: ${(7850).toLocaleString('en-US')} numbers.`,
    },
    {
      ask: 'Sketch weights, blue and red, of a unit that gives a large sum for a 1 and a small one for a 0.',
      answer:
        'Blue along the middle, where a 1 has its stroke; red to the left and right, where a 0 has its ink.',
      isDrawn: true,
    },
  ],
};
