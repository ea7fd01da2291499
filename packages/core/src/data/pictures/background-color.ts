import { borderOf, median, type OpaquePicture } from './background.js';

/**
 * The color of the background at every position. Light falls unevenly on paper, so red, green and
 * blue are each a plane over the picture: constant + across · x + down · y, with x and y from −1 to
 * 1.
 */
export interface BackgroundColor {
  readonly red: Plane;
  readonly green: Plane;
  readonly blue: Plane;
}

export type Plane = readonly [constant: number, across: number, down: number];

/**
 * A border pixel whose distance from the plane is more than this many times the median is ink, not
 * background.
 */
const OUTLIER = 2.5;
/** Enough rounds for the planes to converge. */
const ROUNDS = 6;

/** The background's color, from the picture's border. Most of the border must be background. */
export function backgroundColor({ width, height, rgb }: OpaquePicture): BackgroundColor {
  const border = borderOf(width, height);
  const [red, green, blue] = [0, 1, 2].map((channel) =>
    fitPlane(
      border.map((pixel) => ({
        x: fromCenter(pixel % width, width),
        y: fromCenter(Math.floor(pixel / width), height),
        value: rgb[3 * pixel + channel]!,
      })),
    ),
  );
  return { red: red!, green: green!, blue: blue! };
}

/** A pixel's position along a side, from −1 to 1. */
export function fromCenter(place: number, side: number): number {
  return side === 1 ? 0 : (2 * place) / (side - 1) - 1;
}

interface Sample {
  readonly x: number;
  readonly y: number;
  readonly value: number;
}

/** Repeated least squares: each round uses the samples near the plane of the round before. */
function fitPlane(samples: readonly Sample[]): Plane {
  let plane: Plane = [median(samples.map(({ value }) => value)), 0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const distances = samples.map(({ x, y, value }) =>
      Math.abs(value - plane[0] - plane[1] * x - plane[2] * y),
    );
    const usual = median(distances);
    // The background of a clean picture has exactly the median color: nothing to fit.
    if (usual === 0) return plane;
    plane = leastSquares(samples.filter((_, i) => distances[i]! <= OUTLIER * usual)) ?? plane;
  }
  return plane;
}

/** The plane nearest to the samples; `undefined` if they do not determine one. */
function leastSquares(samples: readonly Sample[]): Plane | undefined {
  // The normal equations; the last entry of each row is its right side.
  const rows = [0, 1, 2].map(() => [0, 0, 0, 0]);
  for (const { x, y, value } of samples) {
    const known = [1, x, y, value];
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 4; j++) rows[i]![j]! += known[i]! * known[j]!;
    }
  }
  for (let pivot = 0; pivot < 3; pivot++) {
    const row = rows[pivot]!;
    if (row[pivot]! < 1e-6 * samples.length) return undefined;
    for (const other of rows) {
      if (other === row) continue;
      const factor = other[pivot]! / row[pivot]!;
      for (let j = pivot; j < 4; j++) other[j]! -= factor * row[j]!;
    }
  }
  return rows.map((row, i) => row[3]! / row[i]!) as unknown as Plane;
}
