import type { Random } from '../../random.js';
import { sineAndCosine } from '../../sine-and-cosine.js';
import type { Grid } from '../pictures/picture.js';
import { between, oneOf, type Point } from './canvas.js';

/** The side of the canvas, and the longer side of what is drawn on it, in pixels. */
const [CANVAS, DRAWN] = [56, 40];

/** The lines between two points of a curve. */
const STEPS = 5;

/** Lines of points; x grows to the right, y down. */
export type Strokes = readonly (readonly Point[])[];

/**
 * Letters and signs, a line each, as strokes on a grid of 9 × 9 points: `084088` is a line from (0, 8)
 * over (4, 0) to (8, 8), `~` begins a curve through its points, and `/` starts another stroke. Letters
 * that are written like a digit are left out: O (0), I and l (1), Z (2), S (5), g and q (9).
 */
const LETTERS = `
084088/2565
0040/~40717344/000840/0444/~44858748/0848
~826140110417486786
0030/~3070847838/000838
80000888/0464
800008/0464
~826140110417487886/868454
0008/8088/0484
6066/~66582806
3070/5056/~563817
0008/8004/3488
000888
0800458088
08008880
080040/~40717345/4505
~401104174877847140/5588
080040/~40717345/4505/4588
0080/4048
0005/~0517487785/8580
004880
0028426880
0088/8008
004480/4448
~13427274/7478/~744505084776
~74421305174876/7278
0008/~04326375673806
~72421305174877
7078/~74421305174876
0575/~7563321305174877
~704032/3238/0363
0008/~04326374/7478
4248/4041
5257/~573817/5051
0008/6205/2568
0208/~032243/4348/~436283/8388
0208/~04326374/7478
0008/~02306173653604
0208/~043263
3036/~364867/0262
0205/~05174775/7278
024882
0228446882
0278/7208
0245/8228
~80512003/0308
0080/0008/8088
~40020548858240/0484
08408808
4048/0484
0484
0282/0686
804488/004408
8808440080
`
  .trim()
  .split('\n')
  .map(strokesOf);

/** A stroke, and whether it is a curve through its points. */
type Stroke = readonly [points: readonly Point[], isCurve: boolean];

function strokesOf(text: string): readonly Stroke[] {
  return text.split('/').map((line) => {
    const points = line.match(/\d\d/g)!.map(([x, y]): Point => [Number(x) / 8, Number(y) / 8]);
    return [points, line.startsWith('~')];
  });
}

/** A curve through points: Catmull and Rom's, with the first and the last point taken twice. */
function curveThrough(points: readonly Point[]): readonly Point[] {
  const at = (k: number) => points[Math.max(0, Math.min(points.length - 1, k))]!;
  const curve = points.slice(1).flatMap((_, k) => {
    return Array.from({ length: STEPS }, (_, step): Point => {
      const t = step / STEPS;
      const shares = [
        t * (t * (2 - t) - 1),
        t * t * (3 * t - 5) + 2,
        t * (t * (4 - 3 * t) + 1),
        t * t * (t - 1),
      ];
      const place = (axis: 0 | 1) =>
        shares.reduce((sum, share, i) => sum + share * at(k - 1 + i)[axis], 0) / 2;
      return [place(0), place(1)];
    });
  });
  return [...curve, points.at(-1)!];
}

/** How much signs are bent, at most. */
const BEND = 0.4;

/** A letter, or another sign, written a little differently each time: some have serifs. */
export function letter(random: Random): Strokes {
  const corners = random.below(3);
  const wobble = random.below(2) * between(random, 0, 0.06);
  const shaken = ([x, y]: Point): Point => [
    x + between(random, -wobble, wobble),
    y + between(random, -wobble, wobble),
  ];
  const strokes = oneOf(random, LETTERS);
  const lines = strokes.map(([points, isCurve]) => {
    const line = points.map(shaken);
    return isCurve ? curveThrough(line) : rounded(line, corners);
  });
  return random.below(3) === 0 ? [...lines, ...serifs(strokes, between(random, 0.1, 0.22))] : lines;
}

/** Short strokes across the ends of lines, at the top and at the bottom. */
function serifs(strokes: readonly Stroke[], reach: number): Strokes {
  return strokes
    .filter(([, isCurve]) => !isCurve)
    .flatMap(([points]) => [points[0]!, points.at(-1)!])
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
  const isPrinted = random.below(2) === 0;
  // Bends all lines alike.
  const bend = isPrinted ? 0 : BEND;
  const bends = Array.from({ length: 6 }, () => between(random, -bend, bend));
  const bent = (x: number, y: number, [a, b, c]: readonly number[]) => a! * x * x + b! * x * y + c! * y * y;
  const placed = strokes.map((line) =>
    line.map(([px, py]): Point => {
      const x = px + bent(px - 0.5, py - 0.5, bends);
      const y = py + bent(px - 0.5, py - 0.5, bends.slice(3));
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
  return ink(lines, thick / 2, between(random, 0.5, 2.5), broad, isPrinted);
}

function extent(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

/**
 * Each pixel's darkness by its distance to the nearest line. Distances down count `broad` times. The ends
 * are round or flat.
 */
function ink(lines: Strokes, radius: number, soft: number, broad: number, isFlat: boolean): Grid {
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
          const along = (px * dx + py * dy) / squared;
          const t = Math.max(0, Math.min(1, along));
          const [ex, ey] = [px - t * dx, py - t * dy];
          let distance = Math.sqrt(ex * ex + ey * ey);
          const isBeyond = (k === 0 && along < 0) || (k === line.length - 2 && along > 1);
          if (isFlat && isBeyond) distance += radius;
          const darkness = Math.min(1, (reach - distance) / (2 * soft) + 0.25);
          const at = row * CANVAS + column;
          if (darkness > pixels[at]!) pixels[at] = darkness;
        }
      }
    }
  }
  return { width: CANVAS, height: CANVAS, data: pixels };
}
