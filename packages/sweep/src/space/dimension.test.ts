import { SETTINGS } from '@longhand/core/settings';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dimensionOf, formatDimension, parseDimension } from './dimension.js';
import { evenValues, valueAt } from './values.js';

describe('how a setting varies', () => {
  test.each([
    ['alpha=log:0.01..0.5', { name: 'alpha', kind: 'range', from: 0.01, to: 0.5, isLog: true }],
    ['lr=1e-3..1', { name: 'alpha', kind: 'range', from: 0.001, to: 1, isLog: false }],
    ['dropout=0..0.5', { name: 'dropout', kind: 'range', from: 0, to: 0.5, isLog: false }],
    ['dropout=.1...5', { name: 'dropout', kind: 'range', from: 0.1, to: 0.5, isLog: false }],
    ['batch-size=log:16..512', { name: 'batchSize', kind: 'range', from: 16, to: 512, isLog: true }],
    ['dropout=0..0.4:5', { name: 'dropout', kind: 'choice', values: [0, 0.1, 0.2, 0.3, 0.4] }],
    ['alpha=log:0.01..1:3', { name: 'alpha', kind: 'choice', values: [0.01, 0.1, 1] }],
    ['epochs=1..5:5', { name: 'epochs', kind: 'choice', values: [1, 2, 3, 4, 5] }],
    ['hidden=64,128+64,none', { name: 'hidden', kind: 'choice', values: [[64], [128, 64], []] }],
    ['activation=relu,gelu+tanh', { name: 'activation', kind: 'choice', values: ['relu', ['gelu', 'tanh']] }],
    ['classWeight=none,1+2+1', { name: 'classWeight', kind: 'choice', values: ['none', [1, 2, 1]] }],
    ['batchSize=full, 128', { name: 'batchSize', kind: 'choice', values: ['full', 128] }],
    ['clipNorm=none,1e+3', { name: 'clipNorm', kind: 'choice', values: ['none', 1000] }],
  ])('%s is read, and written so that it reads the same', (text, dimension) => {
    expect(parseDimension(text)).toEqual(dimension);
    expect(parseDimension(formatDimension(parseDimension(text)))).toEqual(dimension);
  });

  test.each([
    ['alpha', '"alpha": expected a setting and its values, such as alpha=log:0.01..0.5'],
    ['alhpa=0.1', 'alhpa: expected the name of a setting (Did you mean alpha?)'],
    ['learnign_rate=1', 'learnign_rate: expected the name of a setting (Did you mean alpha?)'],
    ['zzz=1', 'zzz: expected the name of a setting'],
    ['alpha=', 'alpha: expected values, such as 1,2,3'],
    ['alpha=x', 'alpha: expected a number greater than 0, at most 1,000,000, found "x"'],
    ['alpha=0.1,,0.2', 'alpha: expected a number greater than 0'],
    ['alpha=0.5..0.1', 'alpha: expected a range from a smaller to a larger number'],
    ['alpha=0..1', 'alpha: expected a number greater than 0'],
    ['dropout=log:0..0.5', 'dropout: expected a range that begins above 0 for log:'],
    ['dropout=0..1', 'dropout: expected a number from 0, less than 1, found "1"'],
    ['hidden=64..128', 'hidden: expected values separated by commas, found the range "64..128"'],
    ['alpha=0.1,0.1', 'alpha: expected each value once'],
    ['alpha=0.1..0.5:1', 'alpha: expected 2 to 1000 values of a range'],
    ['batchSize=1.5..3', 'batchSize: expected full or an integer'],
    ['seed=1,2', 'seed: cannot vary'],
    ['threads=1,2', 'threads: cannot vary'],
  ])('%s is refused in one line', (text, message) => {
    const read = () => parseDimension(text);
    expect(read).toThrow(message);
    expect(read).toThrow(/^[^\n]*$/);
  });

  test('lists of a file are values as they are', () => {
    expect(dimensionOf('hidden', [[64], [128, 64]])).toEqual({
      name: 'hidden',
      kind: 'choice',
      values: [[64], [128, 64]],
    });
    expect(() => dimensionOf('hidden', [64])).toThrow('hidden: expected integers from 1');
    expect(() => dimensionOf('alpha', { from: 1 })).toThrow('alpha: expected a list of values, or text');
  });

  test('whatever is typed, it is read or refused in one line', () => {
    const names = fc.constantFrom(...SETTINGS.map(({ name }) => name), 'x', '');
    const text = fc.stringMatching(/^[0-9a-z.,:+=-]{0,12}$/);
    fc.assert(
      fc.property(names, text, (name, values) => {
        try {
          const dimension = parseDimension(`${name}=${values}`);
          expect(parseDimension(formatDimension(dimension))).toEqual(dimension);
        } catch (error) {
          expect((error as Error).name).toBe('DataError');
          expect((error as Error).message).not.toContain('\n');
        }
      }),
      {
        examples: [
          ['rotate', '-0'],
          ['classWeight', '1+-0'],
        ],
      },
    );
  });
});

describe('values of a range', () => {
  const range = fc
    .tuple(
      fc.double({ min: 1e-6, max: 1e3, noNaN: true }),
      fc.double({ min: 1.001, max: 1e4, noNaN: true }),
      fc.boolean(),
    )
    .map(([from, factor, isLog]) => ({ from, to: from * factor, isLog }));

  test('lie in it, and grow with their share', () => {
    fc.assert(
      fc.property(
        range,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (of, a, b) => {
          const [low, high] = [valueAt(of, false, Math.min(a, b)), valueAt(of, false, Math.max(a, b))];
          expect(low).toBeGreaterThanOrEqual(of.from);
          expect(high).toBeLessThanOrEqual(of.to);
          expect(low).toBeLessThanOrEqual(high);
        },
      ),
    );
  });

  test('of integers are integers, each as likely as another', () => {
    const of = { from: 3, to: 7, isLog: false };
    const found = Array.from({ length: 500 }, (_, k) => valueAt(of, true, k / 500));
    for (const value of [3, 4, 5, 6, 7]) expect(found.filter((one) => one === value).length).toBe(100);
  });

  test('spread evenly have both ends', () => {
    fc.assert(
      fc.property(range, fc.integer({ min: 2, max: 20 }), (of, count) => {
        const values = evenValues(of, false, count);
        expect(values).toHaveLength(count);
        expect(values[0]! / of.from).toBeCloseTo(1, 3);
        expect(values.at(-1)! / of.to).toBeCloseTo(1, 3);
      }),
    );
  });
});
