/** A box in the window, in CSS pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

type Size = Pick<Box, 'width' | 'height'>;

/** Space between the card and what it points at, and to the window's edge. */
const GAP = 12;
const EDGE = 8;
/** How far the frame stands off what it is around. */
const OFF = 4;

/**
 * The place of a card beside a thing, or below or above it, wherever it covers nothing of it; at the window's foot if there is no room.
 */
export function placeBeside(
  thing: Box | undefined,
  card: Size,
  window: Size,
): { card: Box; lit: Box | undefined } {
  const clampX = (x: number) => Math.max(EDGE, Math.min(x, window.width - card.width - EDGE));
  const clampY = (y: number) => Math.max(EDGE, Math.min(y, window.height - card.height - EDGE));
  const foot = { left: clampX(window.width), top: clampY(window.height) };
  if (!thing || thing.width === 0) return { card: { ...card, ...foot }, lit: undefined };
  const [right, bottom] = [thing.left + thing.width, thing.top + thing.height];
  const middle = {
    x: thing.left + (thing.width - card.width) / 2,
    y: thing.top + (thing.height - card.height) / 2,
  };
  const beside = [
    { left: right + GAP, top: clampY(middle.y) },
    { left: thing.left - GAP - card.width, top: clampY(middle.y) },
  ];
  const aboveOrBelow = [
    { left: clampX(middle.x), top: bottom + GAP },
    { left: clampX(middle.x), top: thing.top - GAP - card.height },
  ];
  // Beside a wide thing, the card would be over what stands in the same line.
  const isWide = thing.width > card.width;
  const places = isWide ? [...aboveOrBelow, ...beside] : [...beside, ...aboveOrBelow];
  const fits = ({ left, top }: { left: number; top: number }) =>
    left >= EDGE &&
    top >= EDGE &&
    left + card.width <= window.width - EDGE &&
    top + card.height <= window.height - EDGE;
  const lit = {
    left: thing.left - OFF,
    top: thing.top - OFF,
    width: thing.width + 2 * OFF,
    height: thing.height + 2 * OFF,
  };
  return { card: { ...card, ...(places.find(fits) ?? foot) }, lit };
}
