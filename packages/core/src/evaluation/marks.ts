/** What a picture is, if the sizes of its marks say why it is no digit. */
export type Marks = 'little ink' | 'several marks';

/** Pixels darker than this are ink, 0–255. */
const INK = 64;
/** The least ink of a digit, in black pixels. Of MNIST's digits, the thinnest 1 has 19. */
const LEAST = 15;
/** The part of all ink that a mark has if it is as large as another digit. */
const LARGE = 0.25;

/** Whether a picture has hardly any ink, or several marks of about the same size side by side. */
export function marksOf(pixels: ArrayLike<number>, width: number): Marks | undefined {
  const ink = Array.from(pixels).reduce((sum, value) => sum + value, 0) / 255;
  if (ink < LEAST) return 'little ink';
  const large = connected(pixels, width).filter(({ sum }) => sum > LARGE * ink * 255);
  large.sort((a, b) => a.first - b.first);
  const isApart = large.some(({ last }, k) => k + 1 < large.length && last <= large[k + 1]!.first);
  return isApart ? 'several marks' : undefined;
}

/** The marks of a picture: their ink, and the first and the last column that they touch. */
function connected(pixels: ArrayLike<number>, width: number) {
  const seen = new Uint8Array(pixels.length);
  const marks: { sum: number; first: number; last: number }[] = [];
  for (let start = 0; start < pixels.length; start++) {
    if (seen[start] || pixels[start]! < INK) continue;
    const mark = { sum: 0, first: width, last: 0 };
    const open = [start];
    seen[start] = 1;
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const x = at % width;
      mark.sum += pixels[at]!;
      mark.first = Math.min(mark.first, x);
      mark.last = Math.max(mark.last, x);
      for (let dy = -width; dy <= width; dy += width) {
        for (let dx = -1; dx <= 1; dx++) {
          const next = at + dy + dx;
          const isInside = x + dx >= 0 && x + dx < width && next >= 0 && next < pixels.length;
          if (!isInside || seen[next] || pixels[next]! < INK) continue;
          seen[next] = 1;
          open.push(next);
        }
      }
    }
    marks.push(mark);
  }
  return marks;
}
