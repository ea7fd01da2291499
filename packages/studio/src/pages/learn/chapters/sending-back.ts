import type { Chapter } from '../chapter.js';

export const chapter: Chapter = {
  sections: [
    {
      blocks: [
        'The last layer is done. But most weights, 7,840 of them, are in the first layer. A hidden unit has no right answer that you could subtract. What is its error?',
        'Think of one weight, from a pixel to a hidden unit. Make it a little larger. The unit’s sum grows and, if the unit is on, its activation. That changes all ten outputs, and so the loss. Every part of this way multiplies the change by a number.',
        'Follow one way back, from the loss to the weight. You meet four numbers. First comes the error of an output, `dz²`. Then comes the weight `w²` that joins the hidden unit to it. The third is the slope of [ReLU](relu): 1 if the unit was on, 0 if it was off. The last is the pixel `x`.',
        'Multiply the four. This is the [chain rule](chain-rule): slopes along a way are multiplied. There are ten such ways, one through each output. What comes back along all ten is added up.',
      ],
      figure: { name: 'chain-path', title: 'one path, factor by factor' },
      questions: [
        {
          ask: 'Choose a hidden unit that was off, such as unit 0. What is the product of its path?',
          answers: [
            {
              text: 'it depends on the output',
              why: 'The first factors do. But one factor is 0 for every output.',
            },
            {
              text: '0 for every output',
              isRight: true,
              why: 'The unit was off, so the slope of ReLU is 0. Anything times 0 is 0.',
            },
            { text: 'the pixel', why: 'The pixel is only one of the four factors.' },
          ],
        },
        {
          ask: 'The pixel is blank: `x` = 0. What is the gradient of its weight?',
          answers: [
            {
              text: '0',
              isRight: true,
              why: 'The last factor of all ten paths is 0. For this digit, this weight changes nothing.',
            },
            {
              text: 'the error of the unit',
              why: 'That is what the pixel is multiplied with. And 0 times it is 0.',
            },
            {
              text: 'the same as for a pixel with ink',
              why: 'The pixel itself is a factor, so ink and paper differ.',
            },
          ],
        },
      ],
    },
    {
      blocks: [
        'Now do this for a whole unit. Take the ten errors. Multiply each by the weight that joins the unit to that output, and add up. The ten weights that leave a unit are a column of `W²`, and a product needs rows. So `W²` is [transposed](transposed): its columns become rows. For all units at once, that is `W²ᵀ dZ²`. Forward, the weights carry activations to the outputs. Backward, the same weights carry the errors to the hidden units.',
        'Then comes a gate: multiply by [ReLU′](g-prime), the slope of ReLU. A unit that was off changed nothing, so no error passes:',
        {
          equation: 'dZ^[1] = W^[2]T dZ^[2] ⊙ ReLU′ ( Z^[1] )',
          spoken:
            'dZ of layer 1 equals W of layer 2 transposed times dZ of layer 2, multiplied entry by entry with the slope of ReLU at Z of layer 1',
        },
        'The sign [⊙](hadamard) multiplies entry by entry, after the matrix product. From here on, all is as in chapter 8. A gradient is an error times an input, and the input is now the digit:',
        {
          equation: 'dW^[1] = 1/m dZ^[1] X^T',
          spoken: 'dW of layer 1 equals one over m times dZ of layer 1 times X transposed',
        },
        {
          equation: 'db^[1] = 1/m Σ dZ^[1]',
          spoken: 'db of layer 1 equals one over m times the sum of dZ of layer 1',
        },
        'So, for one digit, each row of `dW¹` is the digit itself, times one number. You see ten pictures of the 4: some positive, some negative, some empty. Now leave out ReLU′, and check a unit that was off. The measured slope is 0, and the wrong equation says otherwise.',
      ],
      figure: { name: 'error-gate', title: 'through the gate' },
      questions: [
        {
          ask: 'Unit 0 was off: its `z` is −0.381. An error of −0.212 came back to it. What is its `dz¹`?',
          answers: [
            {
              text: '−0.212',
              why: 'That is what came back. It must still pass the gate, and the unit was off.',
            },
            { text: '0', isRight: true, why: 'ReLU is flat below 0: its slope is 0. So nothing passes.' },
            { text: '0.081', why: 'That is −0.212 times −0.381. The gate takes the slope of ReLU, not `z`.' },
          ],
        },
        {
          ask: 'Why do the pictures of `dW¹` look like the digit?',
          answers: [
            {
              text: 'the weights look like the digit',
              why: 'These are not the weights, but their gradients for this one digit.',
            },
            {
              text: 'each row is one error times all pixels',
              isRight: true,
              why: 'So each picture is the digit, made stronger, weaker or negative.',
            },
            { text: 'the network has learned it', why: 'It has not: it reads this 4 as a 9.' },
          ],
        },
      ],
    },
  ],
  code: {
    equation: 'dZ^[1] = W^[2]T dZ^[2] ⊙ ReLU′ ( Z^[1] )',
    spoken:
      'dZ of layer 1 equals W of layer 2 transposed times dZ of layer 2, multiplied entry by entry with the slope of ReLU at Z of layer 1',
    quote: 'sending-back',
  },
  board: { text: 'Open this error on Board', state: { step: 8, entry: 'dZ1[2,0]' } },
  tasks: [
    {
      ask: 'A hidden unit is joined to two outputs by the weights 2 and −1. Their errors are 0.5 and −0.3. What comes back to the unit?',
      answer: () => `2·0.5 + (−1)·(−0.3) = ${Number((2 * 0.5 + 0.3).toFixed(2))}`,
    },
    {
      ask: 'Its `z` is 0.7. What is its error `dz¹`? And if `z` were −0.7?',
      answer: '1.3, since ReLU′ is 1; and 0, since ReLU′ is 0.',
    },
    {
      ask: 'With `z` = 0.7: a pixel has the value 0.5, another one is blank. Give the gradients of their two weights.',
      answer: () => `1.3·0.5 = ${1.3 * 0.5} and 1.3·0 = 0`,
    },
    {
      ask: 'Explain `dZ¹ = W²ᵀ dZ² ⊙ ReLU′(Z¹)` to somebody in three sentences.',
      answer:
        'The errors of the outputs go back through the same weights. Each hidden unit adds up what comes back to it. If the unit was off, its error is 0.',
      lines: 4,
    },
  ],
};
