import type { Chapter } from '../chapter.js';

export const chapter: Chapter = {
  sections: [
    {
      blocks: [
        'A pupil can learn all answers of last year’s test by heart. Then she gets 100% in it, and it says nothing about this year’s. A network can do the same. So never judge it by the digits from which it has learned. The share of digits that it reads right is its [accuracy](accuracy). It always matters which digits those are.',
        'That is why the digits are divided. The network learns from the [training set](training). You make your choices by the [dev set](dev): how many units, which learning rate, when to stop. And you open the [test set](test) once, at the end. It says how well the network reads digits that played no part before.',
        'Why is dev not enough? You choose what is best on dev, and a part of that is luck. Only digits that decided nothing are a fair judge.',
        'Try it with few digits. Of 20 digits, ten hidden units learn every single one. But they read fewer than half of the test digits right. They remember much and know little. This is called [overfitting](overfitting). More digits help. What fits a thousand digits fits other digits better, too.',
      ],
      figure: { name: 'remember-or-know', title: 'few digits, or many?' },
      questions: [
        {
          ask: 'The network has learned 20 digits, all of them right. What is its test accuracy?',
          answers: [
            {
              text: '100%, too',
              why: 'It has only seen two digits of each kind. Other people write differently.',
            },
            {
              text: 'about 10%, as by guessing',
              why: 'It knows more than that: a second 1 often looks like the first one.',
            },
            {
              text: 'about 40%',
              isRight: true,
              why: 'Twenty digits teach a little that holds for others. The rest is remembered.',
            },
          ],
        },
        {
          ask: 'Which number tells you how well a network will read tomorrow’s digits?',
          answers: [
            {
              text: 'the accuracy on the training set',
              why: 'The network may simply remember these digits.',
            },
            {
              text: 'the accuracy on the test set, opened once',
              isRight: true,
              why: 'Neither the network nor you have used these digits before.',
            },
            {
              text: 'the loss',
              why: 'The loss of which set? On the training set it says as little as the accuracy.',
            },
          ],
        },
      ],
    },
    {
      blocks: [
        'This course began with a notebook on the web: a text with a program in it. It says that its ten hidden units reach about 98% on the training digits. With its settings they reach about 85%. Can they reach 98% at all?',
        'Yes. We trained them on 41,000 digits, as the notebook does, until they made hardly any mistake there. They reached 98.9% on the training digits, and only 88.8% on the test digits.',
        'Trained with care, and on 59,000 digits, the same ten units read 95.7% of the training digits right, and 95.0% of the test digits. So three points more on the training digits came with six points less on the test digits. The network has spent its few weights on single digits that it remembers.',
        'What helps? More digits. Fewer or smaller weights. Stopping early: when the accuracy on dev no longer grows. And pictures that are bent a little, so that no picture comes twice. Chapter 14 shows some of it.',
        'Before you believe a number, ask two questions. Of which digits is it? And had those digits any part in the training, or in a choice?',
      ],
      figure: { name: 'measured-runs', title: 'what 98% costs' },
      questions: [
        {
          ask: 'Somebody trains 30 networks, keeps the one that is best on the test set, and reports that number. What is wrong?',
          answers: [
            {
              text: 'nothing: it is the test set',
              why: 'The test set has now made a choice. It is a dev set from then on.',
            },
            {
              text: 'the test set was used to choose, so the number is too good',
              isRight: true,
              why: 'The best of 30 was also the luckiest. On new digits it will be a little worse.',
            },
            {
              text: '30 networks are too few',
              why: 'With more networks, the luck of the best one is even greater.',
            },
          ],
        },
        {
          ask: 'A network has 98.9% on training and 88.8% on test. What should you try first?',
          answers: [
            { text: 'more updates', why: 'It fits the training digits too closely already.' },
            {
              text: 'more training digits',
              isRight: true,
              why: 'Then it cannot remember them all, and must find what they share.',
            },
            { text: 'a larger test set', why: 'That measures the gap more exactly. It does not close it.' },
          ],
        },
      ],
    },
  ],
  code: {
    equation: 'accuracy = right/m',
    spoken: 'The accuracy is the number of right answers divided by m',
    quote: 'know-or-remember',
  },
  board: { text: 'See a digit that is read wrong on Board', state: { step: 4, entry: 'A2[9,0]' } },
  tasks: [
    {
      ask: 'Of 10,000 test digits, a network reads 8,522 right. What is its accuracy, in percent?',
      answer: () => `8,522 / 10,000 = ${(100 * 8522) / 10_000}%`,
      lines: 1,
    },
    {
      ask: 'Network A: training 99.9%, dev 93%. Network B: training 96%, dev 95%. Which one do you choose, and why?',
      answer: 'B: it is better on digits that it has not learned from. A remembers more.',
    },
    {
      ask: 'Name the set for each task: learn the weights; choose α; report the result.',
      answer: 'training; dev; test',
      lines: 1,
    },
    {
      ask: 'Write down two ways to make overfitting smaller.',
      answer: 'For example: more training digits; smaller weights; stopping early; bent pictures.',
    },
  ],
};
