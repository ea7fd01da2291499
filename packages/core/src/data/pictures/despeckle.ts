import type { Grid } from './picture.js';

/** A patch of ink is dust if it has less than this fraction of the largest patch's ink. */
const DUST = 0.002;

/**
 * Removes dust from the ink: patches that are tiny compared with the largest one. A patch is a set
 * of pixels that touch, also at corners.
 */
export function despeckle({ width, height, data }: Grid): Grid {
  const { patchOf, inkOf } = patchesOf({ width, height, data });
  const largest = inkOf.reduce((max, ink) => Math.max(max, ink), 0);
  const kept = data.map((value, pixel) =>
    value > 0 && inkOf[patchOf[pixel]!]! < DUST * largest ? 0 : value,
  );
  return { width, height, data: kept };
}

interface Patches {
  /** The number of the patch of each pixel with ink, from 1. */
  readonly patchOf: Int32Array;
  /** The sum of the ink of each patch. Patch 0 is the background and has 0. */
  readonly inkOf: readonly number[];
}

function patchesOf({ width, height, data }: Grid): Patches {
  const patchOf = new Int32Array(data.length);
  const inkOf = [0];
  const found: number[] = [];
  for (let start = 0; start < data.length; start++) {
    if (data[start] === 0 || patchOf[start] !== 0) continue;
    const patch = inkOf.length;
    let ink = 0;
    patchOf[start] = patch;
    found.push(start);
    for (let pixel = found.pop(); pixel !== undefined; pixel = found.pop()) {
      ink += data[pixel]!;
      const x = pixel % width;
      const y = (pixel - x) / width;
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          const neighbor = v * width + u;
          if (data[neighbor] === 0 || patchOf[neighbor] !== 0) continue;
          patchOf[neighbor] = patch;
          found.push(neighbor);
        }
      }
    }
    inkOf.push(ink);
  }
  return { patchOf, inkOf };
}
