/** A place in a grid: pixel (0, 0) has its center at x = 0, y = 0. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where the ink balances: the mean place of all pixels, weighed by their ink. Of a bare page, NaN. */
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
