/**
 * A picture at the size of `side` × `side`: each pixel is the mean of the area it covers. A smaller picture stays as it is.
 */
export function pooled(pixels: ArrayLike<number>, width: number, height: number, side: number): Float32Array {
  if (width < side || height < side) return Float32Array.from(pixels);
  return resized(pixels, width, height, side);
}

/** The same for pictures of any size. */
export function resized(
  pixels: ArrayLike<number>,
  width: number,
  height: number,
  side: number,
): Float32Array {
  const small = new Float32Array(side * side);
  const [columns, rows] = [cuts(width, side), cuts(height, side)];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let [sum, area] = [0, 0];
      for (const [v, high] of rows[y]!) {
        for (const [u, wide] of columns[x]!) {
          sum += pixels[v * width + u]! * high * wide;
          area += high * wide;
        }
      }
      small[y * side + x] = sum / area;
    }
  }
  return small;
}

/** For each of `side` even pieces of a length: which of its units it covers, and how much of each. */
function cuts(length: number, side: number): (readonly [unit: number, share: number])[][] {
  return Array.from({ length: side }, (_, piece) => {
    const [from, to] = [(piece * length) / side, ((piece + 1) * length) / side];
    const covered: (readonly [number, number])[] = [];
    for (let unit = Math.floor(from); unit < to - 1e-9; unit++) {
      covered.push([unit, Math.min(to, unit + 1) - Math.max(from, unit)]);
    }
    return covered;
  });
}
