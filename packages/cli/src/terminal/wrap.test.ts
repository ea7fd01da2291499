import { expect, test } from 'vitest';
import { wrap } from './wrap.js';

test('cuts between words, and leaves a word that is too long whole', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrap('extraordinary is it', 5)).toEqual(['extraordinary', 'is it']);
});
