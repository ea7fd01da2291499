import { createRandom, type Random } from '../../random.js';
import { areDigits } from '../class-names.js';
import { Dataset } from '../dataset.js';
import { joinDatasets } from '../pack-dataset.js';
import { withStrokesOf } from '../pictures/even-strokes.js';
import { FRAME_SIDE, frameOf } from '../pictures/frame.js';
import { scaleToSide } from '../pictures/passes.js';
import type { Grid } from '../pictures/picture.js';
import { drawDigit } from './draw-digit.js';

/** Of all variants, this share is drawn, and this share has a gap; the rest have strokes of another width. */
const DRAWN = 0.35;
const BROKEN = 0.12;
/** Strokes are made this wide, in pixels of the frame. */
const WIDTH = [0.9, 4.5] as const;
/** Strokes change their width in a picture of this side, in pixels. */
const FINE_SIDE = 2 * FRAME_SIDE;
/** The radius of a gap, in pixels of the frame. */
const GAP = [1, 2.2] as const;

/**
 * The examples, and after them variants of them as people write digits elsewhere than in MNIST: with strokes of
 * another width, with a gap, or drawn by a pen in one of the ways in which the digit is written (`drawDigit`), if the
 * classes are the ten digits. Variant k is one of example k modulo their number, with its class and its weight.
 *
 * @param count how many variants
 */
export function withVariants(dataset: Dataset, count: number, seed: number): Dataset {
  const random = createRandom(seed, 'variants');
  const { inputs, width, height, classNames } = dataset;
  const canBeDrawn = areDigits(classNames);
  const pixels = new Uint8Array(count * inputs);
  const labels = new Uint8Array(count);
  const weights = new Float32Array(count);
  for (let k = 0; k < count; k++) {
    const example = k % dataset.length;
    labels[k] = dataset.label(example);
    weights[k] = dataset.weight(example);
    pixels.set(variantOf(dataset.pixels(example), canBeDrawn ? labels[k] : undefined, random), k * inputs);
  }
  const variants = new Dataset({ pixels, labels, width, height, classNames });
  return joinDatasets(dataset, dataset.isWeighted ? variants.withWeights(weights) : variants);
}

/** @param digit what can be drawn by a pen */
function variantOf(pixels: Uint8Array, digit: number | undefined, random: Random): Uint8Array {
  const kind = random.uniform();
  if (digit !== undefined && kind < DRAWN) return frameOf(drawDigit(digit, random));
  const ink: Grid = {
    width: FRAME_SIDE,
    height: FRAME_SIDE,
    data: Float32Array.from(pixels, (value) => value / 255),
  };
  if (ink.data.every((value) => value === 0)) return pixels;
  const change = kind < DRAWN + BROKEN ? withGap : withOtherStrokes;
  const variant = change(ink, random);
  return variant.data.some((value) => value > 0) ? frameOf(variant) : pixels;
}

function withOtherStrokes(ink: Grid, random: Random): Grid {
  const width = WIDTH[0] + (WIDTH[1] - WIDTH[0]) * random.uniform();
  return withStrokesOf(scaleToSide(ink, FINE_SIDE), (width * FINE_SIDE) / FRAME_SIDE);
}

/** Without the ink around one of its pixels, as where a pen skips. */
function withGap({ width, height, data }: Grid, random: Random): Grid {
  const inked = [...data.keys()].filter((at) => data[at]! > 0.5);
  const at = inked[random.below(Math.max(1, inked.length))] ?? 0;
  const [centerX, centerY] = [at % width, Math.floor(at / width)];
  const radius = GAP[0] + (GAP[1] - GAP[0]) * random.uniform();
  const broken = data.map((value, i) => {
    const [x, y] = [(i % width) - centerX, Math.floor(i / width) - centerY];
    return value * Math.max(0, Math.min(1, Math.sqrt(x * x + y * y) - radius + 0.5));
  });
  return { width, height, data: broken };
}
