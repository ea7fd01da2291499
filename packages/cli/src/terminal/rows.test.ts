import { expect, test } from 'vitest';
import { widthOf } from './paint.js';
import { rowsFitting } from './rows.js';

const cells = [
  ['run', 'time', 'test', ''],
  ['1', '0.5 s', '98.10%', 'on this machine'],
  ['2', '12 min 3 s', '', ''],
];
const lines = cells.map((row) => row.join('  '));

test('a table that fits, or that goes into a pipe, stays as it is', () => {
  expect(rowsFitting(lines, cells, { columns: 80 })).toEqual(lines);
  expect(rowsFitting(lines, cells, {})).toEqual(lines);
});

test('where it is wider than the terminal, each row is a paragraph with the titles in it', () => {
  expect(rowsFitting(lines, cells, { columns: 24 })).toEqual([
    ...['run 1', '  time 0.5 s, test', '  98.10%, on this', '  machine'],
    ...['run 2', '  time 12 min 3 s'],
  ]);
  for (const line of rowsFitting(lines, cells, { columns: 12 }))
    expect(widthOf(line)).toBeLessThanOrEqual(12);
});
