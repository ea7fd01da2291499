/**
 * Where the entries of a matrix are in its picture. Coordinates count squares, from the top left.
 */
export interface EntryLayout {
  readonly width: number;
  readonly height: number;
  /** The place of an entry. */
  place(row: number, column: number): Point;
  /** The entry at a place. Between two pictures there is none. */
  entry(x: number, y: number): Place | undefined;
  /** The boxes of a whole row, or of a whole column. */
  row(row: number): readonly Box[];
  column(column: number): readonly Box[];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

interface Place {
  readonly row: number;
  readonly column: number;
}

/** A matrix as a grid. Of its columns, `shown` are drawn, starting with `first`. */
export function gridOf(rows: number, shown: number, first = 0): EntryLayout {
  return {
    width: shown,
    height: rows,
    place: (row, column) => ({ x: column - first, y: row }),
    entry: (x, y) => (x >= 0 && y >= 0 && x < shown && y < rows ? { row: y, column: x + first } : undefined),
    row: (row) => [{ x: 0, y: row, width: shown, height: 1 }],
    column: (column) => [{ x: column - first, y: 0, width: 1, height: rows }],
  };
}

/** A long vector, one column of a matrix, folded into lines of `across` entries. */
export function foldedOf(rows: number, across: number, column = 0): EntryLayout {
  const lines = Math.ceil(rows / across);
  const place = (row: number) => ({ x: row % across, y: Math.floor(row / across) });
  return {
    width: across,
    height: lines,
    place,
    entry(x, y) {
      const row = y * across + x;
      return x >= 0 && y >= 0 && x < across && row < rows ? { row, column } : undefined;
    },
    row: (row) => [{ ...place(row), width: 1, height: 1 }],
    column: (wanted) => (wanted === column ? [{ x: 0, y: 0, width: across, height: lines }] : []),
  };
}

/** The size of the pictures, and how many are in a line. */
export interface PictureSheet {
  readonly width: number;
  readonly height: number;
  readonly across: number;
}

/**
 * Vectors as pictures of `width × height`, side by side with a gap of one square, `across` in a
 * line.
 *
 * @param vector 'row': each row of the matrix is a picture, as in W¹; 'column': each column is, as
 *   in X
 * @param first the first vector that is drawn
 */
export function picturesOf(
  vector: 'row' | 'column',
  count: number,
  { width, height, across }: PictureSheet,
  first = 0,
): EntryLayout {
  const lines = Math.ceil(count / across);
  const inLine = Math.min(across, count);
  const corner = (picture: number): Point => ({
    x: ((picture - first) % across) * (width + 1),
    y: Math.floor((picture - first) / across) * (height + 1),
  });
  const place = (picture: number, pixel: number): Point => ({
    x: corner(picture).x + (pixel % width),
    y: corner(picture).y + Math.floor(pixel / width),
  });
  const whole = (picture: number): Box[] => [{ ...corner(picture), width, height }];
  const pixelOfEach = (pixel: number): Box[] =>
    Array.from({ length: count }, (_, k) => ({ ...place(first + k, pixel), width: 1, height: 1 }));
  const isRow = vector === 'row';
  return {
    width: inLine * (width + 1) - 1,
    height: lines * (height + 1) - 1,
    place: (row, column) => (isRow ? place(row, column) : place(column, row)),
    entry(x, y) {
      const [left, top] = [Math.floor(x / (width + 1)), Math.floor(y / (height + 1))];
      const [inX, inY] = [x - left * (width + 1), y - top * (height + 1)];
      const picture = top * across + left;
      if (x < 0 || y < 0 || left >= inLine || inX >= width || inY >= height || picture >= count)
        return undefined;
      const pixel = inY * width + inX;
      return isRow ? { row: first + picture, column: pixel } : { row: pixel, column: first + picture };
    },
    row: isRow ? whole : pixelOfEach,
    column: isRow ? pixelOfEach : whole,
  };
}

/** The CSS that places a box over the picture of a layout, in percent. */
export function boxStyle(box: Box, { width, height }: Pick<EntryLayout, 'width' | 'height'>) {
  const percent = (part: number, whole: number) => `${(100 * part) / whole}%`;
  return {
    left: percent(box.x, width),
    top: percent(box.y, height),
    width: percent(box.width, width),
    height: percent(box.height, height),
  };
}
