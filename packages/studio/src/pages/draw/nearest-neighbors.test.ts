import { frameDigit } from '@longhand/core/pictures';
import { mnist } from '@longhand/mnist';
import { describe, expect, test } from 'vitest';
import { concat, nearestNeighbors, prepare, shapeOf } from './nearest-neighbors.js';

const { training, test: all } = await mnist();
const references = concat([prepare(training.slice(0, 1000)), prepare(all.slice(0, 1000))]);

/** A picture of straight pen lines, on a pad of 280 × 280. */
function draw(lines: readonly (readonly [number, number, number, number])[]) {
  const data = new Uint8Array(280 * 280);
  for (const [x0, y0, x1, y1] of lines) {
    for (let step = 0; step <= 300; step++) {
      const [x, y] = [x0 + ((x1 - x0) * step) / 300, y0 + ((y1 - y0) * step) / 300].map(Math.round);
      for (let v = y! - 10; v <= y! + 10; v++) data.fill(255, 280 * v + x! - 10, 280 * v + x! + 11);
    }
  }
  return frameDigit({ width: 280, height: 280, channels: 1, data }, 'lines').pixels;
}

describe('likeness to 2,000 real digits', () => {
  test('about 97 in 100 other real digits lie inside the bound', () => {
    const tried = Array.from({ length: 300 }, (_, i) => 1000 + 30 * i);
    const inside = tried.filter((i) => nearestNeighbors(all.pixels(i), references).distance <= 1).length;
    expect(inside / tried.length).toBeGreaterThan(0.94);
    expect(inside / tried.length).toBeLessThan(1);
  });
  test.each<[string, readonly (readonly [number, number, number, number])[]]>([
    [
      'a cross',
      [
        [50, 50, 230, 230],
        [230, 50, 50, 230],
      ],
    ],
    [
      'a square',
      [
        [50, 50, 230, 50],
        [230, 50, 230, 230],
        [230, 230, 50, 230],
        [50, 230, 50, 50],
      ],
    ],
    [
      'an H',
      [
        [70, 50, 70, 230],
        [210, 50, 210, 230],
        [70, 140, 210, 140],
      ],
    ],
    ['a full block', Array.from({ length: 12 }, (_, k) => [50, 50 + 15 * k, 230, 50 + 15 * k] as const)],
  ])('%s lies outside', (_, lines) => {
    expect(nearestNeighbors(draw(lines), references).distance).toBeGreaterThan(1);
  });
  test('a 7 of two lines lies inside, and most of the nearest are sevens', () => {
    const { distance, nearest } = nearestNeighbors(
      draw([
        [75, 55, 200, 55],
        [200, 55, 125, 235],
      ]),
      references,
    );
    expect(distance).toBeLessThan(1);
    expect(nearest.filter(({ label }) => label === 7).length).toBeGreaterThan(2);
  });
  test('a digit that is among them is its own nearest', () => {
    expect(nearestNeighbors(training.pixels(5), references).nearest[0]!.label).toBe(training.label(5));
  });
});

test('a shape has length 1, and none without ink', () => {
  expect(Math.hypot(...shapeOf(training.pixels(0)))).toBeCloseTo(1, 5);
  expect(shapeOf(new Uint8Array(784)).every((value) => value === 0)).toBe(true);
});
