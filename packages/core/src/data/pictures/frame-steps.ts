import type { InkSteps } from './find-ink.js';

/**
 * The steps of the recipe. Each can be left out, to see why it is needed. Default: all are done.
 */
export interface FrameSteps extends InkSteps {
  /** Crop the picture to its ink. Without it, the whole picture is used. */
  readonly crop?: boolean;
  /**
   * Scale the longer side to 20 pixels. Without it, the whole picture is scaled to the size of the
   * frame.
   */
  readonly fit?: boolean;
  /** Put the center of mass into the middle of the frame. Without it, the middle of the picture. */
  readonly center?: boolean;
  /** Make a second frame, with strokes of MNIST's usual width. */
  readonly even?: boolean;
}

/** A step of the recipe, for a person. */
export interface FrameStep {
  /** The name of the step. */
  readonly name: keyof FrameSteps;
  /** What it does, in a sentence without its first capital and its period. */
  readonly explanation: string;
}

/** The steps in their order. */
export const FRAME_STEPS: readonly FrameStep[] = [
  {
    name: 'background',
    explanation:
      'each pixel is compared with the paper around it, so that shade, shadows and a table are no ink',
  },
  {
    name: 'marks',
    explanation: 'ruled lines, specks, frames and what touches the border are left out, if a digit is left',
  },
  { name: 'crop', explanation: 'the picture is cropped to the ink' },
  { name: 'fit', explanation: 'the longer side is scaled to 20 pixels' },
  { name: 'center', explanation: 'the center of mass is put into the middle of 28 × 28 pixels' },
  {
    name: 'even',
    explanation:
      'a second frame has strokes as wide as MNIST’s, 2.6 pixels; the answer is the mean of the answers for both',
  },
];
