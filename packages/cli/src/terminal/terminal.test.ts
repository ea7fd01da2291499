import { expect, test } from 'vitest';
import { terminalOf } from './terminal.js';

const tty = (depth: number) =>
  ({ isTTY: true, columns: 100, getColorDepth: () => depth }) as unknown as NodeJS.WriteStream;
const pipe = { isTTY: undefined } as unknown as NodeJS.WriteStream;

test('a pipe has no colors and 80 columns', () => {
  expect(terminalOf(pipe, {})).toMatchObject({ interactive: false, colors: 'none', width: 80 });
});

test.each([
  [24, 'true'],
  [8, 'palette'],
  [4, 'few'],
  [1, 'none'],
])('a terminal of %i bits of color', (depth, colors) => {
  expect(terminalOf(tty(depth), {})).toMatchObject({ interactive: true, width: 100, colors });
});

test('NO_COLOR wins over everything, unless it is empty; FORCE_COLOR over a pipe', () => {
  expect(terminalOf(tty(24), { NO_COLOR: '1', FORCE_COLOR: '3' }).colors).toBe('none');
  expect(terminalOf(tty(24), { NO_COLOR: '' }).colors).toBe('true');
  expect(terminalOf(pipe, { FORCE_COLOR: '3' }).colors).toBe('true');
  expect(terminalOf(pipe, { FORCE_COLOR: '0' }).colors).toBe('none');
});

test.skipIf(process.platform === 'win32')(
  'no blocks where the locale says bytes, nor on the Linux console',
  () => {
    expect(terminalOf(pipe, {}).unicode).toBe(true);
    expect(terminalOf(pipe, { LANG: 'de_DE.UTF-8' }).unicode).toBe(true);
    expect(terminalOf(pipe, { LC_ALL: 'C', LANG: 'de_DE.UTF-8' }).unicode).toBe(false);
    expect(terminalOf(pipe, { TERM: 'linux' }).unicode).toBe(false);
  },
);
