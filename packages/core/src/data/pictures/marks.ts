/** A set of pixels that touch, also at corners. */
export interface Mark {
  /** From 1, as in `markOf`. */
  readonly number: number;
  /** In pixels. */
  readonly area: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** How many of its pixels lie on the picture's border. */
  readonly onBorder: number;
}

/** The marks of a picture, and which one each pixel belongs to; 0 for none. */
export interface Marks {
  readonly marks: readonly Mark[];
  readonly markOf: Int32Array;
}

/** Finds the connected sets of pixels that are 1. */
export function findMarks(mask: Uint8Array, width: number, height: number): Marks {
  const markOf = new Int32Array(mask.length);
  const marks: Mark[] = [];
  const found: number[] = [];
  for (let start = 0; start < mask.length; start++) {
    if (mask[start] === 0 || markOf[start] !== 0) continue;
    const number = marks.length + 1;
    let [area, onBorder, left, right, top, bottom] = [0, 0, width, -1, height, -1];
    markOf[start] = number;
    found.push(start);
    for (let pixel = found.pop(); pixel !== undefined; pixel = found.pop()) {
      const x = pixel % width;
      const y = (pixel - x) / width;
      area++;
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) onBorder++;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          const neighbor = v * width + u;
          if (mask[neighbor] === 0 || markOf[neighbor] !== 0) continue;
          markOf[neighbor] = number;
          found.push(neighbor);
        }
      }
    }
    marks.push({ number, area, left, right, top, bottom, onBorder });
  }
  return { marks, markOf };
}

/** The longer side of what contains all the marks, in pixels; 0 for none. */
export function sideOf(marks: readonly Mark[]): number {
  if (marks.length === 0) return 0;
  const { left, right, top, bottom } = boxAround(marks);
  return Math.max(right - left, bottom - top) + 1;
}

/** The smallest box that contains all the marks, one or more. */
export function boxAround(marks: readonly Mark[]): Pick<Mark, 'left' | 'right' | 'top' | 'bottom'> {
  return {
    left: Math.min(...marks.map(({ left }) => left)),
    right: Math.max(...marks.map(({ right }) => right)),
    top: Math.min(...marks.map(({ top }) => top)),
    bottom: Math.max(...marks.map(({ bottom }) => bottom)),
  };
}

/** 1 for each value larger than the threshold. */
export function maskAbove(values: Float32Array, threshold: number): Uint8Array {
  const mask = new Uint8Array(values.length);
  for (let i = 0; i < mask.length; i++) mask[i] = values[i]! > threshold ? 1 : 0;
  return mask;
}
