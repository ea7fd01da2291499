import { describe, expect, test } from 'vitest';
import { withCurrentNames } from './names.js';
import { ELSEWHERE, suggestSetting } from './suggest.js';
import { SETTINGS } from './table.js';

describe('settings recorded before some were renamed', () => {
  test('are read under the names and with the words of today', () => {
    expect(
      withCurrentNames({
        ...{ initialisation: 'he', decay: 0.1, clip: 'none', smoothing: 0, average: 2, batch: 128 },
        ...{ watch: 'accuracy', optimizer: 'descent', alpha: 0.3, hidden: [10] },
      }),
    ).toEqual({
      ...{ initialization: 'he', weightDecay: 0.1, clipNorm: 'none', labelSmoothing: 0 },
      ...{ weightAveraging: 2, batchSize: 128, monitor: 'accuracy', optimizer: 'sgd' },
      ...{ alpha: 0.3, hidden: [10] },
    });
  });

  test('keep what is no setting, and their own name counts before another', () => {
    expect(withCurrentNames({ reportEvery: 3, lr: 0.2, decay: 1, weightDecay: 0.5 })).toEqual({
      ...{ reportEvery: 3, alpha: 0.2, weightDecay: 0.5 },
    });
  });
});

describe('the setting that is meant', () => {
  test.each([
    ['--decay', 'weightDecay'],
    ['initialisation', 'initialization'],
    ['--weight_decay', 'weightDecay'],
    ['l2', 'weightDecay'],
    ['--learning-rate', 'alpha'],
    ['learnig-rate', 'alpha'],
    ['--wieght-decay', 'weightDecay'],
    ['random_state', 'seed'],
    ['solver', 'optimizer'],
    ['epoch', 'epochs'],
    ['alhpa', 'alpha'],
  ])('by %s is %s', (typed, name) => expect(suggestSetting(typed)).toBe(name));

  test.each(['quiet', 'banana', '', 'x'])('is none by %j', (typed) =>
    expect(suggestSetting(typed)).toBeUndefined(),
  );
});

test('no name means two settings', () => {
  const names = SETTINGS.flatMap(({ name, aliases = [], formerly = [] }) => [
    name,
    ...[...aliases, ...formerly, ...(ELSEWHERE[name] ?? [])],
  ]);
  expect(new Set(names).size).toBe(names.length);
});
