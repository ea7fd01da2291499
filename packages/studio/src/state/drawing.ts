import { signal } from '@preact/signals';

/** A digit drawn by hand, in MNIST's frame. */
export interface DrawnDigit {
  /** 28 × 28 bytes, row by row. */
  readonly pixels: Uint8Array;
  /** What it was meant to be, if somebody said so. */
  readonly label?: number;
}

/** What was drawn last on the page Draw; other pages can use it. */
export const drawing = signal<DrawnDigit | undefined>(undefined);
