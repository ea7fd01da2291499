import { describe, expect, test } from 'vitest';
import { learningRate, type Schedule } from './schedule.js';

const base: Schedule = {
  schedule: 'constant',
  alpha: 0.5,
  iterations: 100,
  warmup: 0,
  stepEvery: 30,
  stepFactor: 0.1,
};
const rates = (changes: Partial<Schedule>) =>
  Array.from({ length: 100 }, (_, update) => learningRate({ ...base, ...changes }, update));

describe('the learning rate', () => {
  test('is constant unless told otherwise', () => expect(new Set(rates({}))).toEqual(new Set([0.5])));

  test('goes down in steps', () => {
    const found = rates({ schedule: 'step' });
    for (const [update, share] of [
      [0, 1],
      [29, 1],
      [30, 0.1],
      [59, 0.1],
      [60, 0.01],
      [99, 0.001],
    ] as const) {
      expect(found[update]).toBeCloseTo(0.5 * share, 15);
    }
  });

  test('falls along half a cosine, as Math.cos has it', () => {
    for (const [update, rate] of rates({ schedule: 'cosine' }).entries()) {
      expect(rate).toBeCloseTo(0.25 * (1 + Math.cos((Math.PI * update) / 100)), 15);
    }
  });

  test('of one cycle: from a 25th up to α at 30%, then down towards 0', () => {
    const found = rates({ schedule: 'one-cycle' });
    expect(found[0]).toBeCloseTo(0.5 / 25, 15);
    expect(found[30]).toBe(0.5);
    expect(found[99]).toBeGreaterThan(0);
    expect(found[99]).toBeLessThan(0.001);
    for (let update = 1; update < 100; update++) {
      expect(found[update]! > found[update - 1]!, `update ${update}`).toBe(update <= 30);
    }
  });

  test.each(['constant', 'step', 'cosine', 'one-cycle'] as const)(
    '%s: warm-up grows to where it begins',
    (schedule) => {
      const found = rates({ schedule, warmup: 9, iterations: 109 });
      for (let update = 0; update < 9; update++) expect(found[update]).toBeCloseTo(0.05 * (update + 1), 15);
      expect(found.slice(9)).toEqual(rates({ schedule }).slice(0, 91));
    },
  );
});
