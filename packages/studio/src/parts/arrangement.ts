/** Where the entries of a matrix lie in its picture. Coordinates count cells, from the top left. */
export interface Arrangement {
  readonly width: number;
  readonly height: number;
  /** Where an entry lies. */
  place(row: number, column: number): Point;
  /** The entry at a place; none between two pictures. */
  entry(x: number, y: number): Entry | undefined;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Entry {
  readonly row: number;
  readonly column: number;
}

/** A matrix as the grid it is: `rows × cols`, of which the first `shown` columns are drawn. */
export function gridOf(rows: number, shown: number): Arrangement {
  return {
    width: shown,
    height: rows,
    place: (row, column) => ({ x: column, y: row }),
    entry: (x, y) => (x >= 0 && y >= 0 && x < shown && y < rows ? { row: y, column: x } : undefined),
  };
}

/**
 * Vectors as pictures of `width × height`, side by side and one cell apart, `across` in a line.
 *
 * @param vector 'row': each row of the matrix is a picture, as of W¹; 'column': each column is one, as of X
 */
export function picturesOf(
  vector: 'row' | 'column',
  count: number,
  { width, height, across }: { width: number; height: number; across: number },
): Arrangement {
  const lines = Math.ceil(count / across);
  const inLine = Math.min(across, count);
  return {
    width: inLine * (width + 1) - 1,
    height: lines * (height + 1) - 1,
    place(row, column) {
      const [picture, pixel] = vector === 'row' ? [row, column] : [column, row];
      return {
        x: (picture % across) * (width + 1) + (pixel % width),
        y: Math.floor(picture / across) * (height + 1) + Math.floor(pixel / width),
      };
    },
    entry(x, y) {
      const [left, top] = [Math.floor(x / (width + 1)), Math.floor(y / (height + 1))];
      const [inX, inY] = [x - left * (width + 1), y - top * (height + 1)];
      const picture = top * across + left;
      if (x < 0 || y < 0 || left >= inLine || inX >= width || inY >= height || picture >= count)
        return undefined;
      const pixel = inY * width + inX;
      return vector === 'row' ? { row: picture, column: pixel } : { row: pixel, column: picture };
    },
  };
}
