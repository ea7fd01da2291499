import { DataError } from '@longhand/core/errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { restoreZeros, shortenZeros } from './zeros.js';

describe('runs of zeros', () => {
  test('shortened and restored, any bytes are the same again', () => {
    const runs = fc.array(
      fc
        .tuple(fc.nat({ max: 600 }), fc.uint8Array({ maxLength: 5 }))
        .map(([zeros, bytes]) => [...Array<number>(zeros).fill(0), ...bytes]),
    );
    fc.assert(
      fc.property(runs, (parts) => {
        const bytes = Uint8Array.from(parts.flat());
        expect(restoreZeros(shortenZeros(bytes), bytes.length, 'file')).toEqual(bytes);
      }),
    );
  });

  test('a run is two bytes, and no longer than 255', () => {
    expect([...shortenZeros(Uint8Array.of(7, 0, 0, 0, 8, 0))]).toEqual([7, 0, 3, 8, 0, 1]);
    expect([...shortenZeros(new Uint8Array(256))]).toEqual([0, 255, 0, 1]);
  });

  test('too few bytes, too many, and a run without its length are refused', () => {
    for (const shortened of [[1], [1, 0, 2], [1, 2, 3], [0, 255], [1, 0]]) {
      expect(() => restoreZeros(Uint8Array.from(shortened), 2, 'file')).toThrow(DataError);
    }
    expect(() => restoreZeros(Uint8Array.of(1, 0, 2), 2, 'file')).toThrow('file: expected 2 bytes, found 3');
  });
});
