import type { ComponentType } from 'preact';
import type { ChapterName } from '../../glossary/course.js';
import type { Chapter } from './chapter.js';

export type Figures = Readonly<Record<string, ComponentType>>;

interface Loader {
  readonly text: () => Promise<{ readonly chapter: Chapter }>;
  readonly figures: () => Promise<{ readonly figures: Figures }>;
}

/** How the chapters are fetched: the text, also for its worksheet, and its figures. */
export const LOADERS: Readonly<Record<ChapterName, Loader>> = {
  'one-unit': {
    text: () => import('./chapters/one-unit.js'),
    figures: () => import('./figures/one-unit.js'),
  },
  pixels: {
    text: () => import('./chapters/pixels.js'),
    figures: () => import('./figures/pixels.js'),
  },
  'weighted-sum': {
    text: () => import('./chapters/weighted-sum.js'),
    figures: () => import('./figures/weighted-sum.js'),
  },
  'bias-and-relu': {
    text: () => import('./chapters/bias-and-relu.js'),
    figures: () => import('./figures/bias-and-relu.js'),
  },
  softmax: {
    text: () => import('./chapters/softmax.js'),
    figures: () => import('./figures/softmax.js'),
  },
  loss: {
    text: () => import('./chapters/loss.js'),
    figures: () => import('./figures/loss.js'),
  },
  downhill: {
    text: () => import('./chapters/downhill.js'),
    figures: () => import('./figures/downhill.js'),
  },
  'output-error': {
    text: () => import('./chapters/output-error.js'),
    figures: () => import('./figures/output-error.js'),
  },
  'sending-back': {
    text: () => import('./chapters/sending-back.js'),
    figures: () => import('./figures/sending-back.js'),
  },
  update: {
    text: () => import('./chapters/update.js'),
    figures: () => import('./figures/update.js'),
  },
  'know-or-remember': {
    text: () => import('./chapters/know-or-remember.js'),
    figures: () => import('./figures/know-or-remember.js'),
  },
  notebook: {
    text: () => import('./chapters/notebook.js'),
    figures: () => import('./figures/notebook.js'),
  },
  exercise: {
    text: () => import('./chapters/exercise.js'),
    figures: () => import('./figures/exercise.js'),
  },
  further: {
    text: () => import('./chapters/further.js'),
    figures: () => import('./figures/further.js'),
  },
};
