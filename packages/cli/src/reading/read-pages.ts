import { DataError } from '@longhand/core/errors';
import { type FoundPage, findDigits, type Judge } from '@longhand/core/pages';
import type { Picture } from '@longhand/core/pictures';
import { readBytes } from '../data/read-bytes.js';

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

/** Reads pictures one after the other: large ones would not fit into memory together. */
export async function* readPages(
  files: readonly string[],
  judge: Judge,
): AsyncGenerator<ReadPage | UnreadPage> {
  const { decodePicture } = await import('@longhand/formats/pictures');
  for (const file of files) {
    try {
      const picture = await decodePicture(await readBytes(file, 'a picture'), file);
      yield { file, picture, found: findDigits(picture, file, judge) };
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      yield { file, error };
    }
  }
}
