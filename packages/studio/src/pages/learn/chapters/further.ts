import type { Chapter } from '../chapter.js';

export const chapter: Chapter = {
  sections: [
    {
      blocks: [
        'Ten hidden units and 500 updates read 85% of the test digits right. The best network of this project reads 99.5%. That is one mistake in 200 digits in place of one in seven. You know nearly all the equations that it takes. Here are the five ideas that make the difference.',
        '[Mini-batches](mini-batch) first. Why wait for all 59,000 digits before you take one step? The mean over 50 or 128 digits shows almost the same direction, and it costs a fraction of the time. So you take hundreds of steps in each [epoch](epoch), which is once through all digits.',
        'Then [momentum](momentum). A ball that rolls downhill does not stop at each bump. So keep a part of the last step, and add it to the next one. Steps that agree grow, and steps that contradict each other cancel.',
        'Both only change how you go downhill. The gradient is still that of chapters 8 and 9. Compare them: each way goes twenty times through the same 1,000 digits.',
      ],
      figure: { name: 'descents', title: 'four ways downhill' },
      questions: [
        {
          ask: 'Mini-batches of 50, and 1,000 digits. How many updates are there in 20 epochs?',
          answers: [
            { text: '20', why: 'That would be one update for each epoch, as with all digits at once.' },
            { text: '50', why: 'In each batch there are 50 digits. Count the batches.' },
            { text: '400', isRight: true, why: '1,000 / 50 = 20 batches in each epoch, and 20 epochs.' },
          ],
        },
        {
          ask: 'Which of the four ways will be the worst after twenty epochs?',
          answers: [
            {
              text: 'all digits in each update',
              isRight: true,
              why: 'Its steps are the most exact, but it takes only 20 of them.',
            },
            {
              text: 'mini-batches: their gradients are less exact',
              why: 'Each is, a little. But there are twenty times as many steps.',
            },
            {
              text: '128 hidden units: there is more to learn',
              why: 'There are more weights, and they also make more possible.',
            },
          ],
        },
      ],
    },
    {
      blocks: [
        'The network can be **wider**. 784-128-10 has 784 inputs, 128 hidden units and 10 outputs. So there are 128 pictures in place of ten. Each can wait for a smaller detail.',
        'It can be **deeper**, too. A second hidden layer works on the activations of the first one. It can join strokes to loops and corners. The equations stay the same: the error goes back through one more `Wᵀ` and one more gate.',
        'The last idea is [augmentation](augmentation). Turn, shift and bend each digit a little, in a new way in each epoch. A 4 stays a 4. So the network never sees the same picture twice, and it cannot remember pictures.',
        'Go through the points of the curve. Its scale is that of mistakes: each line has ten times fewer of them than the line below. The last steps look small in percent. From 98.9% to 99.5% means that more than half of all mistakes are gone.',
        'What next? Train your own network on [Train](#/train). Teach it your own digits on [Draw](#/draw). Look at its mistakes on [Examine](#/examine). Other kinds of networks, for photos or for language, have other layers. But they learn in the same way: forward, loss, backward, update.',
      ],
      figure: { name: 'accuracy-steps', title: 'from 85% to 99.5%' },
      questions: [
        {
          ask: 'The accuracy goes from 99% to 99.5%. How many of the mistakes are gone?',
          answers: [
            {
              text: 'half a percent',
              why: 'That is the change in accuracy. Compare the mistakes: 1% before, 0.5% now.',
            },
            {
              text: 'half of them',
              isRight: true,
              why: 'Of 10,000 digits, 100 were wrong before, and 50 are wrong now.',
            },
            { text: 'all of them', why: 'Then the accuracy would be 100%.' },
          ],
        },
        {
          ask: 'Would it help to mirror the digits as augmentation?',
          answers: [
            {
              text: 'yes, more pictures are always better',
              why: 'Only if they are pictures of the right class.',
            },
            {
              text: 'no: a mirrored digit is often no digit, or another one',
              isRight: true,
              why: 'A mirrored 2 looks like an S. Augmentation must keep the meaning.',
            },
            { text: 'it would change nothing', why: 'The network would learn shapes that nobody writes.' },
          ],
        },
      ],
    },
  ],
  code: {
    equation: 'dZ^[2] = W^[3]T dZ^[3] ⊙ ReLU′ ( Z^[2] )',
    spoken:
      'With two hidden layers: dZ of layer 2 equals W of layer 3 transposed times dZ of layer 3, multiplied entry by entry with the slope of ReLU at Z of layer 2',
    quote: 'further',
  },
  board: { text: 'Take four digits at once on Board', state: { m: 4, step: 6 } },
  tasks: [
    {
      ask: 'A data set has 60,000 digits. How many updates has an epoch with mini-batches of 100?',
      answer: () => `60,000 / 100 = ${60_000 / 100}`,
      lines: 1,
    },
    {
      ask: 'How many weights, without biases, has a network 784-128-10?',
      answer: () => `784·128 + 128·10 = ${(784 * 128 + 128 * 10).toLocaleString('en-US')}`,
    },
    {
      ask: 'Network A reads 98% right, network B 99%. How many times more mistakes does A make?',
      answer: '2% against 1%: twice as many.',
      lines: 1,
    },
    {
      ask: 'Write down the backward pass of a network with two hidden layers, from `dZ³` to `dZ¹`.',
      answer: 'dZ³ = A³ − Y; dZ² = W³ᵀ dZ³ ⊙ ReLU′(Z²); dZ¹ = W²ᵀ dZ² ⊙ ReLU′(Z¹)',
      lines: 4,
    },
  ],
};
