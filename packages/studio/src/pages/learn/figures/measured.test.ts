import { expect, test } from 'vitest';
import FIGURES from '../../../../../../docs/figures.json';
import { chapter as further } from '../chapters/further.js';
import { chapter as knowOrRemember } from '../chapters/know-or-remember.js';
import { MEASURED } from './measured.js';

type Sets = Record<'train' | 'dev' | 'test', { mean: number; standardDeviation: number }>;
const figures: readonly { name: string; measured: Sets & { seconds: number } }[] = FIGURES.figures;

test.each(MEASURED)('$name is as docs/figures.json has it', ({ name, seconds, ...sets }) => {
  const measured = figures.find((figure) => figure.name === name)!.measured;
  expect(seconds).toBe(Math.round(measured.seconds));
  for (const set of ['train', 'dev', 'test'] as const) {
    expect(sets[set].mean, set).toBe(Number(measured[set].mean.toFixed(4)));
    expect(sets[set].standardDeviation, set).toBe(Number(measured[set].standardDeviation.toFixed(4)));
  }
});

test('the texts quote these accuracies', () => {
  const percent = (name: string, set: 'train' | 'test') =>
    `${(100 * MEASURED.find((run) => run.name === name)![set].mean).toFixed(1)}%`;
  const textOf = ({ sections }: typeof further) =>
    sections.flatMap(({ blocks }) => blocks.filter((block) => typeof block === 'string')).join(' ');
  for (const name of ['board, trained well', 'board, learnt by heart'])
    for (const set of ['train', 'test'] as const)
      expect(textOf(knowOrRemember), `${name}, ${set}`).toContain(percent(name, set));
  expect(textOf(further)).toContain(`From ${percent('quick', 'test')} to ${percent('best', 'test')}`);
});
