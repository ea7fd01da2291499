import type { Chapter } from '../chapter.js';

export const chapter: Chapter = {
  sections: [
    {
      blocks: [
        'In chapter 6, the loss said how wrong the network is: one number for the whole answer. Now look at each of the ten outputs. The network read this 4 as a 9. It gave the 9 a [probability](probability) of 66.4%, and the 4 only 28.2%.',
        'How wrong is each output? Take the network’s answer, and subtract the right one. The right answer `Y` is 1 for the 4 and 0 for all other classes:',
        {
          equation: 'dZ^[2] = A^[2] − Y',
          spoken: 'dZ of layer 2 equals A of layer 2 minus Y',
        },
        'This is the **error** of the output, [dZ²](dZ). The error is positive where the network said too much: 0.664 for the 9. It is negative where the network said too little: 0.282 − 1 = −0.718 for the 4.',
        'You know the `d` from chapter 7. It means a slope: how fast the loss of this digit changes when this `z` grows. Why is the slope so simple? A logarithm turns a fraction into a difference. So with [softmax](softmax) the loss is `log Σ exp(zₖ)` minus the right `z`. Let the 9’s `z` grow by `h` = 0.01. Then its `exp` grows by 1%. That is 66.4% of the sum, so the sum grows by 0.664%. A number that grows by 0.664% has a `log` that grows by 0.00664: this is `a·h`. The right `z` takes away `h`, for the right class alone. So the slope is `a − y`.',
      ],
      figure: { name: 'answer-errors', title: 'how wrong is each output?' },
      questions: [
        {
          ask: 'Suppose that the 4 of the figure were a 9. Which errors would change?',
          answers: [
            {
              text: 'only those of the 4 and the 9',
              isRight: true,
              why: '`Y` changes in two places: 0 for the 4 and 1 for the 9. The answers stay the same.',
            },
            {
              text: 'all ten',
              why: 'The answers `A²` do not depend on the label. Only `Y` changes, in two places.',
            },
            {
              text: 'only that of the 9',
              why: 'The 9 gets a 1 in `Y`. But the 4 loses its 1, so its error changes, too.',
            },
          ],
        },
        {
          ask: 'What do the ten errors of a digit add up to?',
          answers: [
            {
              text: 'to the loss',
              why: 'The loss is a logarithm. The errors are answers minus right answers.',
            },
            { text: 'to 1', why: 'The ten answers add up to 1. But the ten right answers do so, too.' },
            {
              text: 'to 0',
              isRight: true,
              why: 'Both the answers and the right answers add up to 1, and 1 − 1 = 0. Too much here is too little there.',
            },
          ],
        },
      ],
    },
    {
      blocks: [
        'Now, which weights should change? A weight of the last layer takes part in the error when two things are true. Its output was wrong, **and** something came in through it. If the weight grows by `h`, its sum `z` grows by `a·h`, and the loss by `dz·a·h`. So its [gradient](gradient) is `dz·a`: the error of the output times the activation that came in.',
        'Ten errors and ten activations make 100 products. They are the matrix [dW²](dW). Each row is the error of one class times all ten activations. The small T in `A¹ᵀ` lays the column of activations down as a row. With several digits, the 100 products of each digit are added up. The matrix product does this by itself. Then divide by the number of digits, `m`:',
        {
          equation: 'dW^[2] = 1/m dZ^[2] A^[1]T',
          spoken: 'dW of layer 2 equals one over m times dZ of layer 2 times A of layer 1 transposed',
        },
        'A bias has no input. It acts like a weight whose input is always 1. So its gradient is the error itself, again as the mean over the digits. `Σ` adds along each row here:',
        {
          equation: 'db^[2] = 1/m Σ dZ^[2]',
          spoken: 'db of layer 2 equals one over m times the sum of dZ of layer 2',
        },
        'How do we know that this is right? Orange squares are positive, purple ones negative. Press one. The figure moves this one weight a little and measures the loss. Then it compares the slope with the gradient. This is called a [gradient check](gradient-check), and it works for every gradient.',
      ],
      figure: { name: 'outer-product', title: 'build it, row by row' },
      questions: [
        {
          ask: 'Hidden unit 3 was off: its activation is 0. What is the gradient of its ten weights to the outputs?',
          answers: [
            {
              text: 'the error of each output',
              why: 'The error is one factor. The other factor is the activation, and it is 0.',
            },
            {
              text: '0 for all ten',
              isRight: true,
              why: 'Nothing came in through these weights. So changing them a little would change nothing.',
            },
            {
              text: 'it depends on `α`',
              why: '`α` decides how large a step is. The slope is there before any step.',
            },
          ],
        },
        {
          ask: 'Row 0 of `dW²` is almost white. Why?',
          answers: [
            {
              text: 'the weights of class 0 are small',
              why: 'The weights are not in this product. It has errors and activations.',
            },
            {
              text: 'the error of class 0 is almost 0',
              isRight: true,
              why: 'The network gave the 0 almost no probability, and that is right. There is nothing to correct.',
            },
            { text: 'class 0 comes first', why: 'The order of the classes plays no part.' },
          ],
        },
      ],
    },
  ],
  code: {
    equation: 'dW^[2] = 1/m dZ^[2] A^[1]T',
    spoken: 'dW of layer 2 equals one over m times dZ of layer 2 times A of layer 1 transposed',
    quote: 'output-error',
  },
  board: { text: 'Open this gradient on Board', state: { step: 6, entry: 'dW2[9,8]' } },
  tasks: [
    {
      ask: 'A network with three classes answers 0.7, 0.2, 0.1. The right class is the second. Write down `dZ²`.',
      answer: () => listOf([0.7, 0.2 - 1, 0.1]),
    },
    {
      ask: 'Its two activations are 3 and 0. Write down `dW²`, row by row, for this one example.',
      answer: () => [0.7, 0.2 - 1, 0.1].map((error) => listOf([error * 3, 0])).join('; '),
      lines: 3,
    },
    { ask: 'Write down `db²`.', answer: () => `the same as dZ²: ${listOf([0.7, 0.2 - 1, 0.1])}`, lines: 1 },
    {
      ask: 'Say in one sentence when the gradient of a weight is large.',
      answer: 'When its output was very wrong, and a large activation came in through it.',
    },
  ],
};

function listOf(numbers: readonly number[]): string {
  return numbers.map((value) => String(Number(value.toFixed(3))).replace('-', '−')).join(', ');
}
