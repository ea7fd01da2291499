import { describe, expect, test } from 'vitest';
import { findMarks } from '../pictures/passes.js';
import { cutsOf } from './cuts.js';
import type { PageInk } from './page-ink.js';
import { slantOf } from './slant.js';
import { valleysOf } from './valleys.js';

/** A page from rows of text: # is ink. Each character is a square of 4 × 4 pixels. */
function pageOf(rows: readonly string[]): PageInk {
  const [width, height] = [4 * rows[0]!.length, 4 * rows.length];
  const mask = Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    return Number(rows[y >> 2]![x >> 2] === '#');
  });
  const ink = { width, height, data: Float32Array.from(mask) };
  return { ...findMarks(mask, width, height), ink, digitHeight: height, scale: 1, lines: 0 };
}

/** A 0 beside a 1 that touches it along three rows. */
const TOUCHING = pageOf([' #### ##', '##  # ##', '#   ####', '#   ####', '#   ####', '##  # ##', ' #### ##']);

describe('where digits touch', () => {
  test('there is a valley above and one below', () => {
    const [mark] = TOUCHING.marks;
    for (const isUpsideDown of [false, true]) {
      const valleys = valleysOf(TOUCHING, mark!, isUpsideDown);
      // The column of paper between the two, down to where they touch.
      expect(valleys.map(({ x, y }) => [x >> 2, y])).toEqual([[5, 7]]);
      expect(valleys[0]!.wayOut).toHaveLength(8);
      expect(valleys[0]!.wayOut.every((x) => x >= 20 && x < 24)).toBe(true);
    }
  });

  test('one of the cuts goes from valley to valley, though others cross less ink', () => {
    const [mark] = TOUCHING.marks;
    const cuts = cutsOf(TOUCHING, mark!, 28, 0);
    expect(cuts.some(({ across }) => across.every((x) => x >= 20 && x < 24))).toBe(true);
    expect(cuts.map(({ at }) => at)).toEqual(cuts.map(({ at }) => at).toSorted((a, b) => a - b));
  });

  test('a narrow mark is not cut', () => {
    const page = pageOf(['##', '##', '##', '##', '##', '##', '##']);
    expect(cutsOf(page, page.marks[0]!, 28, 0)).toEqual([]);
  });
});

test('slantOf: strokes that lean to the right, upright ones and some that lean to the left', () => {
  const leaning = ['   ##', '  ## ', ' ##  ', '##   '];
  const slants = [leaning, [' ## ', ' ## ', ' ## ', ' ## '], leaning.toReversed()].map((rows) => {
    const page = pageOf(rows);
    return slantOf(page, page.marks);
  });
  expect(slants[0]).toBeGreaterThan(0.5);
  expect(Math.abs(slants[1]!)).toBeLessThan(0.2);
  expect(slants[2]).toBeLessThan(-0.3);
});
