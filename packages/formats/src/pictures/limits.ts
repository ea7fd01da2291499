import { DataError } from '@longhand/core/errors';

/** A larger picture is refused before it is unpacked: decoding it would take more than 300 MB. */
export const MAX_PIXELS = 24_500_000;

/** What is told about a picture before it is unpacked, and how it is unpacked. */
export interface DecodeOptions {
  /**
   * Given the longer side of a large JPEG: how many pixels across, and as many down, may become their mean: 1, 2, 4 or
   * 8. Such a picture is unpacked in a third of the time. Other pictures, and JPEGs that are not baseline, keep their
   * size.
   */
  readonly reduce?: ((longestSide: number) => 1 | 2 | 4 | 8) | undefined;
  /** Called with the number of pixels that its header claims, if they are not too many. */
  readonly onSize?: ((pixels: number) => void) | undefined;
}

/**
 * Checks the size that a picture's header claims.
 *
 * @param path of the file, for the error
 * @throws DataError if the picture has no pixels, or too many
 */
export function checkSize(
  width: number,
  height: number,
  path: string,
  { max = MAX_PIXELS, onSize }: DecodeOptions & { readonly max?: number | undefined } = {},
): void {
  if (width > 0 && height > 0 && width * height <= max) {
    onSize?.(width * height);
    return;
  }
  const most = max.toLocaleString('en-US');
  const advice = width > 0 && height > 0 ? ': scale it down, or cut the digit out' : '';
  throw new DataError(
    `${path}: expected a picture of 1 to ${most} pixels, found ${width} × ${height}${advice}`,
  );
}

/** A picture that cannot be read, in one line. */
export function damaged(path: string, what: string, reason: unknown): DataError {
  const text = (reason instanceof Error ? reason.message : String(reason))
    .replace(/\s+/g, ' ')
    .replace(/[.:]$/, '');
  return new DataError(`${path}: the ${what} is cut short or corrupt (${text}): save the picture again`, {
    cause: reason,
  });
}
