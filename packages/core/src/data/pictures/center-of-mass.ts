/** A position in a grid. The center of pixel (0, 0) is at x = 0, y = 0. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The center of mass of the ink: the mean position of all pixels, weighted by their ink. NaN
 * without ink.
 */
export function centerOfMass({
  width,
  data,
}: {
  readonly width: number;
  readonly data: ArrayLike<number>;
}): Point {
  let [mass, x, y] = [0, 0, 0];
  for (let pixel = 0; pixel < data.length; pixel++) {
    const ink = data[pixel]!;
    mass += ink;
    x += ink * (pixel % width);
    y += ink * Math.floor(pixel / width);
  }
  return { x: x / mass, y: y / mass };
}
