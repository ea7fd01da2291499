import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EntryLayout, foldedOf, gridOf, picturesOf } from './entry-layout.js';

/** Every place that names an entry lies where the entry says it does. */
function expectAgreement(layout: EntryLayout, entries: number): void {
  const seen = new Set<string>();
  for (let y = 0; y < layout.height; y++) {
    for (let x = 0; x < layout.width; x++) {
      const entry = layout.entry(x, y);
      if (!entry) continue;
      seen.add(`${entry.row},${entry.column}`);
      expect(layout.place(entry.row, entry.column)).toEqual({ x, y });
    }
  }
  expect(seen.size).toBe(entries);
}

const size = fc.integer({ min: 1, max: 9 });

describe('where entries lie', () => {
  test('in a grid', () => {
    fc.assert(
      fc.property(size, size, fc.nat(5), (rows, shown, first) => {
        expectAgreement(gridOf(rows, shown, first), rows * shown);
      }),
    );
  });

  test('in a folded vector', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), size, (rows, across) => {
        expectAgreement(foldedOf(rows, across), rows);
      }),
    );
  });

  test('in pictures, of rows and of columns', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('row', 'column'),
        size,
        size,
        size,
        size,
        (vector, count, width, height, across) => {
          const sheet = picturesOf(vector as 'row' | 'column', count, { width, height, across });
          expectAgreement(sheet, count * width * height);
        },
      ),
    );
  });

  test('outside there is nothing', () => {
    expect(gridOf(2, 2).entry(2, 0)).toBeUndefined();
    expect(foldedOf(3, 2).entry(1, 1)).toBeUndefined();
    expect(picturesOf('row', 3, { width: 2, height: 2, across: 2 }).entry(2, 0)).toBeUndefined();
  });
});
