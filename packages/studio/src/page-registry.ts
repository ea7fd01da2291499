import type { ComponentType } from 'preact';

interface PageRow {
  /** In addresses: `#/train`. */
  readonly name: string;
  /** In the navigation, the heading and the window's title. */
  readonly title: string;
  /** Fetches the page's program when the page is first opened. The first page is part of the first view. */
  readonly load?: () => Promise<ComponentType>;
  /** False: other pages lead to it. */
  readonly isInNavigation?: boolean;
}

/**
 * The pages of the studio, in the order of the navigation; an address that names none of them shows
 * the first. Navigation, addresses, titles, tests and pictures derive from these rows.
 */
export const PAGES: readonly [PageRow, ...PageRow[]] = [
  { name: 'board', title: 'Board' },
  { name: 'learn', title: 'Learn', load: () => import('./pages/learn/learn.js').then(({ Learn }) => Learn) },
  { name: 'train', title: 'Train', load: () => import('./pages/train/train.js').then(({ Train }) => Train) },
  {
    name: 'runs',
    title: 'Runs',
    load: () => import('./pages/runs/runs.js').then(({ Runs }) => Runs),
    isInNavigation: false,
  },
  { name: 'draw', title: 'Draw', load: () => import('./pages/draw/draw.js').then(({ Draw }) => Draw) },
  {
    name: 'examine',
    title: 'Examine',
    load: () => import('./pages/examine/examine.js').then(({ Examine }) => Examine),
  },
  { name: 'why', title: 'Why', load: () => import('./pages/why/why.js').then(({ Why }) => Why) },
  {
    name: 'glossary',
    title: 'Glossary',
    load: () => import('./pages/glossary/glossary.js').then(({ Glossary }) => Glossary),
  },
];
