import type { Random } from '../../random.js';
import type { Grid } from '../pictures/picture.js';
import { ALLOGRAPHS, type Point, type Stroke } from './allographs.js';

/** The side of the picture that a digit is drawn in, and the digit's height in it, in pixels. */
const SIDE = 84;
const HEIGHT = 44;
/** How far points move: the standard deviation, as a share of the digit's height, is drawn from this range. */
const JITTER = [0.03, 0.07] as const;
/** Strokes are this wide, in pixels of MNIST's frame. */
const WIDTH = [1, 4] as const;
/** The standard deviation of the slant: across for each step down. */
const SLANT = 0.18;
/** Straight strokes between the points, and not curves, for digits that have corners, and for others. */
const CORNERS: ReadonlySet<number> = new Set([1, 4, 7]);
const STRAIGHT = { corners: 0.75, others: 0.1 } as const;
/** So many pieces of a curve lie between two points. */
const PIECES = 8;

/** A digit drawn by an unsteady pen, in one of the ways in which people write it. Ink is 1. */
export function drawDigit(digit: number, random: Random): Grid {
  const ways = ALLOGRAPHS[digit]!;
  const strokes = ways[random.below(ways.length)]!;
  const between = ([least, most]: readonly [number, number]): number =>
    least + (most - least) * random.uniform();
  const aspect = digit === 1 ? between([0.25, 0.75]) : between([0.5, 0.95]);
  const slant = SLANT * bell(random);
  const jitter = between(JITTER);
  const width = (between(WIDTH) * HEIGHT) / 20;
  const isStraight = random.uniform() < (CORNERS.has(digit) ? STRAIGHT.corners : STRAIGHT.others);
  const place = ([x, y]: Point): Point => {
    const across = x - 0.5 + jitter * bell(random);
    const down = y - 0.5 + jitter * bell(random);
    return [SIDE / 2 + HEIGHT * (aspect * across - slant * down), SIDE / 2 + HEIGHT * down];
  };
  const data = new Float32Array(SIDE * SIDE);
  for (const stroke of strokes) {
    const points = stroke.map(place);
    const line = isStraight ? points : curveThrough(points);
    for (let k = 0; k + 1 < line.length; k++) inkSegment(data, line[k]!, line[k + 1]!, width / 2);
  }
  return { width: SIDE, height: SIDE, data };
}

/** A number with mean 0 and variance 1, nearly normally distributed: the sum of four uniform ones. */
function bell(random: Random): number {
  const sum = random.uniform() + random.uniform() + random.uniform() + random.uniform();
  return (sum - 2) * Math.sqrt(3);
}

/** A smooth line through the points (Catmull and Rom 1974). */
function curveThrough(points: Stroke): Stroke {
  if (points.length < 3) return points;
  const curve: Point[] = [];
  for (let i = 0; i + 1 < points.length; i++) {
    const [a, b] = [points[Math.max(0, i - 1)]!, points[i]!];
    const [c, d] = [points[i + 1]!, points[Math.min(points.length - 1, i + 2)]!];
    for (let piece = 0; piece < PIECES; piece++) {
      const t = piece / PIECES;
      const along = (axis: 0 | 1): number =>
        0.5 *
        (2 * b[axis] +
          (c[axis] - a[axis]) * t +
          (2 * a[axis] - 5 * b[axis] + 4 * c[axis] - d[axis]) * t * t +
          (3 * b[axis] - a[axis] - 3 * c[axis] + d[axis]) * t * t * t);
      curve.push([along(0), along(1)]);
    }
  }
  return [...curve, points.at(-1)!];
}

/** Inks what is nearer than `radius` to the segment, with a soft edge. */
function inkSegment(data: Float32Array, [x0, y0]: Point, [x1, y1]: Point, radius: number): void {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = dx * dx + dy * dy;
  const reach = radius + 1;
  const range = (a: number, b: number): [number, number] => [
    Math.max(0, Math.floor(Math.min(a, b) - reach)),
    Math.min(SIDE - 1, Math.ceil(Math.max(a, b) + reach)),
  ];
  const [left, right] = range(x0, x1);
  const [top, bottom] = range(y0, y1);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const along = length > 0 ? ((x - x0) * dx + (y - y0) * dy) / length : 0;
      const t = Math.max(0, Math.min(1, along));
      const [u, v] = [x - x0 - t * dx, y - y0 - t * dy];
      const ink = Math.max(0, Math.min(1, radius + 0.5 - Math.sqrt(u * u + v * v)));
      if (ink > data[y * SIDE + x]!) data[y * SIDE + x] = ink;
    }
  }
}
