import type { Matrix } from '@longhand/core';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { arrowDirection } from '../../../components/arrow-keys.js';
import { boxStyle, gridOf } from '../../../components/entry-layout.js';
import { paintMatrix } from '../../../components/paint.js';
import { dark } from '../../../state/theme.js';
import type { Hue } from '../../../theme/colors.js';

export interface Square {
  readonly row: number;
  readonly column: number;
}

interface SquaresProps {
  readonly matrix: Matrix;
  readonly hue: Hue;
  readonly scale: number;
  /** The side of a square, in CSS pixels. */
  readonly side: number;
  readonly label: string;
  /** The square that is marked. */
  readonly marked?: Square | undefined;
  /** Rows below this one are not computed yet: they are empty. */
  readonly until?: number;
  /** Makes the squares answer to mouse, finger and arrow keys. */
  readonly pick?: (square: Square) => void;
}

/** A matrix as a grid of colored squares, as on the Board. */
export function Squares({ matrix, hue, scale, side, label, marked, until, pick }: SquaresProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const isDark = dark.value;
  const { rows, cols } = matrix;
  const shown = until ?? rows;
  const layout = gridOf(rows, cols);
  useLayoutEffect(() => {
    paintMatrix(canvas.current!, { ...matrix, rows: shown }, layout, hue, scale, isDark);
  }, [matrix, hue, scale, isDark, shown]);

  function onPointerDown(event: PointerEvent): void {
    const { left, top, width, height } = canvas.current!.getBoundingClientRect();
    const column = Math.floor(((event.clientX - left) / width) * cols);
    const row = Math.floor(((event.clientY - top) / height) * rows);
    if (row >= 0 && row < shown && column >= 0 && column < cols) pick?.({ row, column });
  }

  function onKeyDown(event: KeyboardEvent): void {
    const direction = arrowDirection(event.key);
    if (!direction) return;
    event.preventDefault();
    const { row, column } = marked ?? { row: 0, column: 0 };
    pick?.({
      row: Math.max(0, Math.min(shown - 1, row + direction.y)),
      column: Math.max(0, Math.min(cols - 1, column + direction.x)),
    });
  }

  const size = { width: `${cols * side + 2}px`, height: `${rows * side + 2}px` };
  const squares = (
    <>
      <canvas ref={canvas} />
      {marked && marked.row < shown && (
        <span
          class="learn-mark"
          style={boxStyle({ x: marked.column, y: marked.row, width: 1, height: 1 }, layout)}
        />
      )}
    </>
  );
  const grid = { '--rows': rows, '--columns': cols };
  if (!pick) {
    return (
      <div class="learn-squares" role="img" aria-label={label} style={{ ...size, ...grid }}>
        {squares}
      </div>
    );
  }
  return (
    <div
      class="learn-squares"
      role="application"
      aria-roledescription="matrix"
      aria-label={`${label}. The arrow keys move from square to square.`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move from square to square
      tabIndex={0}
      style={{ ...size, ...grid }}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    >
      {squares}
    </div>
  );
}
