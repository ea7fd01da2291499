import type { Grid } from '../pictures/picture.js';
import type { Columns, PagePasses } from './page-passes.js';

/** How much two planes differ. */
export let differenceOf = (a: Float32Array, b: Float32Array): Float32Array => {
  return a.map((value, i) => Math.abs(value - b[i]!));
};

/** Differences from the paper, as shares of the lighter of value and paper, or of `darkest`. */
export let relativeTo = (
  differences: Float32Array,
  values: Float32Array,
  paper: Float32Array,
  darkest: number,
): Float32Array => {
  return differences.map((difference, i) => difference / Math.max(values[i]!, paper[i]!, darkest));
};

/** The values of pixels that are set in the mask or beside such a one; 0 elsewhere. */
export let besideMask = ({ width, data }: Grid, mask: Uint8Array): Float32Array => {
  const near = new Float32Array(data.length);
  for (let at = 0; at < data.length; at++) {
    if (mask[at] === 0) continue;
    const x = at % width;
    for (let v = Math.max(0, at - x - width); v <= at - x + width && v < data.length; v += width) {
      for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) near[v + u] = data[v + u]!;
    }
  }
  return near;
};

/** Each value as a share of the darkest around it, of which bare paper has a part. */
export let sharesOf = (values: Float32Array, darkest: Float32Array, bare: number): Float32Array => {
  return values.map((value, at) =>
    value > 0 ? Math.max(0, (value / darkest[at]! - bare) / (1 - bare)) : value,
  );
};

/** For each pixel the mark that it belongs to; the soft edge of a stroke belongs to the mark beside it. */
export let edgesOf = ({ width, data }: Grid, markOf: Int32Array): Int32Array => {
  const edgeOf = Int32Array.from(markOf);
  const [up, down] = [-width, width];
  const around = [-1, 1, up, down, up - 1, up + 1, down - 1, down + 1];
  for (let at = 0; at < data.length; at++) {
    if (data[at] === 0 || markOf[at] !== 0) continue;
    const neighbor = around.find((offset) => (markOf[at + offset] ?? 0) !== 0);
    if (neighbor !== undefined) edgeOf[at] = markOf[at + neighbor]!;
  }
  return edgeOf;
};

/** The runs of ink that are at most so long, in each column: the column, its first and its last pixel. */
export let thinRuns = ({ mask, length, step, count, next }: Columns, thickness: number): Int32Array => {
  const runs: number[] = [];
  for (let x = 0; x < length; x++) {
    let top = -1;
    for (let y = 0; y <= count; y++) {
      const isInk = y < count && mask[x * step + y * next] === 1;
      if (isInk && top < 0) top = y;
      if (isInk || top < 0) continue;
      if (y - top <= thickness) runs.push(x, top, y - 1);
      top = -1;
    }
  }
  return Int32Array.from(runs);
};

/** Lets something else do these passes, with the same bits. */
export function usePagePasses(
  by: Pick<PagePasses, 'differenceOf' | 'relativeTo' | 'besideMask' | 'sharesOf' | 'edgesOf' | 'thinRuns'>,
): void {
  ({ differenceOf, relativeTo, besideMask, sharesOf, edgesOf, thinRuns } = by);
}
