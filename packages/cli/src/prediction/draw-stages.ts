import { FRAME_SIDE, FRAME_STEPS, type FramedDigit, type FrameSteps } from '@longhand/core/pictures';
import { drawPicture, fitted, inkPicture } from '../terminal/picture.js';
import { sideBySide } from '../terminal/side-by-side.js';
import type { Terminal } from '../terminal/terminal.js';
import { wrap } from '../terminal/wrap.js';

const GAP = 2;

/** The way of a picture into the frame: a picture and a sentence for each stage. */
export function drawStages(
  { contrast, ink, cropped, scaled, pixels, even }: FramedDigit,
  steps: FrameSteps,
  terminal: Terminal,
): string[] {
  const explanationOf = new Map(FRAME_STEPS.map(({ name, explanation }) => [name, explanation]));
  const stages: readonly [keyof FrameSteps, Grid, string][] = [
    ['background', darkestOne(contrast), 'contrast'],
    ['marks', ink, 'ink'],
    ['crop', cropped, 'cropped'],
    ['fit', scaled, 'scaled'],
    ['center', frame(pixels), 'frame'],
    ...(even ? [['even', frame(even), 'second frame'] as const] : []),
  ] as [keyof FrameSteps, Grid, string][];
  const blocks = stages.map(([step, { width, height, data }, title]) => {
    const picture = inkPicture(
      data.map((value) => 255 * value),
      width,
      height,
    );
    const lines = drawPicture(fitted(picture, FRAME_SIDE), terminal);
    const off = steps[step] === false ? 'switched off: ' : '';
    const caption = wrap(`${off}${explanationOf.get(step)}`, FRAME_SIDE).map((line) => line.trimEnd());
    return [title, ...lines, ...caption];
  });
  return sideBySide(blocks, { width: terminal.width - 1, gap: GAP });
}

type Grid = FramedDigit['ink'];

function frame(pixels: Uint8Array): Grid {
  return { width: FRAME_SIDE, height: FRAME_SIDE, data: Float32Array.from(pixels, (value) => value / 255) };
}

/** The same with 1 for what differs most. */
function darkestOne({ width, height, data }: Grid): Grid {
  const most = data.reduce((max, value) => Math.max(max, value), 0) || 1;
  return { width, height, data: data.map((value) => value / most) };
}
