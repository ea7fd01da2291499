import type { Chapter } from '../chapter.js';

export const chapter: Chapter = {
  sections: [
    {
      blocks: [
        'A unit says yes when its [weighted sum](Z) is above 0, and no when it is below. Where the sum is exactly 0, there is a border. With two inputs the border is a straight line:',
        { equation: 'w_1 x_1 + w_2 x_2 + b = 0', spoken: 'w1 x1 plus w2 x2 plus b equals 0' },
        'Try to put the full dots on the yellow side and the empty dots on the other. First leave the [bias](b) at 0, and move the weights alone. The border turns, but it always goes through the corner where both inputs are 0. There the sum is 0, whatever the weights are.',
        'Now move the bias as well. It pushes the border away from the corner. No weight can do that.',
      ],
      figure: { name: 'border', title: 'a border that only a bias can move' },
      questions: [
        {
          ask: 'A picture is blank: all inputs are 0. The network has no biases. What does a hidden unit compute?',
          answers: [
            { text: '`z` = 0', isRight: true, why: 'Every product is 0, and nothing is added.' },
            { text: 'it depends on its weights', why: 'Each weight is multiplied by an input of 0.' },
            { text: 'a random number', why: 'Nothing here is random: the same input gives the same sum.' },
          ],
        },
      ],
    },
    {
      blocks: [
        'One border is too little to tell ten digits apart. So we use **layers**: the answers of the hidden units are the inputs of ten more units. But two layers are of no use if both only multiply and add. Try it: move the weights without ReLU. However you choose them, the result is one straight line. One layer could do the same.',
        'The line must bend somewhere. [ReLU](relu) does this in the simplest way, and takes the place of `σ` here. It keeps a positive sum, and replaces a negative sum by 0:',
        { equation: 'A^[1] = ReLU ( Z^[1] )', spoken: 'A1 equals ReLU of Z1' },
      ],
      figure: { name: 'fold', title: 'two layers folded into one' },
      questions: [
        {
          ask: 'ReLU is missing between 100 layers. How many layers is that worth?',
          answers: [
            {
              text: '100',
              why: 'A sum of sums is a sum: without a bend, each pair of layers folds into one.',
            },
            { text: '50', why: 'Pairs fold into one, and then these fold again.' },
            {
              text: '1',
              isRight: true,
              why: 'Only multiplying and adding: all of it folds into a single line.',
            },
          ],
        },
      ],
    },
    {
      blocks: [
        'The number that a unit passes on is its [activation](A) `a`. After ReLU a unit is **off** (its activation is 0) or **on** (its activation is its sum). Different digits switch on different units. Choose some digits, and see.',
      ],
      figure: { name: 'units', title: 'the ten hidden units, on and off' },
      questions: [
        {
          ask: 'A hidden unit has `z` = −3.2. What does it pass on?',
          answers: [
            { text: '3.2', why: 'ReLU does not drop the minus. It replaces the number by 0.' },
            { text: '0', isRight: true, why: 'The sum is negative, so the unit is off.' },
            { text: '−3.2', why: 'ReLU lets only positive sums through.' },
          ],
        },
      ],
    },
  ],
  code: { equation: 'A^[1] = ReLU ( Z^[1] )', spoken: 'A1 equals ReLU of Z1', quote: 'bias-and-relu' },
  board: { text: 'See ReLU on Board', state: { step: 2, entry: 'A1[8]' } },
  tasks: [
    {
      ask: 'The sums of five units are 2.5, −1, 0, 0.3 and −7. Write down the five activations after ReLU.',
      answer: () => [2.5, -1, 0, 0.3, -7].map((z) => Math.max(0, z)).join(', '),
    },
    {
      ask: 'A border is `x₁ + x₂ − 3 = 0`. Draw it. On which side is the point (1, 1)?',
      answer: 'The line goes through (3, 0) and (0, 3). At (1, 1) the sum is 1 + 1 − 3 = −1: on the no side.',
      isDrawn: true,
    },
    {
      ask: 'First layer: `y = 2x + 1`. Second layer: `z = 3y − 2`. Fold both into one.',
      answer: () => `z = 3·(2x + 1) − 2 = ${3 * 2}x + ${3 * 1 - 2}`,
    },
  ],
};
