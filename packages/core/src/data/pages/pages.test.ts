import { describe, expect, test } from 'vitest';
import { DataError } from '../../errors.js';
import type { Picture } from '../pictures/picture.js';
import { countSeveral, findDigits, severalDigits } from './index.js';
import { removeLongLines } from './long-lines.js';
import { textLines } from './text-lines.js';

/** A picture of rectangles of ink, [x, y, width, height], on white paper. */
function paper(width: number, height: number, ink: readonly (readonly number[])[]): Picture {
  const data = new Uint8Array(width * height).fill(250);
  for (const [x = 0, y = 0, wide = 0, high = 0] of ink) {
    for (let v = y; v < y + high; v++) data.fill(20, v * width + x, v * width + x + wide);
  }
  return { width, height, channels: 1, data };
}

/** A judge for which everything is a one. */
const one = () => [0.01, 0.91, ...new Array<number>(8).fill(0.01)];

/** Three ones, 40 pixels high. */
const ONES = [
  [20, 20, 6, 40],
  [60, 22, 6, 40],
  [100, 18, 6, 40],
] as const;

describe('findDigits', () => {
  test('finds separate strokes from left to right, with their boxes', () => {
    const { lines } = findDigits(paper(140, 80, ONES), 'a page', one);
    expect(lines).toHaveLength(1);
    expect(lines[0]!.map(({ digit, sign }) => [digit, sign])).toEqual([
      [1, undefined],
      [1, undefined],
      [1, undefined],
    ]);
    for (const [k, { box }] of lines[0]!.entries()) {
      const [x, y, width, height] = ONES[k]!;
      for (const [found, wanted] of [
        [box.x, x],
        [box.y, y],
        [box.width, width],
        [box.height, height],
      ] as const) {
        expect(Math.abs(found - wanted)).toBeLessThanOrEqual(3);
      }
    }
  });

  test('lines come from top to bottom', () => {
    const low = [
      [20, 120, 6, 40],
      [60, 120, 6, 40],
    ];
    const { lines } = findDigits(paper(140, 180, [...low, ...ONES]), 'a page', one);
    expect(lines.map((line) => line.length)).toEqual([3, 2]);
  });

  test('the table around the paper of a photo is no digit, nor is a strip beside it', () => {
    const frame = [
      [0, 0, 500, 30],
      [0, 30, 36, 270],
      [470, 30, 30, 270],
      [0, 270, 500, 30],
    ];
    const digits = ONES.map(([x, y, wide, high]) => [x + 160, y + 100, wide, high]);
    for (const dark of [frame, frame.slice(0, 2), frame.slice(1, 2)]) {
      const { lines } = findDigits(paper(500, 300, [...dark, ...digits]), 'a photo', one);
      expect(lines.map((line) => line.map(({ digit, sign }) => [digit, sign]))).toEqual([
        [
          [1, undefined],
          [1, undefined],
          [1, undefined],
        ],
      ]);
    }
  });

  test('digits at the border of a picture that is cropped to them stay', () => {
    const cropped = [
      [0, 0, 24, 400],
      [176, 0, 24, 400],
    ];
    const { lines } = findDigits(paper(200, 400, cropped), 'a crop', one);
    expect(lines.map((line) => line.length)).toEqual([2]);
  });

  test('a dash, a plus, an equals sign and a point are no digits', () => {
    const signs = [
      [130, 40, 20, 5],
      [190, 36, 24, 5],
      [199, 27, 6, 24],
      [250, 34, 22, 4],
      [250, 46, 22, 4],
      [300, 54, 6, 6],
    ];
    const { lines } = findDigits(paper(340, 80, [...ONES, ...signs]), 'a page', one);
    expect(lines[0]!.map(({ sign }) => sign ?? '1').join('')).toBe('111-+=.');
  });

  test('light ink on dark paper is the same', () => {
    const { width, height, data } = paper(140, 80, ONES);
    const dark = { width, height, channels: 1, data: data.map((value) => 255 - value) } as const;
    expect(findDigits(dark, 'a page', one).lines[0]).toHaveLength(3);
  });

  test('a space is where the page has a wide one', () => {
    const { lines } = findDigits(paper(260, 80, [...ONES, [200, 20, 6, 40]]), 'a page', one);
    expect(lines[0]!.map(({ isAfterSpace }) => isAfterSpace)).toEqual([false, false, false, true]);
  });

  test('a blank page has no digits', () => {
    expect(() => findDigits(paper(140, 80, []), 'blank.png', one)).toThrow(DataError);
    expect(() => findDigits(paper(140, 80, []), 'blank.png', one)).toThrow(/^blank\.png: no digit found/);
  });
});

test('severalDigits: one digit is not several, three are', () => {
  expect(severalDigits(findDigits(paper(140, 80, ONES), 'a page', one))).toHaveLength(3);
  expect(severalDigits(findDigits(paper(60, 80, [ONES[0]]), 'a page', one))).toBeUndefined();
});

describe('countSeveral', () => {
  test('counts what severalDigits finds, with strokes that touch, too', () => {
    const joined = [...ONES.slice(0, 2), [20, 38, 46, 4], [110, 20, 6, 40]];
    for (const ink of [ONES, ONES.slice(0, 2), joined, joined.slice(0, 3)]) {
      const picture = paper(140, 80, ink);
      const several = severalDigits(findDigits(picture, 'a page', one));
      expect(countSeveral(picture, 'a page', one)).toBe(several?.length);
    }
  });

  test('does not read one mark that is too narrow for two', () => {
    const judge = () => {
      throw new Error('asked');
    };
    expect(countSeveral(paper(60, 80, ONES.slice(0, 1)), 'a page', judge)).toBeUndefined();
    expect(() => countSeveral(paper(140, 80, ONES), 'a page', judge)).toThrow('asked');
  });

  test('a blank picture is an error that names it', () => {
    expect(() => countSeveral(paper(60, 80, []), 'blank.png', one)).toThrow(/^blank\.png: no digit found/);
  });
});

describe('removeLongLines', () => {
  test('removes a line that leans, and keeps a stroke that crosses it', () => {
    const [width, height] = [200, 60];
    const mask = new Uint8Array(width * height);
    for (let x = 0; x < width; x++) {
      const y = 20 + Math.round(0.1 * x);
      mask[y * width + x] = 1;
      mask[(y + 1) * width + x] = 1;
    }
    for (let y = 10; y < 55; y++) mask.fill(1, y * width + 90, y * width + 96);
    expect(removeLongLines(mask, width, height, { length: 120, thickness: 4 })).toBe(1);
    const left = mask.reduce((sum, value) => sum + value, 0);
    // The stroke has 6 × 45 pixels; two pixels of the line may stay at its sides.
    expect(left).toBeGreaterThanOrEqual(6 * 45);
    expect(left).toBeLessThan(6 * 45 + 12);
  });

  test('keeps strokes that are short', () => {
    const mask = new Uint8Array(100 * 20);
    mask.fill(1, 10 * 100 + 20, 10 * 100 + 60);
    expect(removeLongLines(mask, 100, 20, { length: 60, thickness: 3 })).toBe(0);
    expect(mask.reduce((sum, value) => sum + value, 0)).toBe(40);
  });
});

test('textLines: a page that leans has its lines', () => {
  const marks = [0, 1, 2].flatMap((line) =>
    Array.from({ length: 8 }, (_, k) => {
      const [x, y] = [k * 50, Math.round(line * 60 + 0.12 * k * 50)];
      return {
        number: 8 * line + k + 1,
        area: 200,
        left: x,
        right: x + 20,
        top: y,
        bottom: y + 40,
        onBorder: 0,
      };
    }),
  );
  const found = textLines(marks.toReversed(), 41);
  expect(found.map((line) => line.marks.map(({ number }) => number))).toEqual([
    [1, 2, 3, 4, 5, 6, 7, 8],
    [9, 10, 11, 12, 13, 14, 15, 16],
    [17, 18, 19, 20, 21, 22, 23, 24],
  ]);
});
