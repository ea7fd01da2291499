import { DataError } from '@longhand/core';
import { FRAME_SIDE, frameDigit, grayPixels, inverted, type Picture } from '@longhand/core/pictures';

/** Pictures up to this side are used without framing, in pixels. */
const LONGEST_SIDE = 64;

/** As long as no picture can be read, this many pixels are looked at before the rest is given up. */
const MAX_VAIN_PIXELS = 70_000_000;

/** A picture that could not be read. */
interface UnreadPicture {
  readonly path: string;
  /** One line that names it. */
  readonly error: string;
}

/** Pictures as a network's input. */
export interface TakenPictures {
  readonly width: number;
  readonly height: number;
  /** One byte per pixel, light ink on a dark page, picture after picture. */
  readonly pixels: Uint8Array;
  /** The indices of the pictures that could be read, in their order. */
  readonly kept: readonly number[];
  readonly unread: readonly UnreadPicture[];
  /** How the pictures were converted, as a clause to show. */
  readonly how: string;
}

/** How pictures are converted. */
export interface TakeOptions {
  /** Whether a picture that cannot be read is an error, and is not left out. */
  readonly strict?: boolean;
  /** Throws a DataError for the k-th picture if it is damaged, without unpacking it. If `strict`, all are checked first. */
  readonly check?: (k: number) => Promise<void>;
  /** How many of the first pictures are for training: of them, one must be readable. By default all. */
  readonly trained?: number;
  /** The size that a model takes. Pictures of another size are framed, if it takes 28 × 28. */
  readonly known?: { readonly width: number; readonly height: number };
  /** Called with the share that is done, 0–1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Converts pictures to a network's input. If all have the same small size, they are only turned gray, and
 * inverted if they are mostly light (MNIST is light ink on a dark page). Otherwise each is framed as
 * MNIST's digits are.
 *
 * @param names of the pictures, for the errors
 * @param open the k-th picture; it throws a DataError if it cannot be read, and says first how large it is
 * @throws DataError if no picture can be read, or none of the first 70 million pixels hold a digit; if
 *   `strict`, for the first that cannot be read
 */
export async function takePictures(
  names: readonly string[],
  open: Open,
  options: TakeOptions = {},
): Promise<TakenPictures> {
  const { strict, check } = options;
  if (strict && check) for (const k of names.keys()) await check(k);
  const taken = (await takeAsTheyAre(names, open, options)) ?? (await frameAll(names, open, options));
  if (taken.kept.length > 0) return taken;
  const [first] = taken.unread;
  if (names.length === 1 || !first) throw new DataError(first?.error ?? 'no pictures');
  throw new DataError(`none of ${names.length} pictures can be read; the first: ${first.error}`);
}

/** Undefined if they are large, of different sizes, or not of the size that a model takes. */
async function takeAsTheyAre(
  names: readonly string[],
  open: Open,
  options: TakeOptions,
): Promise<TakenPictures | undefined> {
  let size: { width: number; height: number } | undefined;
  let pixels = new Uint8Array();
  const { known } = options;
  const collected = await collect(names, options, async (k, at, onSize) => {
    const picture = await open(k, onSize);
    const { width, height } = picture;
    if (!size) {
      if (Math.max(width, height) > LONGEST_SIDE) return 'stop';
      if (isFrame(known) && !isFrame(picture)) return 'stop';
      size = { width, height };
      pixels = new Uint8Array(names.length * width * height);
    }
    if (width !== size.width || height !== size.height) return 'stop';
    pixels.set(picture.channels === 1 ? picture.data : grayPixels(picture), at * width * height);
    return 'taken';
  });
  if (!collected) return undefined;
  const { width, height } = size ?? { width: FRAME_SIDE, height: FRAME_SIDE };
  const used = pixels.subarray(0, collected.kept.length * width * height);
  const how = `${width} × ${height} as they are`;
  if (meanOf(used) <= 127.5) return { width, height, pixels: used, how, ...collected };
  return { width, height, pixels: inverted(used), how: `${how}, dark ink made light`, ...collected };
}

async function frameAll(names: readonly string[], open: Open, options: TakeOptions): Promise<TakenPictures> {
  const { known } = options;
  if (known && !isFrame(known)) {
    throw new DataError(
      `${names[0]}: expected pictures of ${known.width} × ${known.height}, as the model takes them: others become ${FRAME_SIDE} × ${FRAME_SIDE}`,
    );
  }
  const inputs = FRAME_SIDE * FRAME_SIDE;
  const pixels = new Uint8Array(names.length * inputs);
  const collected = await collect(names, options, async (k, at, onSize) => {
    pixels.set(frameDigit(await open(k, onSize), names[k]!).pixels, at * inputs);
    return 'taken';
  });
  return {
    width: FRAME_SIDE,
    height: FRAME_SIDE,
    pixels: pixels.subarray(0, collected!.kept.length * inputs),
    how: 'each framed to 28 × 28 as MNIST’s digits are',
    ...collected!,
  };
}

/** Opens the k-th picture. */
type Open = (k: number, onSize: (pixels: number) => void) => Promise<Picture>;

interface Collected {
  readonly kept: number[];
  readonly unread: UnreadPicture[];
}

/** Takes one picture after the other; undefined if one says to stop. */
async function collect(
  names: readonly string[],
  { strict, onProgress, trained }: TakeOptions,
  take: (k: number, at: number, onSize: (pixels: number) => void) => Promise<'taken' | 'stop'>,
): Promise<Collected | undefined> {
  const kept: number[] = [];
  const unread: UnreadPicture[] = [];
  let seen = 0;
  const onSize = (pixels: number) => {
    seen += pixels;
  };
  for (const [k, path] of names.entries()) {
    if (k === trained && kept.length === 0 && unread[0]) {
      throw new DataError(`none of the ${k} training pictures can be read; the first: ${unread[0].error}`);
    }
    if (kept.length === 0 && seen > MAX_VAIN_PIXELS) {
      throw new DataError(
        `none of the first ${k} of ${names.length} pictures can be read; the first: ${unread[0]!.error}`,
      );
    }
    try {
      if ((await take(k, kept.length, onSize)) === 'stop') return undefined;
      kept.push(k);
    } catch (error) {
      if (strict || !(error instanceof DataError)) throw error;
      unread.push({ path, error: error.message });
    }
    onProgress?.((k + 1) / names.length);
  }
  return { kept, unread };
}

function isFrame(size: { readonly width: number; readonly height: number } | undefined): boolean {
  return size?.width === FRAME_SIDE && size.height === FRAME_SIDE;
}

function meanOf(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum += byte;
  return sum / bytes.length;
}
