import { DataError } from '../../errors.js';
import type { OpaquePicture } from './background.js';
import type { Box } from './crop.js';
import { CLOSING, largestAround, OPENING } from './extremes.js';
import { type Contrast, evenContrast, findStrokes, localContrast, type Strokes } from './find-strokes.js';
import { grayPlane } from './gray-plane.js';
import { boxAround, sideOf } from './marks.js';
import { contrastOnFlatPage } from './page-color.js';
import { outlineOf, skewness, softInk } from './passes.js';
import type { Grid } from './picture.js';

/** Strokes are looked for in a picture of at most this side, in pixels: 20 for each of the frame's. */
const LONGEST_SIDE = 400;
/** Ink of less contrast than this is none. */
const LEAST_CONTRAST = 0.02;
/** But at least this many times what grain can be taken for. */
const ABOVE_FLOOR = 2;
/** How much rarer dark or light pixels speak for dark or light ink, beside the likeness of the strokes. */
const LEAN = 0.5;
/** On a page of one color, wider strokes than this share of a digit's side are no writing but, say, paper. */
const WRITING = 0.35;
/** A digit of less than this share of the picture's side is looked at from nearer … */
const SMALL = 0.4;
/** … with so much around it, as a share of its own side. */
const AROUND = 0.5;
/** The share of two boxes that is in both, if they are around the same digit. */
const SAME = 0.5;
/** On a clean page, pale pixels as near to a stroke as this share of the digit's side are its soft edge. */
const SOFT_EDGE = 0.05;
/** On a clean page, less than this share of the darkest ink is none, but an artifact of JPEG. */
const FAINTEST = 0.02;
/** Digits of at least this many pixels have hard edges: what is half paper, half ink is decided. */
const LARGE = 60;

/** The paper under dark ink, and under light ink. Both are tried. */
const PAPERS = [CLOSING, OPENING] as const;

/** The steps of finding ink. Each can be left out, to see why it is needed. */
export interface InkSteps {
  /**
   * Compare each pixel with the paper around it. Without this, with the middle color of the picture's border, as on
   * a page under even light.
   */
  readonly background?: boolean;
  /** Keep the marks that belong to the digit. Without this, all, ruled lines and specks too. */
  readonly marks?: boolean;
}

/** Where the ink of a digit is. */
export interface FoundInk {
  /** How much each pixel differs from its paper, 0–1, in the picture or the part of it around a small digit. */
  readonly contrast: Grid;
  /** The ink of each of these pixels, 0–1: none but the digit's. */
  readonly ink: Grid;
}

/**
 * The ink of every pixel of the digit, 0–1. The digit may be dark on light or light on dark, in any color, under
 * uneven light, on a table, in a box, on ruled paper.
 *
 * @param name the picture's name, for the error
 * @param whole give the ink of the whole picture, even around a small digit
 * @throws DataError if nothing differs enough from the background
 */
export function findInk(sheet: OpaquePicture, name: string, steps: InkSteps, whole: boolean): FoundInk {
  const view = readView(sheet, steps);
  if (!view) throw new DataError(`${name}: no digit found: the picture is blank, or its ink is too faint`);
  const strokes = (!whole && closerView(sheet, view, steps)) || view.strokes;
  return { contrast: view.strokes === strokes ? view.contrast : strokes.contrast, ink: inkOf(strokes) };
}

/** What was found, and how. */
interface View {
  readonly contrast: Grid;
  readonly strokes: Strokes;
  readonly read: (sheet: OpaquePicture) => Contrast | undefined;
}

/** The strokes on a page of one color, or else on paper: dark or light ones, whichever look more like writing. */
function readView(sheet: OpaquePicture, { background = true, marks = true }: InkSteps): View | undefined {
  const view = (read: View['read'], contrast = read(sheet)): View | undefined => {
    const strokes = contrast && findStrokes(contrast, marks);
    return strokes && { contrast, strokes, read };
  };
  if (!background) return view((part) => evenContrast(grayPlane(part, LONGEST_SIDE)));
  const flat = view((part) => contrastOnFlatPage(part, LONGEST_SIDE));
  if (flat && strokeWidth(flat.strokes) <= WRITING * sideOf(flat.strokes.marks)) return flat;
  const gray = grayPlane(sheet, LONGEST_SIDE);
  const contrasts = localContrast(gray, PAPERS);
  const [dark, light] = PAPERS.map((paper, k) => {
    const found = view((part) => localContrast(grayPlane(part, LONGEST_SIDE), [paper])[0], contrasts[k]);
    const least = Math.max(LEAST_CONTRAST, ABOVE_FLOOR * (found?.strokes.floor ?? 0));
    return found && found.strokes.level >= least ? found : undefined;
  });
  // A full block on a page of one color is no writing, but it is what was drawn.
  if (!(dark && light)) return dark ?? light ?? flat;
  const lean = LEAN * Math.max(-1, Math.min(1, skewness(gray)));
  return likeness(dark.strokes) - lean >= likeness(light.strokes) + lean ? dark : light;
}

/**
 * The strokes of a small digit again, from a part of the picture that is not scaled down as far. `undefined` if it is
 * large enough, or if what stands out from near is something else.
 */
function closerView(
  sheet: OpaquePicture,
  { strokes, read }: View,
  { marks = true }: InkSteps,
): Strokes | undefined {
  const { width, height } = strokes.contrast;
  const factor = Math.max(sheet.width, sheet.height) / Math.max(width, height);
  const side = sideOf(strokes.marks);
  if (factor <= 1 || side > SMALL * Math.max(width, height)) return undefined;
  const box = boxAround(strokes.marks);
  const margin = AROUND * side;
  const left = Math.max(0, Math.floor(factor * (box.left - margin)));
  const top = Math.max(0, Math.floor(factor * (box.top - margin)));
  const part = partOf(sheet, {
    x: left,
    y: top,
    width: Math.min(sheet.width, Math.ceil(factor * (box.right + 1 + margin))) - left,
    height: Math.min(sheet.height, Math.ceil(factor * (box.bottom + 1 + margin))) - top,
  });
  const contrast = read(part);
  const near = contrast && findStrokes(contrast, marks);
  if (!near) return undefined;
  // Both in pixels of the sheet.
  const scale = Math.max(part.width, part.height) / Math.max(near.contrast.width, near.contrast.height);
  const again = boxAround(near.marks);
  const overlap = (from: number, to: number, start: number, end: number): number =>
    Math.max(0, Math.min(to, end) - Math.max(from, start)) / (Math.max(to, end) - Math.min(from, start));
  const across = overlap(
    ...([factor * box.left, factor * (box.right + 1)] as const),
    ...([left + scale * again.left, left + scale * (again.right + 1)] as const),
  );
  const down = overlap(
    ...([factor * box.top, factor * (box.bottom + 1)] as const),
    ...([top + scale * again.top, top + scale * (again.bottom + 1)] as const),
  );
  return across * down >= SAME ? near : undefined;
}

function partOf({ width, rgb }: OpaquePicture, box: Box): OpaquePicture {
  const part = new Uint8ClampedArray(3 * box.width * box.height);
  for (let y = 0; y < box.height; y++) {
    const from = 3 * ((box.y + y) * width + box.x);
    part.set(rgb.subarray(from, from + 3 * box.width), 3 * y * box.width);
  }
  return { width: box.width, height: box.height, rgb: part };
}

/**
 * Each pixel's share of ink. On paper strokes are ink whole, whatever their darkness, and their edges are soft. On a
 * clean page every pixel has the ink that was put there.
 */
function inkOf({ contrast, threshold, mask, marks, level, isClean }: Strokes): Grid {
  const { width, height } = contrast;
  const side = sideOf(marks);
  const edge = isClean ? Math.max(1, Math.round(SOFT_EDGE * side)) : 1;
  const from = (side > LARGE ? 0.2 : 0.15) * threshold;
  const to = side > LARGE ? 2 * threshold : Math.max(level, threshold);
  if (!isClean) return softInk(contrast, mask, edge, from, to);
  const near = largestAround({ width, height, data: new Float32Array(mask) }, edge).data;
  const data = new Float32Array(near.length);
  for (let i = 0; i < data.length; i++) {
    const value = contrast.data[i]!;
    if (near[i] !== 0 && value >= FAINTEST) data[i] = value;
  }
  return { width, height, data };
}

/** How much strokes look like a digit: large, thin, and not running out of the picture. */
function likeness(strokes: Strokes): number {
  const { contrast, marks } = strokes;
  const { width, height } = contrast;
  const { left, right, top, bottom } = boxAround(marks);
  const share = Math.max((right - left + 1) / width, (bottom - top + 1) / height);
  const stroke = strokeWidth(strokes) / sideOf(marks);
  const onBorder = marks.reduce((sum, mark) => sum + mark.onBorder, 0) / (0.3 * (width + height));
  return 2 * Math.min(share, 0.8) - 3 * stroke - 0.5 * Math.min(1, onBorder);
}

/** The mean width of the strokes, in pixels: twice their area over their outline. */
function strokeWidth({ contrast: { width, height }, mask, marks }: Strokes): number {
  const area = marks.reduce((sum, mark) => sum + mark.area, 0);
  return (2 * area) / outlineOf(mask, width, height);
}
