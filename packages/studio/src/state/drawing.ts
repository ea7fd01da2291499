import { signal } from '@preact/signals';

/** A digit drawn by hand, in MNIST's frame. */
export interface DrawnDigit {
  /** 28 × 28 bytes, row by row. */
  readonly pixels: Uint8Array;
  /** The digit that was meant, if the user said so. */
  readonly label?: number;
}

/** The last drawing on the page Draw. Other pages can use it. */
export const drawing = signal<DrawnDigit | undefined>(undefined);
