import { borderOf, median } from './background.js';
import { chooseMarks } from './choose-marks.js';
import { CLOSING, OPENING } from './extremes.js';
import type { Mark } from './marks.js';
import { grainOf } from './noise.js';
import {
  contrastWith,
  erase,
  extremesAround,
  findMarks,
  maskAbove,
  maskOfMarks,
  meanFrom,
  meanWhere,
  smooth,
  valuesAbove,
} from './passes.js';
import type { Grid } from './picture.js';
import { removeRuledLines } from './ruled-lines.js';
import { otsuThreshold } from './threshold.js';

/** Strokes are narrower than this share of the picture's longer side; what is wider is paper, table or shadow. */
export const WIDEST_STROKE = 0.2;
/** In a picture of at most so many pixels, which holds little but the digit, the share is larger. */
const SMALL_PICTURE = 64;
const WIDEST_STROKE_IN_SMALL = 0.33;
/** Below this lightness, 0–255, contrast is measured as on paper of this lightness: it would be grain. */
const DARKEST_PAPER = 60;
/** Grain in gray levels, and how often it is smoothed. */
const SMOOTHING: readonly (readonly [grain: number, times: number])[] = [
  [8, 6],
  [3, 3],
  [1, 1],
];
/** Contrast that no ink falls below, and its excess over the grain that is left after smoothing. */
const LEAST_CONTRAST = 0.008;
const ABOVE_GRAIN = 4.5;
/** How many times what was left out is left out of the choice of the threshold, too. */
const ROUNDS = 4;
/** Marks with less than this share of the digit's area do not move the threshold. */
const NEGLIGIBLE = 0.15;
/** Around a mark that is left out, its soft edge: this share of the longer side. */
const SOFT_EDGE = 0.006;

/** How much each pixel differs from its paper, 0–1, and what can be ink. */
export interface Contrast extends Grid {
  /** The contrast that grain can have. */
  readonly floor: number;
  /** Ink has no larger threshold than this. */
  readonly ceiling: number;
  /** Whether there is no grain: then pixels between paper and ink are soft edges of strokes, or pale ink. */
  readonly isClean: boolean;
}

/** The strokes of a digit. */
export interface Strokes {
  /** The contrast of each pixel; 0 where something was removed, such as a ruled line. */
  readonly contrast: Grid;
  /** The contrast from which on a pixel is ink. */
  readonly threshold: number;
  /** 1 for each pixel of the digit. */
  readonly mask: Uint8Array;
  /** The marks that the digit consists of. */
  readonly marks: readonly Mark[];
  /** The mean contrast of the ink, 0–1. */
  readonly level: number;
  /** The contrast that grain can have. */
  readonly floor: number;
  readonly isClean: boolean;
}

/**
 * How much darker (or lighter) each pixel is than the paper around it. The paper is the picture without what is
 * narrower than a stroke can be (a gray-scale closing), so that it follows light, shadows and their edges. Contrast
 * is relative to the lighter of ink and paper, so that it is the same in light and in shade.
 *
 * @param gray 0–255
 */
export function localContrast(gray: Grid, ink: 'dark' | 'light'): Contrast {
  const grain = grainOf(gray);
  const times = SMOOTHING.find(([from]) => grain > from)?.[1] ?? 0;
  const plane = smooth(gray, times);
  const { width, height, data } = plane;
  const side = Math.max(width, height);
  const widest = side > SMALL_PICTURE ? WIDEST_STROKE : WIDEST_STROKE_IN_SMALL;
  const radius = Math.max(2, Math.round((widest * side) / 2));
  const paper = extremesAround(plane, radius, ink === 'dark' ? CLOSING : OPENING).data;
  // Smoothing leaves slow waves, which the second measurement does not see.
  const waves = times > 0 ? grain / 510 : 0;
  const contrast = contrastWith(data, paper, DARKEST_PAPER);
  return {
    width,
    height,
    data: contrast,
    floor: Math.max(LEAST_CONTRAST, (ABOVE_GRAIN * grainOf(plane)) / 200 + waves),
    ceiling: 1,
    isClean: false,
  };
}

/** How much each pixel differs from the middle of the border's, as on a page under even light. */
export function evenContrast({ width, height, data }: Grid): Contrast {
  const page = median(borderOf(width, height).map((pixel) => data[pixel]!));
  const contrast = data.map((value) => Math.abs(value - page) / 255);
  return { width, height, data: contrast, floor: LEAST_CONTRAST, ceiling: 1, isClean: false };
}

/**
 * Finds the strokes of the digit. What is left out in one round, such as a frame or a ruled line, is not in the
 * picture in the next: a faint digit beside a black bar has a threshold of its own.
 *
 * @param mustChoose leave out what does not belong to the digit
 * @returns undefined if nothing stands out
 */
export function findStrokes(
  { width, height, data, floor, ceiling, isClean }: Contrast,
  mustChoose: boolean,
): Strokes | undefined {
  const contrast: Grid = { width, height, data: data.slice() };
  const edge = Math.max(1, Math.round(SOFT_EDGE * Math.max(width, height)));
  let found: Strokes | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const above = valuesAbove(contrast.data, floor);
    if (above.length === 0) return found;
    const threshold = Math.min(ceiling, inkThreshold(above, floor));
    const { lines, all, markOf, marks } = marksOf({ ...contrast, isClean }, threshold, mustChoose);
    if (marks.length === 0) return found;
    const isKept = new Uint8Array(all.length + 1);
    for (const { number } of marks) isKept[number] = 1;
    const kept = maskOfMarks(markOf, isKept);
    found = { contrast, threshold, mask: kept, marks, level: meanWhere(contrast.data, kept), floor, isClean };
    const area = (some: readonly Mark[]): number => some.reduce((sum, mark) => sum + mark.area, 0);
    if (lines === 0 && area(all) - area(marks) < NEGLIGIBLE * area(marks)) break;
    erase(contrast, threshold, kept, edge);
  }
  return found;
}

/** The marks of a picture, and those of the digit. A digit that is itself a line across the picture stays. */
function marksOf(
  { width, height, data, isClean }: Pick<Contrast, 'width' | 'height' | 'data' | 'isClean'>,
  threshold: number,
  mustChoose: boolean,
): ChosenMarks {
  const chosenOf = (mask: Uint8Array): Omit<ChosenMarks, 'lines'> => {
    const { marks: all, markOf } = findMarks(mask, width, height);
    return { all, markOf, marks: mustChoose ? chooseMarks(all, width, height, isClean) : all };
  };
  const mask = maskAbove(data, threshold);
  const lines = mustChoose ? removeRuledLines(mask, width, height) : 0;
  const without = chosenOf(mask);
  if (lines === 0 || without.marks.length > 0) return { lines, ...without };
  return { lines: 0, ...chosenOf(maskAbove(data, threshold)) };
}

interface ChosenMarks {
  /** How many ruled lines were removed. */
  readonly lines: number;
  readonly all: readonly Mark[];
  readonly markOf: Int32Array;
  readonly marks: readonly Mark[];
}

/** Between paper and ink: Otsu's, or half the ink's level where pale pixels would drive it up. */
export function inkThreshold(above: Float32Array, floor: number): number {
  const { threshold } = otsuThreshold(above, 1);
  // Where there are none, NaN.
  const level = meanFrom(above, threshold) || threshold;
  return Math.max(floor, Math.min(threshold, level / 2));
}
