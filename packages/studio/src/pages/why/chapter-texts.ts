import type { ChapterName } from '../../glossary/course.js';
import type { TermName } from '../../glossary/terms.js';
import type { Chapter } from './choices.js';

interface ChapterText {
  /** The heading. */
  readonly question: string;
  readonly title: string;
  /** One sentence: what to look for. */
  readonly look: string;
  /** The chapter of the course that explains it. */
  readonly course: ChapterName;
  /** The symbols and words that it is about. */
  readonly terms: readonly TermName[];
}

export const CHAPTER_TEXTS: Readonly<Record<Chapter, ChapterText>> = {
  'no-bias': {
    course: 'bias-and-relu',
    question: 'What can a bias do that no weight can?',
    title: 'without bias',
    look: 'Look at the answers to a blank picture. Without ink every weight is multiplied by 0, so only the biases decide.',
    terms: ['Z', 'W', 'A', 'b'],
  },
  'no-relu': {
    course: 'bias-and-relu',
    question: 'Two layers with nothing between them: are they two?',
    title: 'without ReLU',
    look: 'Look at the product W²W¹: a single layer, ten pictures. Does it give the same answers as the two layers?',
    terms: ['A', 'relu', 'Z', 'W'],
  },
  'no-softmax': {
    course: 'softmax',
    question: 'Are ten weighted sums an answer?',
    title: 'without softmax',
    look: 'Look at the ten answers to one digit. Can they be probabilities: none below 0, and a sum of 1?',
    terms: ['A', 'softmax', 'Z', 'probability'],
  },
  'zero-start': {
    course: 'sending-back',
    question: 'Why not start with zeros?',
    title: 'all weights zero at the start',
    look: 'Look at the ten hidden units. They start equal. Does anything ever make them different?',
    terms: ['W', 'b', 'unit', 'gradient'],
  },
  'large-alpha': {
    course: 'downhill',
    question: 'How large can a step be?',
    title: 'learning rate α too large',
    look: 'Look at the loss. Does every step make it smaller? And how many hidden units stay alive?',
    terms: ['W', 'alpha', 'dW', 'J', 'dead'],
  },
  'raw-pixels': {
    course: 'pixels',
    question: 'Why divide the pixels by 255?',
    title: 'pixels not divided by 255',
    look: 'Look at the loss in the first two updates, then at the hidden units. How many of them still give an output?',
    terms: ['X', 'J', 'unit', 'dead'],
  },
  'summed-db': {
    course: 'notebook',
    question: 'Can db be summed over everything?',
    title: 'the notebook’s mistake in db',
    look: 'Look at the change of each bias, ten in the output layer and ten in the hidden layer. Which of them learn, and which are all the same?',
    terms: ['db', 'm', 'sum', 'dZ'],
  },
  kdnuggets: {
    course: 'one-unit',
    question: 'What can a single unit learn?',
    title: 'the KDnuggets network of three inputs',
    look: 'Look at the weights on the edges. Which of the three inputs becomes the most important?',
    terms: ['unit', 'sigmoid', 'W', 'b'],
  },
};
