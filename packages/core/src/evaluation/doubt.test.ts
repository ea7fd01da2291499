import { describe, expect, test } from 'vitest';
import { doubtOf, firstTwo } from './doubt.js';

const NAMES = ['cat', 'dog', 'hare'];

describe('doubtOf', () => {
  test('no doubt about a likely answer', () => expect(doubtOf([0.1, 0.85, 0.05], NAMES)).toBeUndefined());

  test('an answer that is not likely enough is named with the next', () => {
    expect(doubtOf([0.3, 0.6, 0.1], NAMES)).toEqual({
      reason: 'unsure',
      runnerUp: 0,
      message: 'Not sure: dog (60.0%) or cat (30.0%).',
    });
  });

  test('an input unlike the known ones is in doubt however sure the network is', () => {
    const { reason, message } = doubtOf([0.00001, 0.99998, 0.00001], NAMES, 'It is too large')!;
    expect(reason).toBe('unlike');
    expect(message).toBe(
      'It is too large. “over 99.9% sure” means little here: the network must choose one of 3.',
    );
    expect(doubtOf([0.3, 0.6, 0.1], NAMES, 'It is too large')!.message).toBe(
      'It is too large, and the network is not sure: dog (60.0%) or cat (30.0%).',
    );
  });
});

test('the first two, in whatever order they stand', () => {
  expect(firstTwo([0.2, 0.5, 0.3])).toEqual([1, 2]);
  expect(firstTwo([0.5, 0.2, 0.3])).toEqual([0, 2]);
  expect(firstTwo([0.1, 0.2, 0.7])).toEqual([2, 1]);
  expect(firstTwo([0.6, 0.4])).toEqual([0, 1]);
  expect(firstTwo([1])).toEqual([0, 0]);
});
