import { expect, test } from 'vitest';
import { widthOf } from './paint.js';
import { plainText } from './plain-text.js';
import { type Terminal, terminalOf } from './terminal.js';

const modern: Terminal = { interactive: true, width: 80, columns: 80, colors: 'true', unicode: true };

test('escape codes in a name do not reach the terminal; the own styles do', () => {
  expect(plainText('class \x1b]0;title\x07 \x9b2J\x1b[2J, \x1b[1mbold\x1b[22m\n', modern)).toBe(
    'class ?]0;title? ?2J?[2J, \x1b[1mbold\x1b[22m\n',
  );
  expect(plainText('\x1b[31mred\x1b[0m', { ...modern, colors: 'none' })).toBe('red');
});

test('without UTF-8, everything is ASCII, and known signs stay readable', () => {
  const text = plainText('784 → 10 · α ≤ 0.1 × W¹ … “été” 手 ╲ │┼ −3 █', { ...modern, unicode: false });
  expect(text).toBe('784 -> 10 * alpha <= 0.1 x W1 ... "ete" ? \\ |+ -3 #');
});

test('a sentence is broken between words, a table is not, and a pipe gets whole lines', () => {
  const narrow = { ...modern, columns: 20 };
  expect(plainText('the quick brown fox jumps over it', narrow)).toBe('the quick brown fox\njumps over it');
  expect(plainText('  indented text that is long', narrow)).toBe('  indented text that\n  is long');
  expect(plainText('train  42% accuracy, loss 2', narrow)).toBe('train  42% accuracy,\n       loss 2');
  expect(plainText('\x1b[1m\x1b[32mpassed\x1b[39m\x1b[22m  7,960 gradients', narrow)).toBe(
    '\x1b[1m\x1b[32mpassed\x1b[39m\x1b[22m  7,960\n        gradients',
  );
  expect(plainText('  longhand evaluate the-model', narrow)).toBe('  longhand evaluate the-model');
  const table = 'a     b     c     d     e';
  expect(plainText(table, narrow)).toBe(table);
  expect(plainText('word '.repeat(50), { ...modern, columns: undefined })).toBe('word '.repeat(50));
  expect(plainText('a b c d e f', { ...modern, columns: 5 })).toBe('a b c\nd e f');
});

test('a terminal of five columns and a dumb one', () => {
  const tty = { isTTY: true, columns: 5, getColorDepth: () => 24 } as unknown as NodeJS.WriteStream;
  expect(terminalOf(tty, {})).toMatchObject({ columns: 5, width: 20, interactive: true });
  expect(terminalOf(tty, { TERM: 'dumb', COLORTERM: 'truecolor' })).toMatchObject({
    interactive: false,
    colors: 'none',
    columns: 5,
  });
});

test('kana and emoji take two columns, an accent none', () => {
  expect(['お', '手', 'é', 'e\u0301', '🙂', 'a\x1b[1mb\x1b[22m'].map(widthOf)).toEqual([2, 2, 1, 1, 2, 2]);
});
