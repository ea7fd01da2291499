/** What a picture is, if its ink says why it is no digit. */
export type Marks = 'little ink' | 'several marks';

/** The least ink of a digit, in black pixels. Of MNIST's digits, the thinnest 1 has 19. */
const LEAST = 15;
/** The part of all ink that a mark has if it is as large as another digit. */
const LARGE = 0.25;
/** A column with less than this, 0–255, is blank. */
const BLANK = 64;

/** Whether a square picture has hardly any ink, or a blank column with much ink on both sides. */
export function marksOf(pixels: ArrayLike<number>): Marks | undefined {
  const width = Math.sqrt(pixels.length);
  const columns = new Array<number>(width).fill(0);
  let ink = 0;
  for (let at = 0; at < pixels.length; at++) {
    columns[at % width]! += pixels[at]!;
    ink += pixels[at]!;
  }
  if (ink < LEAST * 255) return 'little ink';
  let before = 0;
  for (const column of columns) {
    if (column < BLANK && Math.min(before, ink - before) > LARGE * ink) return 'several marks';
    before += column;
  }
  return undefined;
}
