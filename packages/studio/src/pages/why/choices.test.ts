import { expect, test } from 'vitest';
import { chapterOf, readSeed, settingsOf } from './choices.js';

test('an address says which experiment, with which seed and α', () => {
  const query = new URLSearchParams('experiment=large-alpha&seed=7&alpha=10');
  expect(chapterOf(query)).toBe('large-alpha');
  expect(settingsOf('large-alpha', query)).toEqual({ name: 'large-alpha', seed: 7, alpha: 10, start: 0 });
});

test('what an address does not say, or not well, is the default', () => {
  const query = new URLSearchParams('experiment=nothing&seed=-1&alpha=fast&start=5');
  expect(chapterOf(query)).toBeUndefined();
  expect(settingsOf('large-alpha', query)).toMatchObject({ seed: 1, alpha: 3 });
  expect(settingsOf('zero-start', query).start).toBe(0);
});

test('α and the start belong to the experiments that ask for them', () => {
  const query = new URLSearchParams('alpha=10&start=0.01');
  expect(settingsOf('no-bias', query)).toMatchObject({ alpha: 0.1, start: 0 });
  expect(settingsOf('zero-start', query).start).toBe(0.01);
});

test('a seed is a whole number from 0', () => {
  expect(['0', '12', ' 3 '].map(readSeed)).toEqual([0, 12, 3]);
  expect(['', ' ', '-1', '1.5', 'x', '1e99'].map(readSeed)).toEqual(new Array(6).fill(undefined));
});
