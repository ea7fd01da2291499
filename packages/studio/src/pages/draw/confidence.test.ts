import { createJudge } from '@longhand/core/evaluation';
import { describe, expect, test } from 'vitest';
import { verdictOf } from './confidence.js';

const classNames = Array.from({ length: 10 }, (_, digit) => String(digit));
const sure = [0, 0, 0, 0.01, 0, 0.02, 0, 0.97, 0, 0];
const torn = [0, 0, 0, 0.48, 0, 0.41, 0, 0.11, 0, 0];
const frames = [new Uint8Array(784).fill(200)];

/** A judge to whom every picture is as much of a stranger: above 0, it is one. */
function judgeOf(bias: number) {
  const hidden = { weights: btoa('\0'.repeat(196)), scales: [1], biases: [0] };
  const outputs = { weights: btoa('\0'.repeat(2)), scales: [1, 1], biases: [0, bias] };
  const stranger = { side: 14, layers: [hidden, outputs] as const };
  const doubt = {
    temperature: 1,
    sure: 0.6,
    examples: 1000,
    stranger,
    calibrationError: { before: 0, after: 0 },
  };
  return createJudge({ classNames, doubt });
}

describe('verdictOf', () => {
  test('a clear answer on a picture like a digit is told without doubt', () => {
    const told = { confidence: 'sure', answer: 7, runnerUp: 5, sentence: 'It is 97.0% sure.' };
    expect(verdictOf(sure, frames, judgeOf(-9))).toEqual(told);
    expect(verdictOf(sure, frames, createJudge({ classNames }))).toEqual(told);
  });
  test('a low highest probability is told with the runner-up', () => {
    for (const judge of [judgeOf(-9), createJudge({ classNames })]) {
      const { confidence, sentence } = verdictOf(torn, frames, judge);
      expect(confidence).toBe('unsure');
      expect(sentence).toBe('Not sure: 3 (48.0%) or 5 (41.0%).');
    }
  });
  test('a picture unlike digits is doubted however sure the network is', () => {
    expect(verdictOf(sure, frames, judgeOf(9)).confidence).toBe('unlike');
    expect(verdictOf(torn, frames, judgeOf(9)).sentence).toContain('3 (48.0%) or 5 (41.0%)');
  });
});
