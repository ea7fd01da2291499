import { DataError } from '@longhand/core/errors';
import { type FoundPage, findDigits, type Judge } from '@longhand/core/pages';
import type { Picture } from '@longhand/core/pictures';
import { readBytes } from '../data/read-bytes.js';
import { isPipe } from '../data/read-stream.js';

/** A picture and what is written on it. */
export interface ReadPage {
  readonly file: string;
  readonly picture: Picture;
  readonly found: FoundPage;
}

/** A file that holds no digits, or cannot be read. */
export interface UnreadPage {
  readonly file: string;
  /** One line that names the file. */
  readonly error: DataError;
}

const PICTURE = 'a picture';

/**
 * Reads pictures one after the other: large ones would not fit into memory together.
 *
 * @param strict whether all are checked first, and the first that is damaged is thrown
 */
export async function* readPages(
  files: readonly string[],
  judge: Judge,
  strict = false,
): AsyncGenerator<ReadPage | UnreadPage> {
  const [{ checkPicture, decodePicture }, { usePictureKernels }] = await Promise.all([
    import('@longhand/formats/pictures'),
    import('@longhand/core/picture-kernels'),
  ]);
  usePictureKernels();
  for (const file of strict && files.length > 1 ? files : []) {
    // A pipe can be read once.
    if (!(await isPipe(file, PICTURE).catch(() => false)))
      await checkPicture(await readBytes(file, PICTURE), file);
  }
  for (const file of files) {
    try {
      const picture = await decodePicture(await readBytes(file, PICTURE), file);
      yield { file, picture, found: findDigits(picture, file, judge) };
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      yield { file, error };
    }
  }
}
