import { entrySymbol, formatNumber, type Reference } from '@longhand/core/explain';
import { signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { EntryLayout } from '../../components/entry-layout.js';
import { paintMatrix } from '../../components/paint.js';
import type { Iteration } from '../../computations/cycle.js';
import { dark } from '../../state/theme.js';
import { hueOf, scaleOf, valuesOf } from './quantities.js';
import './loupe.css';

/** Squares smaller than this, in CSS pixels, are looked at through the magnifier. */
export const SMALL = 4;
/** Squares from side to side, and the side of each, in CSS pixels. */
const ACROSS = 11;
const SIDE = 13;
/** Between the magnifier and what it magnifies. */
const GAP = 18;

interface Magnified {
  readonly iteration: Iteration;
  readonly reference: Reference;
  readonly layout: EntryLayout;
  /** The box of the square in the window. */
  readonly box: { readonly x: number; readonly top: number; readonly bottom: number };
}

/** What the magnifier shows, while it is held over something. */
export const magnified = signal<Magnified | undefined>(undefined);

/** A magnifier for matrices whose squares are too small to see: the numbers around one of them. */
export function Loupe() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const now = magnified.value;
  const isDark = dark.value;
  useLayoutEffect(() => {
    if (!now) return;
    const { iteration, reference, layout } = now;
    const { x, y } = layout.place(reference.row, reference.column);
    const half = (ACROSS - 1) / 2;
    const part: EntryLayout = {
      ...layout,
      width: ACROSS,
      height: ACROSS,
      entry: (dx, dy) => layout.entry(x + dx - half, y + dy - half),
    };
    const scale = scaleOf(iteration, reference);
    paintMatrix(canvas.current!, valuesOf(iteration, reference), part, hueOf(reference), scale, isDark);
  }, [now, isDark]);
  if (!now) return null;
  const { iteration, reference, box } = now;
  const { cols, data } = valuesOf(iteration, reference);
  const side = ACROSS * SIDE;
  const left = Math.max(4, Math.min(box.x - side / 2, innerWidth - side - 16));
  const below = box.bottom + GAP;
  const top = below + side + 40 < innerHeight ? below : box.top - GAP - side - 40;
  return (
    <div class="loupe sheet" aria-hidden="true" style={{ left: `${left}px`, top: `${top}px` }}>
      <div class="lens" style={{ width: `${side}px`, height: `${side}px` }}>
        <canvas ref={canvas} />
        <span class="middle-square" style={{ width: `${SIDE}px`, height: `${SIDE}px` }} />
      </div>
      <span class="figures">
        {entrySymbol(reference, iteration.m)} = {formatNumber(data[reference.row * cols + reference.column]!)}
      </span>
    </div>
  );
}
