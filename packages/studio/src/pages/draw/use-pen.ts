import { useLayoutEffect, useRef } from 'preact/hooks';
import { marks, PENS, pen, remember, settle, show } from './drawing-state.js';
import type { Mark, Point } from './ink.js';

/**
 * The least distance between two points of a line, in the pad's units. Less is a trembling hand.
 */
const MIN_STEP = 2;

/** A line that is being drawn, and what was on the pad before it. */
interface Line {
  readonly before: readonly Mark[];
  readonly width: number;
  readonly points: Point[];
}

/** Draws one line at a time. */
export interface PenLine {
  /** Starts a line with the current pen. */
  begin(point: Point): void;
  /** Draws on to a point. */
  extend(point: Point): void;
  /** Ends the line. The address then contains it. */
  end(): void;
  isDown(): boolean;
}

/** A pen for the pad. However fast the points come, the line is shown once a frame. */
export function usePen(): PenLine {
  const line = useRef<Line | undefined>(undefined);
  const frame = useRef(0);
  useLayoutEffect(() => () => cancelAnimationFrame(frame.current), []);

  function showLine(): void {
    frame.current = 0;
    if (!line.current) return;
    const { before, width, points } = line.current;
    show([...before, { kind: 'stroke', width, points: [...points] }]);
  }

  function showSoon(): void {
    frame.current ||= requestAnimationFrame(showLine);
  }

  return {
    begin(point) {
      remember();
      line.current = { before: marks.peek(), width: PENS[pen.peek()], points: [point] };
      showSoon();
    },
    extend(point) {
      const { points } = line.current!;
      const last = points.at(-1)!;
      if (Math.hypot(point.x - last.x, point.y - last.y) >= MIN_STEP) points.push(point);
      showSoon();
    },
    end() {
      cancelAnimationFrame(frame.current);
      showLine();
      line.current = undefined;
      settle();
    },
    isDown: () => line.current !== undefined,
  };
}
