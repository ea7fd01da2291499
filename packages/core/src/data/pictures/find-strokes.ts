import { borderOf, median } from './background.js';
import { chooseMarks } from './choose-marks.js';
import type { Mark } from './marks.js';
import { WIDEST_STROKE } from './passes/contrast.js';
import { chooseFrom, erase, inkThreshold, maskAbove, meanWhere, paperContrast } from './passes.js';
import type { ChosenMarks, Sign } from './passes-types.js';
import type { Grid } from './picture.js';
import { removeRuledLines } from './ruled-lines.js';

/** In a picture of at most so many pixels, which holds little but the digit, the share is larger. */
const SMALL_PICTURE = 64;
const WIDEST_STROKE_IN_SMALL = 0.33;
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
 * How much darker (or lighter) each pixel is than the paper around it, for each kind of ink. The paper is
 * the picture without what is narrower than a stroke can be (a gray-scale closing), so that it follows
 * light, shadows and their edges. Contrast is relative to the lighter of ink and paper, so that it is the
 * same in light and in shade.
 *
 * @param gray 0–255
 * @param papers `CLOSING` for the paper under dark ink, `OPENING` for that under light ink
 */
export function localContrast(gray: Grid, papers: readonly (readonly Sign[])[]): Contrast[] {
  const { width, height } = gray;
  const side = Math.max(width, height);
  const widest = side > SMALL_PICTURE ? WIDEST_STROKE : WIDEST_STROKE_IN_SMALL;
  const radius = Math.max(2, Math.round((widest * side) / 2));
  const [contrasts, grain, left] = paperContrast(gray, papers, radius);
  // Smoothing leaves slow waves, which the second measurement does not see.
  const waves = grain > 1 ? grain / 510 : 0;
  const floor = Math.max(LEAST_CONTRAST, (ABOVE_GRAIN * left) / 200 + waves);
  return contrasts.map((data) => ({ width, height, data, floor, ceiling: 1, isClean: false }));
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
  const contrast = { width, height, data };
  const edge = Math.max(1, Math.round(SOFT_EDGE * Math.max(width, height)));
  let found: Strokes | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const least = inkThreshold(contrast.data, floor, 1);
    if (least === undefined) return found;
    const threshold = Math.min(ceiling, least);
    const { lines, all, marks, mask } = marksOf({ ...contrast, isClean }, threshold, mustChoose);
    if (marks.length === 0) return found;
    found = { contrast, threshold, mask, marks, level: meanWhere(contrast.data, mask), floor, isClean };
    const area = (some: readonly Mark[]): number => some.reduce((sum, mark) => sum + mark.area, 0);
    if (lines === 0 && area(all) - area(marks) < NEGLIGIBLE * area(marks)) break;
    // Most digits need one round: then what was given is not copied.
    if (contrast.data === data) contrast.data = data.slice();
    erase(contrast, threshold, mask, edge);
  }
  return found;
}

/** The marks of a picture, and those of the digit. A digit that is itself a line across the picture stays. */
function marksOf(
  { width, height, data, isClean }: Pick<Contrast, 'width' | 'height' | 'data' | 'isClean'>,
  threshold: number,
  mustChoose: boolean,
): ChosenMarks & { readonly lines: number } {
  const chosenOf = (mask: Uint8Array): ChosenMarks =>
    chooseFrom(mask, width, height, (all) => (mustChoose ? chooseMarks(all, width, height, isClean) : all));
  const mask = maskAbove(data, threshold);
  const lines = mustChoose ? removeRuledLines(mask, width, height) : 0;
  const without = chosenOf(mask);
  if (lines === 0 || without.marks.length > 0) return { lines, ...without };
  return { lines: 0, ...chosenOf(maskAbove(data, threshold)) };
}
