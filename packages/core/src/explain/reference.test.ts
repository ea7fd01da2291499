import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EntryError } from '../errors.js';
import { createNetwork } from '../maths/network.js';
import { referencesOf, turns } from './cases.test.support.js';
import { formatReference, parseReference } from './reference.js';

const board = createNetwork({ layers: [784, 10, 10] });

describe('parseReference', () => {
  test.each([
    ['Z1[8]', { quantity: 'Z', layer: 1, row: 8, column: 0 }],
    ['Z1[8,3]', { quantity: 'Z', layer: 1, row: 8, column: 3 }],
    ['a2[ 3 ]', { quantity: 'A', layer: 2, row: 3, column: 0 }],
    ['A0[402]', { quantity: 'X', layer: 0, row: 402, column: 0 }],
    ['dW1[8, 402]', { quantity: 'dW', layer: 1, row: 8, column: 402 }],
    ['dw1[8,402]', { quantity: 'dW', layer: 1, row: 8, column: 402 }],
    ['db2[4]', { quantity: 'db', layer: 2, row: 4, column: 0 }],
    ['b2[4]', { quantity: 'b', layer: 2, row: 4, column: 0 }],
    ['X[402]', { quantity: 'X', layer: 0, row: 402, column: 0 }],
    ['J', { quantity: 'J', layer: 0, row: 0, column: 0 }],
  ])('%s', (text, reference) => expect(parseReference(text, board)).toEqual(reference));

  test.each([
    ['', '"": expected an entry such as Z1[8], A2[3,0], dW1[8,402] or J'],
    ['Z1[8', '"Z1[8": expected an entry such as Z1[8], A2[3,0], dW1[8,402] or J'],
    ['Z1[-1]', '"Z1[-1]": expected an entry such as Z1[8], A2[3,0], dW1[8,402] or J'],
    [
      'Q1[8]',
      'Q1[8]: unknown quantity Q: expected one of X, Y, Z, A, dZ, dW, db, W, b, J and its layer, such as Z1[8]',
    ],
    ['Z[8]', 'Z[8]: Z needs its layer, such as Z1'],
    ['X1[8]', 'X1[8]: X belongs to no layer'],
    ['Z1', 'Z1: which entry? expected an entry such as Z1[8], A2[3,0], dW1[8,402] or J'],
    ['dW1[8]', 'dW1[8]: needs a unit and an input, such as dW1[8,402]'],
    ['J[0]', 'J[0]: J is one number and has no entries: write J'],
    ['Z3[0]', 'Z3[0,0]: no layer 3: the network has layers 1 to 2'],
    ['Z1[10]', 'Z1[10,0]: no row 10: Z1 is 10 × 1, its rows are 0 to 9'],
    ['A2[3,1]', 'A2[3,1]: no column 1: A2 is 10 × 1, its columns are 0 alone'],
    ['dW1[8,784]', 'dW1[8,784]: no column 784: dW1 is 10 × 784, its columns are 0 to 783'],
    ['db2[4,1]', 'db2[4]: no column 1: db2 is 10 × 1, its columns are 0 alone'],
  ])('%j is refused in one line', (text, message) => {
    expect(() => parseReference(text, board, 1)).toThrow(new EntryError(message));
  });

  test('where nobody says how many examples there are, any will do', () => {
    expect(parseReference('A2[3,99]', board).column).toBe(99);
    expect(() => parseReference('A2[10]', board)).toThrow('A2 is 10 × m');
  });

  test('reads back what formatReference writes, for every entry of every network', () => {
    fc.assert(
      fc.property(turns, (turn) => {
        for (const reference of referencesOf(turn)) {
          expect(parseReference(formatReference(reference), turn.network, turn.X.cols)).toEqual(reference);
        }
      }),
      { numRuns: 30 },
    );
  });
});
