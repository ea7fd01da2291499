import { type FramedDigit, frameInk } from '../pictures/frame.js';
import type { FrameSteps } from '../pictures/frame-steps.js';
import type { PageInk } from './page-ink.js';
import type { Piece } from './pieces.js';

/** The smallest box around some pieces, in pixels; both ends belong to it. */
export interface Extent {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export function extentOf(pieces: readonly Extent[]): Extent {
  return {
    left: Math.min(...pieces.map(({ left }) => left)),
    right: Math.max(...pieces.map(({ right }) => right)),
    top: Math.min(...pieces.map(({ top }) => top)),
    bottom: Math.max(...pieces.map(({ bottom }) => bottom)),
  };
}

/** Some pieces as MNIST's frame, as if nothing else were on the page. */
export function framePieces(
  { ink }: PageInk,
  pieceOf: Int32Array,
  pieces: readonly Piece[],
  steps: FrameSteps = {},
): FramedDigit {
  const { left, right, top, bottom } = extentOf(pieces);
  // With the soft edges of the strokes.
  const [x, y] = [Math.max(0, left - 1), Math.max(0, top - 1)];
  const width = Math.min(ink.width - 1, right + 1) - x + 1;
  const height = Math.min(ink.height - 1, bottom + 1) - y + 1;
  const numbers = new Set(pieces.map(({ number }) => number));
  const data = new Float32Array(width * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = (y + row) * ink.width + x + column;
      if (numbers.has(pieceOf[at]!)) data[row * width + column] = ink.data[at]!;
    }
  }
  return frameInk({ width, height, data }, steps);
}
