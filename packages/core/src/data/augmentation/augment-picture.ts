import { POSITION_UNIT } from './affine-map.js';
import { DISPLACEMENT_UNIT, type DisplacementField } from './displacement-field.js';

/**
 * Pixels below this become 0. Interpolation would otherwise leave faint edges, which cost the engine
 * as much time as any other non-zero pixel.
 */
const FAINTEST = 16;

/**
 * The picture after an affine map and displacements, by bilinear interpolation; outside the old
 * picture is 0. This is the plain version of the engine's kernel, and gives the same bytes.
 */
export function augmentPicture(
  pixels: Uint8Array,
  width: number,
  height: number,
  [a, b, c, d, x0, y0, u, v]: readonly number[],
  field: DisplacementField | undefined,
): Uint8Array {
  const out = new Uint8Array(width * height);
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : pixels[y * width + x]!;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const displacement = (window: number) =>
        field ? (field.displacements[window + y * field.size + x]! * POSITION_UNIT) / DISPLACEMENT_UNIT : 0;
      const X = x0! + a! * x + b! * y + displacement(u!);
      const Y = y0! + c! * x + d! * y + displacement(v!);
      const [left, top] = [X >> 12, Y >> 12];
      const [right, below] = [(X >> 4) & 255, (Y >> 4) & 255];
      const upper = at(left, top) * (256 - right) + at(left + 1, top) * right;
      const lower = at(left, top + 1) * (256 - right) + at(left + 1, top + 1) * right;
      const value = (upper * 256 + (lower - upper) * below + 32768) >> 16;
      out[y * width + x] = value < FAINTEST ? 0 : value;
    }
  }
  return out;
}
