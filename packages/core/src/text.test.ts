import { expect, test } from 'vitest';
import { count, duration, large, nats, percent, plural, signed, significant } from './text.js';

test.each([
  [count(59_000), '59,000'],
  [count(999.4), '999'],
  [count(-1_234_567), '-1,234,567'],
  [percent(0.8643), '86.43%'],
  [percent(Number.NaN), 'not a number'],
  [percent(1, 0), '100%'],
  [nats(0.51234), '0.5123'],
  [nats(123_456), '1.23e+5'],
  [nats(Number.NaN), 'not a number'],
  [duration(0.42), '0.4 s'],
  [duration(9.96), '10 s'],
  [duration(185), '3 min 5 s'],
  [duration(7800), '2 h 10 min'],
  [large(8_412_000), '8.41 million'],
  [large(1_234), '1,234'],
  [significant(5.8317), '5.83'],
  [significant(1234.5), '1,235'],
  [signed(-1.204), '−1.20'],
  [signed(0.3, 1), '+0.3'],
  [plural(1, 'example'), '1 example'],
  [plural(2000, 'example'), '2,000 examples'],
])('%s', (found, expected) => {
  expect(found).toBe(expected);
});
