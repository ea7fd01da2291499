import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeMarks, encodeMarks, onGrid } from './address.js';
import { type Mark, PAD_SIDE, type Stamp } from './ink.js';

const stampOf = (index: number): Stamp | undefined =>
  index < 1000 ? { kind: 'stamp', index, label: index % 10, pixels: new Uint8Array(784) } : undefined;

const anyPlace = fc.double({ min: 0, max: PAD_SIDE, noNaN: true });
const anyMark = fc.oneof(
  fc.nat(999).map((index): Mark => stampOf(index)!),
  fc
    .record({
      width: fc.constantFrom(7, 10, 14),
      points: fc.array(fc.record({ x: anyPlace, y: anyPlace }).map(onGrid), { minLength: 1, maxLength: 60 }),
    })
    .map((stroke): Mark => ({ kind: 'stroke', ...stroke })),
);

test('a drawing comes back from its address as it was, to the last bit', () => {
  fc.assert(
    fc.property(fc.array(anyMark, { minLength: 1, maxLength: 6 }), (marks) => {
      expect(decodeMarks(encodeMarks(marks)!, stampOf)).toEqual(marks);
    }),
  );
});

test('nothing drawn is no address, and neither is too much', () => {
  expect(encodeMarks([])).toBeUndefined();
  const points = Array.from({ length: 2000 }, () => ({ x: 1, y: 1 }));
  expect(encodeMarks([{ kind: 'stroke', width: 10, points }])).toBeUndefined();
});

test('what cannot be read is left out', () => {
  expect(decodeMarks('', stampOf)).toEqual([]);
  expect(decodeMarks('d2000.s10-0.zz.s7-0000', stampOf)).toEqual([
    { kind: 'stroke', width: 7, points: [{ x: 0, y: 0 }] },
  ]);
});
