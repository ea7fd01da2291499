import { expect, test } from 'vitest';
import { TERMS } from './terms.js';

test('every name is there once', () => {
  const names = TERMS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test.each(TERMS)('$symbol: one sentence, short enough for a tooltip', ({ sentence }) => {
  expect(sentence).toMatch(/^[^.]*(\d\.\d[^.]*)*\.$/);
  expect(sentence.length).toBeLessThanOrEqual(125);
});
