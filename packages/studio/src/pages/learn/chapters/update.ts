import type { Chapter } from '../chapter.js';

export const chapter: Chapter = {
  sections: [
    {
      blocks: [
        'You now have a gradient for each weight and each bias: 7,960 slopes. Chapter 7 said what to do with one slope: take a small step against it. Now do this with all of them at once. The [learning rate](alpha) `α` says how large the step is:',
        { equation: 'W := W − α dW', spoken: 'W becomes W minus alpha times dW' },
        { equation: 'b := b − α db', spoken: 'b becomes b minus alpha times db' },
        'Try it on the 4, once, with `α` = 0.1. Then look at the last column, and read on. One update was enough: now the network is almost certain that it is a 4. But of 500 other digits, it read 83.6% right before. Now it reads 48.8% right. All digits share the same weights, and the 4 has pulled them its own way.',
        'So one digit alone is a bad teacher. The remedy is the mean. Send many digits through the network, add up their gradients, and divide by their number `m`. A wish of one digit is then small. A wish of many digits stays.',
      ],
      figure: { name: 'one-update', title: 'teach it one digit' },
      questions: [
        {
          ask: 'Start again with `α` = 0.001, and update five times. What happens to the other digits?',
          answers: [
            {
              text: 'they suffer less, and the 4 learns more slowly',
              isRight: true,
              why: 'The direction is the same, but each step is a hundred times smaller.',
            },
            {
              text: 'nothing: the steps are too small',
              why: 'Look at the loss. It falls with each update, only slowly.',
            },
            {
              text: 'they get better',
              why: 'The direction is still that of one digit. Smaller steps make the harm smaller.',
            },
          ],
        },
        {
          ask: 'Why are the gradients divided by `m`?',
          answers: [
            {
              text: 'so that every digit has its own step',
              why: 'There is one step for all digits together.',
            },
            {
              text: 'so that a step is about as large for 10 digits as for 59,000',
              isRight: true,
              why: 'A sum grows with the number of digits. A mean does not, so the same `α` fits.',
            },
            {
              text: 'so that the gradients are positive',
              why: 'Dividing by a positive number changes no sign.',
            },
          ],
        },
      ],
    },
    {
      blocks: [
        'Forward, loss, backward, update: one such round is an [iteration](iteration). The network of the Board has had 500 of them. In each, all 59,000 training digits went through. That takes about four seconds on two fast processor cores, and longer on an old computer.',
        'At the start the weights are random numbers from −0.5 to 0.5. They look like noise. Then watch the ten pictures, one for each hidden unit. Strokes appear. Blue marks ink that makes the unit’s sum larger. Red marks ink that makes it smaller. Nobody has drawn them: each is the sum of 500 small steps.',
        'Why does it start with random weights, and not with zeros? Units that start equal get equal errors, and so equal steps. They stay equal for ever. You can see it [on the page Why](#/why?experiment=zero-start).',
        'Go back with the slider, and find the update at which you first see a stroke. And compare two numbers when it is done: the share of right answers on the training digits, and on test digits, which the network has never seen.',
      ],
      figure: { name: 'training-strip', title: 'ten pictures out of noise' },
      questions: [
        {
          ask: 'Train on 1,000 digits. Where will the network be better: on these 1,000, or on the test digits?',
          answers: [
            {
              text: 'on the 1,000 training digits',
              isRight: true,
              why: 'It has learned from these. The next chapter is about the difference.',
            },
            {
              text: 'on the test digits',
              why: 'It has never seen them. That it reads many of them right is what we want.',
            },
            {
              text: 'equally good on both',
              why: 'That is the hope. With 1,000 digits it is not so: compare the two numbers.',
            },
          ],
        },
        {
          ask: 'Then train on 59,000 digits. How do the two numbers change?',
          answers: [
            {
              text: 'they come closer together',
              isRight: true,
              why: 'The same 7,960 numbers must now fit 59 times as many digits. Those cannot all be remembered.',
            },
            { text: 'they move further apart', why: 'More digits leave less room to remember each of them.' },
            {
              text: 'both become 100%',
              why: 'Ten hidden units are too few for that, even after many more updates.',
            },
          ],
        },
      ],
    },
  ],
  code: {
    equation: 'W := W − α dW , b := b − α db',
    spoken: 'W becomes W minus alpha times dW, and b becomes b minus alpha times db',
    quote: 'update',
  },
  board: { text: 'Make this update on Board', state: { step: 11, entry: 'W2[4,8]' } },
  tasks: [
    {
      ask: 'A weight is 0.5, its gradient is −2, and `α` is 0.1. What is the weight after the update?',
      answer: () => `0.5 − 0.1·(−2) = ${0.5 + 0.1 * 2}`,
    },
    {
      ask: 'Two digits give a weight the gradients 0.6 and −0.2. What is `dw`, with `m` = 2?',
      answer: () => `(0.6 − 0.2) / 2 = ${Number(((0.6 - 0.2) / 2).toFixed(2))}`,
    },
    {
      ask: 'How many weights and biases does a network of 784 inputs, 10 hidden units and 10 outputs have?',
      answer: () => `784·10 + 10 + 10·10 + 10 = ${784 * 10 + 10 + 10 * 10 + 10}`.replace('7960', '7,960'),
    },
    {
      ask: 'Write down the four parts of one iteration, in their order.',
      answer: 'forward, loss, backward, update',
    },
  ],
};
