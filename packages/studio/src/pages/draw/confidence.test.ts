import { describe, expect, test } from 'vitest';
import { judge } from './confidence.js';

const names = Array.from({ length: 10 }, (_, digit) => String(digit));
const sure = [0, 0, 0, 0.01, 0, 0.02, 0, 0.97, 0, 0];
const torn = [0, 0, 0, 0.48, 0, 0.41, 0, 0.11, 0, 0];

describe('judge', () => {
  test('a clear answer on a picture like a digit is told without doubt', () => {
    expect(judge(sure, 0.7, names)).toEqual({
      confidence: 'sure',
      answer: 7,
      runnerUp: 5,
      sentence: 'It is 97.0% sure.',
    });
  });
  test('a low highest probability is told with the runner-up', () => {
    const { confidence, sentence } = judge(torn, 0.7, names);
    expect(confidence).toBe('unsure');
    expect(sentence).toBe('Not sure: 3 (48.0%) or 5 (41.0%).');
  });
  test('a picture unlike digits is doubted however sure the network is', () => {
    expect(judge(sure, 1.2, names).confidence).toBe('unlike');
    expect(judge(torn, 1.2, names).sentence).toContain('3 (48.0%) or 5 (41.0%)');
  });
  test('as long as likeness is not known, the probability alone decides', () => {
    expect(judge(sure, undefined, names).confidence).toBe('sure');
  });
});
