import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Choices, queryOf, readChoices } from './address.js';
import { ORDERS, VERDICTS } from './filter.js';

const read = (text: string) => readChoices(new URLSearchParams(text));

test('an address without a word shows all of the test set', () => {
  expect(read('')).toEqual({
    set: 'test',
    label: undefined,
    answer: undefined,
    verdict: undefined,
    from: 0,
    to: 100,
    order: 'set',
    model: 'draw',
    digit: undefined,
  });
});

test('what an address tells wrongly is as if it were not there', () => {
  expect(read('set=dev&label=x&answer=-1&verdict=maybe&from=101&to=1e2&sort=up&model=9&digit=test')).toEqual(
    read(''),
  );
  expect(read('from=80&to=20')).toMatchObject({ from: 20, to: 80 });
});

test('whatever is chosen is read again from its address', () => {
  const label = fc.option(fc.nat(255), { nil: undefined });
  const percents = fc
    .tuple(fc.nat(1_000_000), fc.nat(1_000_000))
    .map((pair) => pair.map((part) => part / 1e4).sort((a, b) => a - b) as [number, number]);
  const choices = fc.record({
    set: fc.constantFrom('test', 'training'),
    label,
    answer: label,
    verdict: fc.constantFrom(undefined, ...VERDICTS),
    percents,
    order: fc.constantFrom(...ORDERS),
    model: fc.constantFrom('draw', '500', '100', '10', 'own:841a11a7'),
    digit: fc.constantFrom(undefined, { set: 'test', index: 115 }, { set: 'training', index: 59_999 }),
  });
  fc.assert(
    fc.property(choices, ({ percents: [from, to], ...others }) => {
      const chosen = { ...others, from, to } as Choices;
      const told = Object.entries(queryOf(chosen)).filter(([, value]) => value !== undefined);
      const text = new URLSearchParams(told.map(([key, value]) => [key, String(value)]));
      expect(readChoices(text)).toEqual(chosen);
    }),
  );
});
