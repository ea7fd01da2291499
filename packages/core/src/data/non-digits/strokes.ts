import type { Random } from '../../random.js';
import { sineAndCosine } from '../../sine-and-cosine.js';
import type { Grid } from '../pictures/picture.js';
import { between, oneOf, type Point } from './canvas.js';

/** The side of the canvas, and the longer side of what is drawn on it, in pixels. */
const [CANVAS, DRAWN] = [56, 40];

/** Lines of points; x grows to the right, y down. */
export type Strokes = readonly (readonly Point[])[];

/**
 * Letters as strokes on a grid of 5 × 7 points: `06 20 46` is a line from (0, 6) over (2, 0) to (4, 6), and `/`
 * starts another. Letters that are written like a digit are left out: O and D (0), I and l (1), Z (2),
 * S (5), b (6), y (4), B (8), g and q (9).
 */
const LETTERS = [
  ...['06 20 46/14 34', '41 30 10 01 05 16 36 45', '40 00 06 46/03 33', '40 00 06/03 33'],
  ...['41 20 02 04 26 46 43 23', '00 06/40 46/03 43', '40 45 26 05', '00 06/40 03 46', '00 06 46'],
  ...['06 00 23 40 46', '06 00 46 40', '06 00 30 41 42 33 03', '20 02 04 26 44 42 20/34 46'],
  ...['06 00 30 42 03 46', '00 40/20 26', '00 04 26 44 40', '00 26 40', '00 16 23 36 40'],
  ...['00 46/40 06', '00 23 40/23 26', '42 12 04 16 36 42/42 46', '40 46/43 23 04 16 36 44'],
  ...['03 43 31 11 03 05 26 45', '41 20 11 16/03 33', '00 06/03 22 43 46', '00 06/42 04 46'],
  ...['06 02/03 12 23 26/23 32 43 46', '06 02/03 22 43 46', '00 06/01 20 41 43 24 03'],
  ...['06 02/03 22 42', '20 25 36 46/02 42', '02 05 26 44/42 46', '22 26/20 20', '32 35 26 16/30 30'],
  ...['20 02 04 26 44 42 20/23 23', '00 40 26 00', '00 40 46 06 00', '20 26/03 43', '03 43'],
].map(strokesOf);

function strokesOf(text: string): Strokes {
  return text
    .split('/')
    .map((line) => line.split(' ').map(([x, y]): Point => [Number(x) / 4, Number(y) / 6]));
}

/** How much signs are bent, at most. */
const BEND = 0.4;

/** A letter, or another sign, written a little differently each time: some have serifs. */
export function letter(random: Random): Strokes {
  const corners = random.below(3);
  const lines = oneOf(random, LETTERS).map((line) => rounded(line, corners));
  return random.below(3) === 0 ? [...lines, ...serifs(lines, between(random, 0.1, 0.22))] : lines;
}

/** Short strokes across the ends of lines, at the top and at the bottom. */
function serifs(lines: Strokes, reach: number): Strokes {
  return lines
    .flatMap((line) => [line[0]!, line.at(-1)!])
    .filter(([, y]) => y === 0 || y === 1)
    .map(([x, y]) => [
      [x - reach, y],
      [x + reach, y],
    ]);
}

/** Two to four lines or bows between points of a grid: signs of no script. */
export function sign(random: Random): Strokes {
  return Array.from({ length: 2 + random.below(3) }, () => {
    const [ax, ay] = [random.below(3) / 2, random.below(5) / 4];
    const [bx, by] = [random.below(3) / 2, random.below(5) / 4];
    const bow = oneOf(random, [0, 0, 0, 0.5, -0.5, 0.9, -0.9]);
    return Array.from({ length: 9 }, (_, k): Point => {
      const t = k / 8;
      const out = 2 * bow * t * (1 - t);
      return [ax + (bx - ax) * t - (by - ay) * out, ay + (by - ay) * t + (bx - ax) * out];
    });
  });
}

/** A line that wanders, or goes to and fro. */
export function scribble(random: Random): Strokes {
  const points = 4 + random.below(10);
  const isZigzag = random.below(3) === 0;
  let [x, y] = [0, 0];
  const line = Array.from({ length: points }, (_, k): Point => {
    if (isZigzag) return [k / points, between(random, 0, 0.25) + (k % 2) * 0.7];
    x += between(random, -1, 1);
    y += between(random, -1, 1);
    return [x, y];
  });
  return [rounded(line, random.below(4))];
}

/** The line with its corners cut off, so many times (Chaikin's curve). */
function rounded(line: readonly Point[], times: number): readonly Point[] {
  let points = line;
  for (let k = 0; k < times && points.length > 2; k++) {
    const cut = points.slice(1).flatMap(([bx, by], i): Point[] => {
      const [ax, ay] = points[i]!;
      return [
        [0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by],
        [0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by],
      ];
    });
    points = [points[0]!, ...cut, points.at(-1)!];
  }
  return points;
}

/** Slants, turns, bends and stretches strokes, and draws them with a pen. */
export function write(strokes: Strokes, random: Random): Grid {
  const slant = between(random, -0.4, 0.2);
  const [wide, high] = [between(random, 0.6, 1), between(random, 0.8, 1.2)];
  const [sin, cos] = sineAndCosine(between(random, -0.25, 0.25));
  const wobble = between(random, 0, 0.06);
  // Bends all lines alike.
  const bends = Array.from({ length: 6 }, () => between(random, -BEND, BEND));
  const bent = (x: number, y: number, [a, b, c]: readonly number[]) => a! * x * x + b! * x * y + c! * y * y;
  const placed = strokes.map((line) =>
    line.map(([px, py]): Point => {
      const x = px + bent(px - 0.5, py - 0.5, bends) + between(random, -wobble, wobble);
      const y = py + bent(px - 0.5, py - 0.5, bends.slice(3)) + between(random, -wobble, wobble);
      const [u, v] = [(x - slant * y) * wide, y * high];
      return [cos * u - sin * v, sin * u + cos * v];
    }),
  );
  // In pixels of the frame, which are twice as large.
  const thick = 2 * (random.below(3) === 0 ? between(random, 3.5, 6) : between(random, 1, 4));
  // A broad pen: lines across are thinner than lines down.
  const broad = random.below(2) === 0 ? 1 : between(random, 1, 2.5);
  const points = placed.flat();
  const [left, right] = extent(points.map(([x]) => x));
  const [top, bottom] = extent(points.map(([, y]) => y));
  const room = DRAWN - thick;
  const scale = room / Math.max(right - left, bottom - top, 0.05);
  const lines = placed.map((line) =>
    line.map(
      ([x, y]): Point => [
        CANVAS / 2 + (x - (left + right) / 2) * scale,
        CANVAS / 2 + (y - (top + bottom) / 2) * scale,
      ],
    ),
  );
  return ink(lines, thick / 2, between(random, 0.5, 2.5), broad);
}

function extent(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

/** Each pixel's darkness by its distance to the nearest line; distances down count `broad` times. */
function ink(lines: Strokes, radius: number, soft: number, broad: number): Grid {
  const pixels = new Float32Array(CANVAS * CANVAS);
  const reach = radius + soft;
  for (const line of lines) {
    for (let k = 0; k < Math.max(1, line.length - 1); k++) {
      const [ax, ay] = line[k]!;
      const [bx, by] = line[k + 1] ?? line[k]!;
      const [dx, dy] = [bx - ax, broad * (by - ay)];
      const squared = dx * dx + dy * dy || 1;
      const firstRow = Math.max(0, Math.floor(Math.min(ay, by) - reach));
      const lastRow = Math.min(CANVAS - 1, Math.ceil(Math.max(ay, by) + reach));
      const first = Math.max(0, Math.floor(Math.min(ax, bx) - reach));
      const last = Math.min(CANVAS - 1, Math.ceil(Math.max(ax, bx) + reach));
      for (let row = firstRow; row <= lastRow; row++) {
        for (let column = first; column <= last; column++) {
          const [px, py] = [column + 0.5 - ax, broad * (row + 0.5 - ay)];
          const t = Math.max(0, Math.min(1, (px * dx + py * dy) / squared));
          const [ex, ey] = [px - t * dx, py - t * dy];
          const darkness = Math.min(1, (reach - Math.sqrt(ex * ex + ey * ey)) / (2 * soft) + 0.25);
          const at = row * CANVAS + column;
          if (darkness > pixels[at]!) pixels[at] = darkness;
        }
      }
    }
  }
  return { width: CANVAS, height: CANVAS, data: pixels };
}
