import { FRAME_SIDE, frameDigit, grayPixels, type Picture } from '@longhand/core/pictures';

/** Pictures up to this side are used without framing, in pixels. */
const LONGEST_SIDE = 64;

export interface TakenPictures {
  readonly width: number;
  readonly height: number;
  /** One byte per pixel, light ink on a dark page, picture after picture. */
  readonly pixels: Uint8Array;
  /** How the pictures were converted, as a clause to show. */
  readonly how: string;
}

/**
 * Converts pictures to a network's input. If all have the same small size, they are only turned
 * gray, and inverted if they are mostly light (MNIST is light ink on a dark page). Otherwise each
 * is framed as MNIST's digits are.
 *
 * @param open the k-th picture, red, green, blue and alpha
 * @throws DataError naming a picture to be framed that is blank, and whatever `open` throws
 */
export async function takePictures(
  names: readonly string[],
  open: (k: number) => Promise<Picture>,
  onProgress: (share: number) => void,
): Promise<TakenPictures> {
  const first = await open(0);
  const { width, height } = first;
  if (Math.max(width, height) <= LONGEST_SIDE) {
    const taken = await takeAsTheyAre(names.length, first, open, onProgress);
    if (taken) return taken;
  }
  const inputs = FRAME_SIDE * FRAME_SIDE;
  const pixels = new Uint8Array(names.length * inputs);
  for (const [k, name] of names.entries()) {
    pixels.set(frameDigit(await open(k), name).pixels, k * inputs);
    onProgress((k + 1) / names.length);
  }
  return {
    width: FRAME_SIDE,
    height: FRAME_SIDE,
    pixels,
    how: 'each framed to 28 × 28 as MNIST’s digits are',
  };
}

async function takeAsTheyAre(
  count: number,
  { width, height }: Picture,
  open: (k: number) => Promise<Picture>,
  onProgress: (share: number) => void,
): Promise<TakenPictures | undefined> {
  const pixels = new Uint8Array(count * width * height);
  for (let k = 0; k < count; k++) {
    const picture = await open(k);
    if (picture.width !== width || picture.height !== height) return undefined;
    pixels.set(grayPixels(picture), k * width * height);
    onProgress((k + 1) / count);
  }
  const size = `${width} × ${height} as they are`;
  if (meanOf(pixels) <= 127.5) return { width, height, pixels, how: size };
  return { width, height, pixels: pixels.map((value) => 255 - value), how: `${size}, dark ink made light` };
}

function meanOf(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum += byte;
  return sum / bytes.length;
}
