/** A chapter of the course, as lists and links name it. */
interface CourseRow {
  /** In addresses: `#/learn?chapter=one-unit`. */
  readonly name: string;
  /** The heading of the chapter. */
  readonly title: string;
  /** In the list of chapters, where there is little room. */
  readonly short: string;
  /** What to do there, in one sentence. */
  readonly about: string;
}

/** The chapters of the page Learn, in their order. Its texts are in pages/learn/chapters. */
export const COURSE = [
  {
    name: 'one-unit',
    title: 'One unit',
    short: 'One unit',
    about: 'Move three weights until a table is right; then let the unit learn.',
  },
  {
    name: 'pixels',
    title: 'A picture is 784 numbers',
    short: '784 numbers',
    about: 'Your own digit, unrolled into a column.',
  },
  {
    name: 'weighted-sum',
    title: 'A weighted sum',
    short: 'A weighted sum',
    about: 'Lay weights over a digit, and add up the products.',
  },
  {
    name: 'bias-and-relu',
    title: 'Why a bias, why ReLU',
    short: 'Bias and ReLU',
    about: 'A border that only a bias can move, and two layers that are really one.',
  },
  {
    name: 'softmax',
    title: 'From ten scores to ten probabilities',
    short: 'Softmax',
    about: 'Add 100 to every score: nothing changes.',
  },
  {
    name: 'loss',
    title: 'How wrong? The loss',
    short: 'The loss',
    about: 'One number for how wrong the network is.',
  },
  {
    name: 'downhill',
    title: 'Downhill: one weight, one slope',
    short: 'Downhill',
    about: 'Walk the loss curve of one weight by hand.',
  },
  {
    name: 'output-error',
    title: 'The error of the output',
    short: 'The error of the output',
    about: 'Build the gradient of ten times ten weights, row by row.',
  },
  {
    name: 'sending-back',
    title: 'Sending the error back',
    short: 'Sending it back',
    about: 'Follow one path of the chain rule, factor by factor.',
  },
  {
    name: 'update',
    title: 'Update, and again',
    short: '500 times',
    about: 'Ten pictures appear out of noise, in four seconds.',
  },
  {
    name: 'know-or-remember',
    title: 'Does it know, or does it remember?',
    short: 'Know or remember?',
    about: 'Training, dev and test: who is asked what.',
  },
  {
    name: 'notebook',
    title: 'The notebook, line by line',
    short: 'The notebook',
    about: 'NumPy beside TypeScript, and five mistakes to switch on and off.',
  },
  {
    name: 'exercise',
    title: 'Write it yourself',
    short: 'Write it yourself',
    about: 'Your own backward pass, marked line by line.',
  },
  { name: 'further', title: 'Further', short: 'Further', about: 'From 85% to 99.5% on one curve.' },
] as const satisfies readonly CourseRow[];

export type ChapterName = (typeof COURSE)[number]['name'];

/** The number of a chapter, from 1. */
export function chapterNumber(wanted: ChapterName): number {
  return COURSE.findIndex(({ name }) => name === wanted) + 1;
}
