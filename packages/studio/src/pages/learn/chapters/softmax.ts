import type { Chapter } from '../chapter.js';

export const chapter: Chapter = {
  sections: [
    {
      blocks: [
        'The last layer has ten units, one for each digit from 0 to 9. Its inputs are the ten activations, so its weights `W²` are 10 × 10 numbers. The small 2 means layer 2. It is not a power:',
        { equation: 'Z^[2] = W^[2] A^[1] + b^[2]', spoken: 'Z2 equals W2 times A1 plus b2' },
        'These [weighted sums](Z) are ten **scores**. The digit with the largest score is the answer. But how sure is the network? A score of 9.3 does not say.',
        'We want ten [probabilities](probability) instead: none below 0, and together exactly 1. Two steps lead there:',
        '**First, make every score positive.** The function `exp`, also written `eᶻ`, does this. It turns 0 into 1, and each step of 1 multiplies the result by `e` ≈ 2.718. So a negative score becomes a small positive number, and a large score a very large one.',
        '**Then divide by the sum** `Σ` of all ten, counted by `k`. Now they add up to 1. Both steps together are called [softmax](softmax):',
        {
          equation: 'a_i = exp ( z_i ) ÷ Σ exp ( z_k )',
          spoken: 'a i equals exp of z i, divided by the sum over all k of exp of z k',
        },
        'Move a score, and watch all ten probabilities. When one grows, the others must give way.',
      ],
      figure: { name: 'scores', title: 'ten scores, ten probabilities' },
      questions: [
        {
          ask: 'You add 100 to every score. What happens to the probabilities?',
          answers: [
            {
              text: 'nothing',
              isRight: true,
              why: 'Each exp becomes e¹⁰⁰ times as large, and so does their sum. The factor cancels: only differences count.',
            },
            {
              text: 'they all grow',
              why: 'They cannot: together they are always 1. Try it with the button.',
            },
            {
              text: 'the largest one becomes 100%',
              why: 'The differences between the scores stay the same. Try it.',
            },
          ],
        },
        {
          ask: 'All ten scores are equal. What is each probability?',
          answers: [
            { text: '50%', why: 'Ten times 50% would be 500%.' },
            { text: '10%', isRight: true, why: 'Ten equal parts of 1. The network does not know at all.' },
            { text: '0%', why: 'exp of a score is never 0, and the ten add up to 100%.' },
          ],
        },
      ],
    },
    {
      blocks: [
        'On a computer there is a trap. `exp` grows so fast that `exp(710)` is too large for a 64-bit number. The computer then writes infinity. Infinity divided by infinity has no value, and it writes [NaN](nan): not a number.',
        'The way out is what you have just seen: adding the same number to all scores changes nothing. So subtract the largest score first. Now the largest is 0, `exp(0)` = 1, and nothing overflows. This is the **shift** in the code below.',
      ],
      figure: { name: 'shift', title: 'leave out the shift' },
      questions: [
        {
          ask: 'After the shift, what are the scores?',
          answers: [
            { text: 'all between 0 and 1', why: 'They can be far below 0. Only the largest is fixed.' },
            {
              text: '0 or below',
              isRight: true,
              why: 'The largest one minus itself is 0. The others are below it, or equal.',
            },
            { text: 'the same as before', why: 'The probabilities are the same. The scores have moved.' },
          ],
        },
      ],
    },
  ],
  code: { equation: 'A^[2] = softmax ( Z^[2] )', spoken: 'A2 equals softmax of Z2', quote: 'softmax' },
  board: { text: 'See softmax on Board', state: { step: 4, entry: 'A2[9]' } },
  tasks: [
    {
      ask: 'Three classes have `exp(z)` = 1, 3 and 4. What are their probabilities?',
      answer: () => `The sum is 8: ${[1, 3, 4].map((each) => `${each} ÷ 8 = ${each / 8}`).join(', ')}`,
    },
    {
      ask: 'Two classes have the scores 2 and 2. What are their probabilities? And for the scores 7 and 7?',
      answer: '½ and ½, both times: only the difference counts.',
    },
    {
      ask: 'Write down the scores 1001, 1000 and 998 after the shift.',
      answer: () => [1001, 1000, 998].map((z) => String(z - 1001).replace('-', '−')).join(', '),
    },
  ],
};
