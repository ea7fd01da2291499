import { onGrid } from './address.js';
import { PAD_SIDE, type Point, SQUARE } from './ink.js';

/** The nearest place on the pad that an address can contain. */
export function within({ x, y }: Point): Point {
  return onGrid({ x: Math.max(0, Math.min(PAD_SIDE, x)), y: Math.max(0, Math.min(PAD_SIDE, y)) });
}

/** A place in squares, counted from 1, as a screen reader says it: `row 3, column 14`. */
export function placeName({ x, y }: Point): string {
  const square = (at: number) => Math.min(28, Math.floor(at / SQUARE) + 1);
  return `row ${square(y)}, column ${square(x)}`;
}
