import type { Chapter } from '../chapter.js';

export const chapter: Chapter = {
  sections: [
    {
      blocks: [
        'The network has 7,960 numbers to move. Take just one of them: a weight `w` of the last layer. Keep all others fixed. For each value of `w`, compute the [loss](J). This gives the curve in the figure. It is the real one, of 16 digits.',
        'We want to go to the bottom. But imagine that there is fog: you see only the ground under your feet. What helps is the **slope**, the orange line. It says how fast the loss changes when `w` grows. A positive slope means that it goes up to the right. So walk to the left. A negative slope: walk to the right. In both cases, walk **against** the slope.',
        'In a network the slope is called the [gradient](gradient), and written `dw`: one name, not `d` times `w`. How long should the step be? Take the slope times a small number, the [learning rate](alpha) `α`:',
        { equation: 'w := w − α dw', spoken: 'w becomes w minus alpha times dw' },
        '`:=` means that `w` becomes this. Near the bottom the slope is small, so the steps become short by themselves. Press “Step downhill” several times, with `α` = 0.1. Then start again with a large `α`.',
      ],
      figure: { name: 'hill', title: 'walk the loss curve of one weight' },
      questions: [
        {
          ask: 'The slope is −0.3 and `α` is 2. What happens to `w`?',
          answers: [
            { text: 'it shrinks by 0.6', why: 'Minus a negative number: w − 2 · (−0.3) is larger than w.' },
            { text: 'it grows by 0.6', isRight: true, why: 'w − 2 · (−0.3) = w + 0.6: against the slope.' },
            { text: 'it stays', why: 'Only where the slope is 0.' },
          ],
        },
        {
          ask: 'What can go wrong with a large `α`?',
          answers: [
            { text: 'nothing, it is only faster', why: 'Set α to 40, and press “Step downhill”.' },
            {
              text: 'you jump over the valley, and may land higher',
              isRight: true,
              why: 'The slope says which way is down, but not for how far.',
            },
            {
              text: 'you walk uphill from the first moment',
              why: 'The direction is right. The step is too long.',
            },
          ],
        },
      ],
    },
    {
      blocks: [
        'How does one find the slope? The simple way: nudge the weight. Make it a little smaller and a little larger, by `h`, and compare the two losses. Divide the difference by the distance, which is `2h`.',
        'The smaller the nudge, the closer this comes to the true slope. But it needs two losses for each weight: 15,920 for our network, and all that for a single step! The next chapters show a better way. It computes all gradients at once, for about the price of two losses. Nudging remains as the honest check. On the page Board, “Check this number” does exactly this.',
      ],
      figure: { name: 'nudge', title: 'nudge it, and measure' },
      questions: [
        {
          ask: 'With `h` = 1 the measured slope is not the gradient. Why?',
          answers: [
            {
              text: 'the curve bends between the two points',
              isRight: true,
              why: 'You measure the slope of a long line. Close to the point, the curve is almost straight.',
            },
            { text: 'the computer rounds', why: 'It does, but far too little to see here.' },
            { text: 'the gradient is wrong', why: 'Take a small h: then both agree to many digits.' },
          ],
        },
      ],
    },
  ],
  code: { equation: 'w := w − α dw', spoken: 'w becomes w minus alpha times dw', quote: 'downhill' },
  board: { text: 'See gradients on Board', state: { step: 6, m: 16 } },
  tasks: [
    {
      ask: 'The weight is 0.5, its slope 0.2, and `α` = 0.1. Compute the next weight.',
      answer: () => `0.5 − 0.1 · 0.2 = ${(0.5 - 0.1 * 0.2).toFixed(2)}`,
    },
    {
      ask: 'The loss is 0.84 at `w` = 1.9, and 0.90 at `w` = 2.1. Estimate the slope at 2. Which way should `w` move?',
      answer: () =>
        `(0.90 − 0.84) ÷ 0.2 = ${((0.9 - 0.84) / 0.2).toFixed(1)}: positive, so w should become smaller.`,
      lines: 3,
    },
    {
      ask: 'Draw a valley. Draw three steps with a good `α`, and three with one that is too large.',
      answer:
        'Good: shorter and shorter steps towards the bottom. Too large: from one side to the other, and higher each time.',
      isDrawn: true,
    },
  ],
};
