import { type Mark, sideOf } from './marks.js';

// Shares of the picture's longer side, if nothing else is said. Chosen on 190 pictures of digits and on 24 ways of
// spoiling them.

/** A mark of this size can be a digit. */
const DIGIT = 0.12;
/** What is nearer to the border than this touches it: blurred edges leave a gap. */
const TOUCHING = 0.01;
/** A band along the border. What lies in it is no digit. */
const BAND = 0.08;
/** A mark nearer to the border than this, at a side where the digit is farther, is a neighbor of the digit. */
const NEIGHBOR = 0.07;
/** Marks closer than this to the digit belong to it, wherever they are. */
const CLOSE = 0.02;
/** A frame is at least this large, of each side of the picture … */
const FRAME = 0.75;
/** … and fills at most this share of its box, around something of this size. */
const FRAME_FILL = 0.25;
const FRAMED = 0.2;

/** Shares of the digit's main mark: a piece of a digit has at least this area … */
const PIECE = 0.015;
/** … and one of less than this area … */
const SMALL_PIECE = 0.1;
/** … is no farther away than this share of its side; larger ones, than this. */
const SMALL_PIECE_REACH = 0.12;
const PIECE_REACH = 0.6;

/**
 * The marks that make up the digit. Marks that touch the border are left out if another can be a digit: they
 * belong to a table, a shadow or a neighbor. So are frames around the digit, bars along the border and blots.
 * The main mark is large and in the middle; others belong to it if they are large and near enough.
 *
 * @param isClean whether nothing here is a shadow: then what lies along the border can be the digit
 */
export function chooseMarks(
  all: readonly Mark[],
  width: number,
  height: number,
  isClean: boolean,
): readonly Mark[] {
  const side = Math.max(width, height);
  const canBeDigit = (mark: Mark): boolean => sideOf([mark]) >= DIGIT * side;
  const gaps = (mark: Mark): readonly number[] => [
    mark.left,
    width - 1 - mark.right,
    mark.top,
    height - 1 - mark.bottom,
  ];
  const isTouching = (mark: Mark): boolean =>
    Math.min(...gaps(mark)) < Math.max(1, Math.round(TOUCHING * side));
  const isInBand = ({ left, right, top, bottom }: Mark): boolean =>
    right < BAND * width || left > (1 - BAND) * width || bottom < BAND * height || top > (1 - BAND) * height;

  let marks = withoutUnlessAll(all, isTouching, canBeDigit);
  marks = marks.filter((mark) => !isFrame(mark, marks, width, height));
  marks = isClean ? withoutUnlessAll(marks, isInBand, canBeDigit) : marks.filter((mark) => !isInBand(mark));
  if (marks.length === 0) return [];

  const main = marks.reduce((best, mark) =>
    weightOf(mark, width, height) > weightOf(best, width, height) ? mark : best,
  );
  return marks.filter((mark) => {
    if (mark === main) return true;
    const gap = gapBetween(mark, main);
    const isNeighbor =
      gap > CLOSE * side &&
      gaps(mark).some((at, k) => at < NEIGHBOR * side && gaps(main)[k]! > NEIGHBOR * side);
    if (isNeighbor || isBlot(mark, main) || mark.area < PIECE * main.area) return false;
    return gap < (mark.area < SMALL_PIECE * main.area ? SMALL_PIECE_REACH : PIECE_REACH) * sideOf([main]);
  });
}

function withoutUnlessAll(
  marks: readonly Mark[],
  isUnwanted: (mark: Mark) => boolean,
  canBeDigit: (mark: Mark) => boolean,
): readonly Mark[] {
  return marks.some((mark) => !isUnwanted(mark) && canBeDigit(mark))
    ? marks.filter((mark) => !isUnwanted(mark))
    : marks;
}

/** A thin outline of nearly the whole picture, with something inside. */
function isFrame(frame: Mark, marks: readonly Mark[], width: number, height: number): boolean {
  const [wide, high] = [frame.right - frame.left + 1, frame.bottom - frame.top + 1];
  if (wide < FRAME * width || high < FRAME * height || frame.area > FRAME_FILL * wide * high) return false;
  const inside = marks.filter(
    ({ left, right, top, bottom }) =>
      left > frame.left && right < frame.right && top > frame.top && bottom < frame.bottom,
  );
  return sideOf(inside) > FRAMED * Math.max(width, height);
}

/** Large and near the middle. */
function weightOf(mark: Mark, width: number, height: number): number {
  const x = (mark.left + mark.right) / 2 / width - 0.5;
  const y = (mark.top + mark.bottom) / 2 / height - 0.5;
  const central = 1 - 0.9 * Math.sqrt(x * x + y * y);
  return sideOf([mark]) * Math.sqrt(mark.area) * central * central;
}

/** Small and round. */
function isBlot(mark: Mark, main: Mark): boolean {
  const [wide, high] = [mark.right - mark.left + 1, mark.bottom - mark.top + 1];
  return (
    Math.max(wide, high) < 0.1 * sideOf([main]) &&
    Math.max(wide, high) < 1.6 * Math.min(wide, high) &&
    mark.area > 0.55 * wide * high
  );
}

/** The empty pixels between the boxes of two marks, across or down, whichever is more. */
function gapBetween(a: Mark, b: Mark): number {
  return Math.max(0, a.left - b.right, b.left - a.right, a.top - b.bottom, b.top - a.bottom);
}
