import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeInk, encodeInk } from './ink-text.js';

const SIZE = 784;

test('a drawing comes back from its text with every byte', () => {
  const pixel = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 255 }));
  const drawing = fc.array(pixel, { minLength: SIZE, maxLength: SIZE });
  fc.assert(
    fc.property(drawing, (bytes) => {
      const pixels = Uint8Array.from(bytes);
      const text = encodeInk(pixels);
      expect(text).toMatch(/^[\w-]*$/);
      expect(decodeInk(text, SIZE)).toEqual(pixels.some((byte) => byte > 0) ? pixels : undefined);
    }),
  );
});

test('runs longer than a byte can say come back, too', () => {
  const pixels = new Uint8Array(SIZE).fill(7, 300, 700);
  expect(decodeInk(encodeInk(pixels), SIZE)).toEqual(pixels);
});

test.each([
  ['', 'nothing'],
  ['%%%', 'other letters'],
  ['A', 'half a byte'],
  ['AAU', 'fewer pixels than promised'],
  [encodeInk(new Uint8Array(900).fill(9)), 'a larger picture'],
  ['AAAA', 'no ink'],
])('%j is no drawing: %s', (text) => {
  expect(decodeInk(text, SIZE)).toBeUndefined();
});
