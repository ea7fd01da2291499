import type { FramedDigit } from '@longhand/core/pictures';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { dark } from '../../state/theme.js';
import { inkColor, type Mark, PAD_SIDE, paintMarks } from './ink.js';

/** Canvas pixels of a small picture of the pad. */
const VIEW_SIDE = 400;

/** A part of the pad, in its units. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const WHOLE_PAD: Box = { x: 0, y: 0, width: PAD_SIDE, height: PAD_SIDE };

/** The drawing, or a part of it, enlarged until its longer side fills the picture. */
export function InkView({ marks: drawn, part }: { marks: readonly Mark[]; part: Box }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const isDark = dark.value;
  const { x, y, width, height } = part;
  useLayoutEffect(() => {
    const context = canvas.current!.getContext('2d')!;
    const scale = VIEW_SIDE / Math.max(width, height);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, VIEW_SIDE, VIEW_SIDE);
    context.setTransform(
      scale,
      0,
      0,
      scale,
      (VIEW_SIDE - scale * width) / 2 - scale * x,
      (VIEW_SIDE - scale * height) / 2 - scale * y,
    );
    paintMarks(context, drawn, inkColor(isDark));
  }, [drawn, x, y, width, height, isDark]);
  return <canvas ref={canvas} class="fill" width={VIEW_SIDE} height={VIEW_SIDE} />;
}

export function BoxOverlay({ box, side }: { box: Box; side: number }) {
  return (
    <svg class="overlay" viewBox={`0 0 ${side} ${side}`} aria-hidden="true">
      <rect class="dashed" x={box.x} y={box.y} width={box.width} height={box.height} />
    </svg>
  );
}

/** A cross through the middle of the frame, and a dot at the center of mass of the ink. */
export function Cross({ digit }: { digit: FramedDigit | undefined }) {
  return (
    <svg class="overlay" viewBox="0 0 28 28" aria-hidden="true">
      <path class="cross" d="M14.5 0V28M0 14.5H28" />
      {digit && (
        <>
          <rect
            class="dashed"
            x={digit.offset.x}
            y={digit.offset.y}
            width={digit.scaled.width}
            height={digit.scaled.height}
          />
          <circle
            class="balance"
            cx={digit.offset.x + digit.center.x + 0.5}
            cy={digit.offset.y + digit.center.y + 0.5}
            r="1"
          />
        </>
      )}
    </svg>
  );
}
