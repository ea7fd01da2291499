import type { Random } from '../../random.js';
import { sineAndCosine } from '../../sine-and-cosine.js';
import type { Grid } from '../pictures/picture.js';
import { between, SIDE } from './canvas.js';

/** A part of a picture: what lies on one side of a line. */
export function part(picture: Float32Array, random: Random): Float32Array {
  const offset = between(random, -3, 3);
  const [sin, cos] = sineAndCosine(between(random, -Math.PI, Math.PI));
  return picture.map((value, at) => {
    const [x, y] = [(at % SIDE) - 13.5, Math.floor(at / SIDE) - 13.5];
    return x * cos + y * sin > offset ? 0 : value;
  });
}

/** Two pictures side by side, or one above the other. */
export function pair(first: Float32Array, second: Float32Array, random: Random): Grid {
  const isColumn = random.below(6) === 0;
  const [a, b] = isColumn ? [transposed(first), transposed(second)] : [first, second];
  const [[, end], [start]] = [columnsOf(a), columnsOf(b)];
  const shift = Math.max(0, end + 1 - start + random.below(10) - 3);
  const width = SIDE + shift;
  const data = new Float32Array(width * SIDE);
  for (let at = 0; at < a.length; at++) {
    const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
    data[y * width + x] = Math.max(data[y * width + x]!, a[at]!);
    data[y * width + x + shift] = Math.max(data[y * width + x + shift]!, b[at]!);
  }
  const ink = { width, height: SIDE, data };
  return isColumn ? { width: SIDE, height: width, data: flipped(ink) } : ink;
}

/** One picture written over the other. */
export function over(first: Float32Array, second: Float32Array, random: Random): Float32Array {
  const [dx, dy] = [random.below(9) - 4, random.below(9) - 4];
  return first.map((value, at) => {
    const [x, y] = [(at % SIDE) + dx, Math.floor(at / SIDE) + dy];
    const other = x < 0 || y < 0 || x >= SIDE || y >= SIDE ? 0 : second[y * SIDE + x]!;
    return Math.max(value, other);
  });
}

/** The quarters of two pictures, mixed. */
export function patches(first: Float32Array, second: Float32Array, random: Random): Float32Array {
  const half = SIDE / 2;
  const from = Array.from({ length: 4 }, () => random.below(8));
  return first.map((_, at) => {
    const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
    const quarter = (x < half ? 0 : 1) + (y < half ? 0 : 2);
    const source = from[quarter]!;
    const [u, v] = [(x % half) + (source & 1) * half, (y % half) + ((source >> 1) & 1) * half];
    return (source < 4 ? first : second)[v * SIDE + u]!;
  });
}

/** White becomes black. */
export function negative(picture: Float32Array): Float32Array {
  return picture.map((value) => 1 - value);
}

/** A quarter turn to the right. */
export function turned(picture: Float32Array): Float32Array {
  return picture.map((_, at) => picture[(SIDE - 1 - (at % SIDE)) * SIDE + Math.floor(at / SIDE)]!);
}

/** As in a mirror. */
export function mirrored(picture: Float32Array): Float32Array {
  return picture.map((_, at) => picture[Math.floor(at / SIDE) * SIDE + SIDE - 1 - (at % SIDE)]!);
}

function transposed(picture: Float32Array): Float32Array {
  return picture.map((_, at) => picture[(at % SIDE) * SIDE + Math.floor(at / SIDE)]!);
}

/** Rows become columns. */
function flipped({ width, height, data }: Grid): Float32Array {
  return data.map((_, at) => data[(at % height) * width + Math.floor(at / height)]!);
}

/** The first and the last column that have ink. */
function columnsOf(picture: Float32Array): [first: number, last: number] {
  let [first, last] = [SIDE - 1, 0];
  for (let at = 0; at < picture.length; at++) {
    if (picture[at]! <= 0.1) continue;
    first = Math.min(first, at % SIDE);
    last = Math.max(last, at % SIDE);
  }
  return first > last ? [0, SIDE - 1] : [first, last];
}
