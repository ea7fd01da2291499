import type { Random } from '../../random.js';
import { frameOf } from '../pictures/frame.js';
import { scaleToSide } from '../pictures/passes.js';
import type { Grid } from '../pictures/picture.js';
import { between, SIDE } from './canvas.js';

/** The longer side of a picture whose ink is spread. */
const FINE_SIDE = 2 * SIDE;

/**
 * Ink as another pen and another camera would show it, in MNIST's frame: its strokes become wider or
 * thinner, and its edges softer or sharper. Digits and strangers both need it. Otherwise a network
 * learns to tell them by how their edges were drawn, and not by their form.
 *
 * @returns 0–255; nothing when there is hardly any ink
 */
export function reinked(ink: Grid, random: Random): Uint8Array | undefined {
  const fine = scaleToSide(ink, FINE_SIDE);
  const radius = 1 + random.below(2);
  const spread = blurred(blurred(fine, radius), radius);
  const level = between(random, 0.25, 0.5);
  const gain = between(random, 2.5, 8);
  const data = spread.data.map((value) => Math.max(0, Math.min(1, (value - level) * gain + 0.5)));
  // What was without ink is without ink.
  const floor = Math.max(0, Math.min(1, 0.5 - level * gain));
  for (let at = 0; at < data.length; at++) data[at] = (data[at]! - floor) / (1 - floor);
  return framed({ width: fine.width, height: fine.height, data });
}

/** Ink in MNIST's frame, 0–255. Nothing when there is hardly any. */
export function framed(ink: Grid): Uint8Array | undefined {
  return ink.data.some((value) => value > 0.1) ? frameOf(ink) : undefined;
}

/** The means of squares of this radius: rows first, and what comes out is transposed; so is that of both ways. */
function blurred(grid: Grid, radius: number): Grid {
  return meansOfRows(meansOfRows(grid, radius), radius);
}

function meansOfRows({ width, height, data }: Grid, radius: number): Grid {
  const means = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    let sum = 0;
    for (let x = 0; x < Math.min(radius, width); x++) sum += data[y * width + x]!;
    for (let x = 0; x < width; x++) {
      if (x + radius < width) sum += data[y * width + x + radius]!;
      if (x > radius) sum -= data[y * width + x - radius - 1]!;
      means[x * height + y] = sum / (2 * radius + 1);
    }
  }
  return { width: height, height: width, data: means };
}
