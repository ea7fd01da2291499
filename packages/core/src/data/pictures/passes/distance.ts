import type { Passes } from '../passes-types.js';

/** Farther than any pixel of a picture. */
const FAR = 1e12;

/**
 * The squared distance of every pixel to the nearest one that is `set`, 1 or 0, in pixels: along the columns
 * first, then along the rows, where the distances are the lower envelope of parabolas (Felzenszwalb and
 * Huttenlocher 2012, "Distance transforms of sampled functions").
 */
function squaredDistances(mask: Uint8Array, width: number, height: number, set: 0 | 1): Float32Array {
  const data = new Float32Array(mask.length);
  for (let i = 0; i < data.length; i++) data[i] = mask[i] === set ? 0 : FAR;
  const longest = Math.max(width, height);
  const [line, result] = [new Float64Array(longest), new Float64Array(longest)];
  const envelope = { vertices: new Int32Array(longest), starts: new Float64Array(longest + 1) };
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) line[y] = data[y * width + x]!;
    lowerEnvelope(line, result, height, envelope);
    for (let y = 0; y < height; y++) data[y * width + x] = result[y]!;
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) line[x] = data[y * width + x]!;
    lowerEnvelope(line, result, width, envelope);
    for (let x = 0; x < width; x++) data[y * width + x] = result[x]!;
  }
  return data;
}

/** For each i, the least of line[j] + (i − j)². */
function lowerEnvelope(
  line: Float64Array,
  result: Float64Array,
  length: number,
  { vertices, starts }: { readonly vertices: Int32Array; readonly starts: Float64Array },
): void {
  let last = 0;
  vertices[0] = 0;
  starts[0] = -Infinity;
  starts[1] = Infinity;
  const crossing = (j: number, k: number): number => (line[j]! + j * j - line[k]! - k * k) / (2 * (j - k));
  for (let j = 1; j < length; j++) {
    let start = crossing(j, vertices[last]!);
    while (start <= starts[last]!) start = crossing(j, vertices[--last]!);
    vertices[++last] = j;
    starts[last] = start;
    starts[last + 1] = Infinity;
  }
  for (let i = 0, k = 0; i < length; i++) {
    while (starts[k + 1]! < i) k++;
    const away = i - vertices[k]!;
    result[i] = line[vertices[k]!]! + away * away;
  }
}

/** The ink of strokes that are wider by so much on each side. */
export let widened = (mask: Uint8Array, width: number, height: number, by: number): Float32Array => {
  // From the pixels' edges: half a pixel nearer than their centers.
  const toPaper = squaredDistances(mask, width, height, 0);
  return squaredDistances(mask, width, height, 1).map((distance, i) => {
    const outside = distance > 0 ? Math.sqrt(distance) - 0.5 : 0.5 - Math.sqrt(toPaper[i]!);
    return Math.max(0, Math.min(1, by - outside + 0.5));
  });
};

/** Lets something else do this pass, with the same bits. */
export function useDistance(by: Pick<Passes, 'widened'>): void {
  ({ widened } = by);
}
