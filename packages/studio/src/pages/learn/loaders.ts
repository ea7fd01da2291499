import type { ComponentType } from 'preact';
import { type ChapterName, COURSE } from '../../glossary/course.js';
import type { Chapter } from './chapter.js';

export type Figures = Readonly<Record<string, ComponentType>>;

interface Loader {
  readonly text: () => Promise<{ readonly chapter: Chapter }>;
  readonly figures: () => Promise<{ readonly figures: Figures }>;
}

/** How the chapters are fetched: the text, also for its worksheet, and its figures. */
export const LOADERS: Readonly<Partial<Record<ChapterName, Loader>>> = {
  'one-unit': {
    text: () => import('./chapters/one-unit.js'),
    figures: () => import('./figures/one-unit.js'),
  },
};

/** The chapters that are written, in their order. */
export const WRITTEN = COURSE.filter(({ name }) => LOADERS[name] !== undefined);
