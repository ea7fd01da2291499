import { expect, test } from 'vitest';
import { addedSince, sumOf } from './openings.js';

test('what two tabs count adds up, whatever each of them knows of the other', () => {
  const store = { MNIST: 4, letters: 1 };
  // One tab began at 3 and counted two, the other began at 4 and counted one of other data.
  const one = addedSince({ MNIST: 3 }, { MNIST: 5 })!;
  const other = addedSince({ MNIST: 4, letters: 1 }, { MNIST: 4, letters: 1, shapes: 1 })!;
  expect(sumOf(sumOf(store, one), other)).toEqual({ MNIST: 6, letters: 1, shapes: 1 });
});

test('nothing was added where the counts are the same, or where the store knew more', () => {
  expect(addedSince({ MNIST: 4 }, { MNIST: 4 })).toBeUndefined();
  expect(addedSince({ MNIST: 4 }, { MNIST: 2 })).toBeUndefined();
});
