import type { Plane } from './planes.js';

/** A component's rows of means. */
interface Means extends Pick<Plane, 'stride' | 'across' | 'down'> {
  readonly data: Float32Array;
}

/**
 * Rows of means in red, green and blue, or in gray.
 *
 * @param planes the components: one in gray, or lightness and the differences of blue and red
 * @param pixels of so many rows of that width
 */
export function toColors(planes: readonly Means[], width: number, pixels: Uint8ClampedArray): void {
  const [luma, blue, red] = planes as [Means, Means?, Means?];
  for (let y = 0, to = 0; to < pixels.length; y++) {
    const row = rowOf(luma, y);
    for (let x = 0; x < width; x++) {
      const light = luma.data[row + (x >> luma.across)]! + 128;
      if (!(blue && red)) {
        pixels[to++] = light;
        continue;
      }
      // ITU-T T.871: JFIF's YCbCr.
      const cb = blue.data[rowOf(blue, y) + (x >> blue.across)]!;
      const cr = red.data[rowOf(red, y) + (x >> red.across)]!;
      pixels[to++] = light + 1.402 * cr;
      pixels[to++] = light - 0.344136 * cb - 0.714136 * cr;
      pixels[to++] = light + 1.772 * cb;
    }
  }
}

function rowOf({ stride, down }: Means, y: number): number {
  return (y >> down) * stride;
}
