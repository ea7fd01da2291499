import type { Chapter } from '../chapter.js';

export const chapter: Chapter = {
  sections: [
    {
      blocks: [
        'Here is an invented table of five people. Each answered three questions, 1 for yes and 0 for no. Do you smoke? Are you overweight? Do you exercise? The column `y` says who became ill. Can a machine learn this column from the three answers?',
        'One [unit](unit) can. It gives each input `x` a **weight**: a number that says how strongly this input counts, for or against. The unit multiplies each input by its weight and adds up the products. Then it adds one more number, the **bias** `b`. The result is the **weighted sum** `z`:',
        {
          equation: 'z = w_1 x_1 + w_2 x_2 + w_3 x_3 + b',
          spoken: 'z equals w1 x1 plus w2 x2 plus w3 x3 plus b',
        },
        'A sum can be any number. An answer should lie between 0 for no and 1 for yes. The [sigmoid](sigmoid) `σ` takes care of that. It turns a large sum into almost 1, a very negative sum into almost 0, and 0 into one half:',
        { equation: 'a = σ ( z )', spoken: 'a equals sigma of z' },
        'Move the weights until all five rows are right. There are many ways to do it.',
      ],
      figure: { name: 'by-hand', title: 'find the weights yourself' },
      questions: [
        {
          ask: 'Person 1 has the inputs 0, 1, 0. Which weights can change this person’s `z`?',
          answers: [
            {
              text: 'all three',
              why: 'Two inputs are 0. Whatever their weights are, 0 times a weight is 0.',
            },
            {
              text: 'only `w₂`',
              isRight: true,
              why: '`x₂` is the only input that is not 0. The other products are 0, whatever the weights are.',
            },
            { text: 'none of them', why: '`x₂` is 1, so `w₂ · 1` is part of the sum.' },
          ],
        },
        {
          ask: 'Somebody answers no three times: 0, 0, 0. All weights are 5, and the bias is −2. What is `z`?',
          answers: [
            { text: '13', why: 'That is 5 + 5 + 5 − 2. But each 5 is multiplied by an input of 0.' },
            { text: '0', why: 'The three products are 0, but the bias is added in any case.' },
            {
              text: '−2',
              isRight: true,
              why: 'Three products of 0, plus the bias. Only the bias speaks when all inputs are 0.',
            },
          ],
        },
      ],
    },
    {
      blocks: [
        'You can find three weights by hand. The network of this course has 7,960 numbers to find. So let the computer search.',
        'It first measures how wrong the answers are. That is one number, the [loss](J). Then it moves every weight and the bias a little, so that the loss becomes smaller. And it does this again, many times. This is all that **learning** means here: numbers that move a little at a time.',
        'How does it know which way to move them? Chapters 6 to 9 answer that.',
      ],
      figure: { name: 'learning', title: 'now let the unit learn' },
      questions: [
        {
          ask: 'After learning, `w₂` is by far the largest weight. Why?',
          answers: [
            {
              text: 'in this table, `y` is the same as `x₂` in every row',
              isRight: true,
              why: 'Compare the two columns. The unit found what you can see.',
            },
            {
              text: 'the middle input always counts most',
              why: 'The unit does not know that an input is in the middle. It sees only numbers.',
            },
            {
              text: 'it has learned medicine',
              why: 'It knows nothing but these five rows, and they are invented.',
            },
          ],
        },
      ],
    },
  ],
  code: {
    equation: 'a = σ ( W x + b )',
    spoken: 'a equals sigma of W x plus b',
    quote: 'one-unit',
  },
  board: {
    text: 'See a unit with 784 inputs on Board',
    state: { step: 1, entry: 'Z1[8]' },
  },
  tasks: [
    {
      ask: 'A unit has the weights `w₁` = 2, `w₂` = −1, `w₃` = 3 and the bias `b` = −2. Its inputs are 1, 1, 0. Compute `z`.',
      answer: () => `z = 2·1 + (−1)·1 + 3·0 + (−2) = ${2 * 1 + -1 * 1 + 3 * 0 + -2}`.replace('-', '−'),
    },
    {
      ask: 'Is the answer `a = σ(z)` of that unit above or below one half? Give the reason.',
      answer: 'Below one half, because z is negative: σ(0) = ½, and a smaller z gives a smaller a.',
    },
    {
      ask: 'Choose weights and a bias that answer “yes” only if all three inputs are 1.',
      answer:
        'For example w₁ = w₂ = w₃ = 10 and b = −25: only 10 + 10 + 10 − 25 = 5 is positive. With one input at 0 the sum is −5 or less.',
      lines: 3,
    },
  ],
};
