import { type FoundMark, type FoundPage, severalDigits } from '@longhand/core/pages';
import type { FramedDigit, Picture } from '@longhand/core/pictures';
import { computed, signal } from '@preact/signals';

/** A photo that is read in place of the drawing. */
export interface Photo {
  readonly name: string;
  readonly picture: Picture;
  readonly bitmap: ImageBitmap;
  /** The whole photo as one digit; undefined if it is none. */
  readonly framed: FramedDigit | undefined;
}

export const photo = signal<Photo | undefined>(undefined);
/** What is written on the photo, or on the pad. It is looked for when the pen rests. */
export const found = signal<FoundPage | undefined>(undefined);
/** Which of several digits the page shows, counted from 0. */
export const chosen = signal(0);

/** The digits, if there is more than one. */
export const several = computed<readonly FoundMark[] | undefined>(() =>
  found.value ? severalDigits(found.value) : undefined,
);

/** The one of several digits whose way and answer are shown. */
export const chosenMark = computed<FoundMark | undefined>(
  () => several.value?.[Math.min(chosen.value, several.value.length - 1)],
);
