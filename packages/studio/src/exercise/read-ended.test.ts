import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAnswered, readEnded } from './read-ended.js';

const RIGHT = { end: 'done', text: '{}', output: ['one'], lines: 1 };

describe('a message from the sandbox', () => {
  test('is read if it is what the guard sends', () => {
    expect(readEnded(RIGHT)).toEqual(RIGHT);
    expect(readEnded({ end: 'failed', text: 'x', line: 3, output: [], lines: 0, more: 1 })).toEqual({
      ...{ end: 'failed', text: 'x', line: 3, output: [], lines: 0 },
    });
  });

  test.each([
    ['no object', 'done'],
    ['null', null],
    ['another end', { ...RIGHT, end: 'won' }],
    ['a text that is none', { ...RIGHT, text: {} }],
    ['a text that is too long', { ...RIGHT, text: 'x'.repeat(8_000_001) }],
    ['output that is no list', { ...RIGHT, output: 'one' }],
    ['output of other things', { ...RIGHT, output: [{}] }],
    ['too much output', { ...RIGHT, output: Array.from({ length: 101 }, () => ''), lines: 101 }],
    ['a line that is too long', { ...RIGHT, output: ['x'.repeat(401)] }],
    ['fewer lines than there are', { ...RIGHT, lines: 0 }],
    ['no number of lines', { ...RIGHT, lines: Number.NaN }],
  ])('is ignored with %s', (_, message) => {
    expect(readEnded(message)).toBeUndefined();
  });

  test('whatever it is, nothing is thrown', () => {
    fc.assert(
      fc.property(fc.anything(), (message) => {
        readEnded(message);
        readEnded({ ...RIGHT, text: message, line: message });
      }),
    );
  });
});

describe('the answers of a program', () => {
  test('are read, with the problems of its steps', () => {
    const problem = { step: 'backward', message: 'Error: no', line: 4, missing: ['A2'] };
    const text = JSON.stringify({ answers: { Z1: [[1]] }, problems: [problem, { step: 'x', message: '' }] });
    expect(readAnswered(text)).toEqual({ answers: { Z1: [[1]] }, problems: [problem] });
  });

  test('whatever they are, nothing is thrown', () => {
    for (const text of ['', '{', 'null', '[]', '1', '{"answers":1,"problems":[]}', '{"answers":{}}'])
      expect(readAnswered(text)).toBeUndefined();
    fc.assert(
      fc.property(fc.json(), fc.jsonValue(), (text, problem) => {
        readAnswered(text);
        readAnswered(
          JSON.stringify({ answers: {}, problems: [problem, { step: 'loss', message: problem }] }),
        );
      }),
    );
  });
});
