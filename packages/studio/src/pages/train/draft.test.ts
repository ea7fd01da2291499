import { PRESETS } from '@longhand/core/settings';
import { describe, expect, test } from 'vitest';
import { queryOf } from '../../state/settings-query.js';
import { changeFor, changeForPreset, presetOf, readDraft } from './draft.js';

const read = (text: string) => readDraft(new URLSearchParams(text));

describe('the settings in an address', () => {
  test('are read as the command reads its flags', () => {
    expect(read('hidden=128,64&alpha=0.3&seed=7')).toMatchObject({
      given: { hidden: [128, 64], alpha: 0.3, seed: 7 },
      problems: {},
    });
  });

  test('out of range, are told in one line each, and the others still count', () => {
    const { given, problems } = read('alpha=-1&batchSize=0&seed=3');
    expect(given).toEqual({ seed: 3 });
    expect(problems.alpha).toBe('expected a number greater than 0, at most 1,000,000, found "-1"');
    expect(problems.batchSize).toMatch(/^expected full or an integer from 1/);
  });

  test('are read from links of before they were renamed', () => {
    const address = 'batch=32&decay=0.1&clip=2&smoothing=0.1&average=1&watch=loss&initialisation=he&lr=0.2';
    const { given, problems } = read(`${address}&optimizer=descent`);
    expect(problems).toEqual({});
    expect(given).toEqual({
      ...{ batchSize: 32, weightDecay: 0.1, clipNorm: 2, labelSmoothing: 0.1, weightAveraging: 1 },
      ...{ monitor: 'loss', initialization: 'he', alpha: 0.2, optimizer: 'sgd' },
    });
    expect(changeFor('weightDecay', '0.2')).toEqual({ decay: undefined, weightDecay: '0.2' });
  });

  test('exclude each other as the flags do', () => {
    expect(read('iterations=5&epochs=2').problems.epochs).toBe(
      'excludes iterations 5. Pass only one of them',
    );
    expect(changeFor('epochs', '3')).toEqual({ epochs: '3', iterations: undefined });
  });

  test('are left out where they are the default', () => {
    const others = { learningRate: undefined, lr: undefined };
    expect(changeFor('alpha', '0.1')).toEqual({ ...others, alpha: undefined });
    expect(changeFor('alpha', '0.2')).toEqual({ ...others, alpha: '0.2' });
  });

  test.each(PRESETS)('preset $name is itself again from its address', ({ name, values }) => {
    const change = Object.entries(changeForPreset(name)).filter(([, text]) => text !== undefined) as [
      string,
      string,
    ][];
    const { given } = readDraft(new URLSearchParams(change));
    expect(given).toEqual(values);
    expect(presetOf({ ...given, seed: 5 })).toBe(name);
    expect(queryOf(given)).toEqual(Object.fromEntries(change));
  });
});

test.each(['iterations', 'epochs', 'alpha', 'hidden'] as const)(
  'an emptied field means the default: %s',
  (name) => {
    const given = new URLSearchParams({ [name]: '7', batchSize: '128' });
    const emptied = new URLSearchParams(given);
    for (const [key, value] of Object.entries(changeFor(name, ' '))) {
      if (value === undefined) emptied.delete(key);
      else emptied.set(key, value);
    }
    expect(readDraft(emptied)).toEqual(readDraft(new URLSearchParams({ batchSize: '128' })));
    expect(readDraft(emptied).problems).toEqual({});
  },
);
