import { createRandom } from '@longhand/core/maths';
import { expect, test } from 'vitest';
import { MIN_TRIALS, settingImportance } from './setting-importance.js';

/** Trials in which only `strong` decides, with noise, and `none` does nothing. */
function trials(count: number, seed = 1) {
  const random = createRandom(seed, 'test');
  const draw = () => Array.from({ length: count }, () => random.uniform());
  const [strong, none, noise] = [draw(), draw(), draw()];
  const choice = draw().map((value) => (value < 0.5 ? 'relu' : 'tanh'));
  return {
    settings: [
      { name: 'none', values: none },
      { name: 'choice', values: choice },
      { name: 'strong', values: strong },
    ],
    results: strong.map((value, k) => 1 - (value - 0.5) ** 2 + 0.05 * noise[k]!),
  };
}

test('the setting that decides comes first, and the others could be chance', () => {
  const { settings, results } = trials(60);
  const [first, ...others] = settingImportance(settings, results)!;
  expect(first).toMatchObject({ name: 'strong', chance: 0.001 });
  expect(first!.share).toBeGreaterThan(0.6);
  for (const { share, from, chance } of others) {
    expect(share).toBeLessThan(0.15);
    expect(from).toBe(0);
    expect(chance).toBeGreaterThan(0.05);
  }
});

test('the same trials give the same numbers', () => {
  const { settings, results } = trials(30);
  expect(settingImportance(settings, results)).toEqual(settingImportance(settings, results));
});

test('a setting that does nothing is taken for one that matters about as often as 5% says', () => {
  const names = Array.from({ length: 200 }, (_, k) => {
    const { settings, results } = trials(24, k + 1);
    return settingImportance([settings[0]!], results)![0]!.chance < 0.05;
  });
  const share = names.filter(Boolean).length / names.length;
  expect(share).toBeGreaterThan(0.005);
  expect(share).toBeLessThan(0.1);
});

test('the interval of a share contains what many trials show, mostly', () => {
  const truth = settingImportance([trials(4000).settings[2]!], trials(4000).results)![0]!.share;
  const inside = Array.from({ length: 100 }, (_, k) => {
    const { settings, results } = trials(60, k + 1);
    const { from, to } = settingImportance([settings[2]!], results)![0]!;
    return from <= truth && truth <= to;
  });
  expect(inside.filter(Boolean).length).toBeGreaterThan(75);
});

test('too few trials say nothing', () => {
  const { settings, results } = trials(MIN_TRIALS - 1);
  expect(settingImportance(settings, results)).toBeUndefined();
});

test('trials that are all alike leave nothing to explain', () => {
  const { settings } = trials(20);
  const found = settingImportance(settings, new Array<number>(20).fill(0.9))!;
  for (const { share, from, to } of found) expect([share, from, to]).toEqual([0, 0, 0]);
});
