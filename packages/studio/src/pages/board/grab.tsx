import { entrySymbol, formatNumber, formatReference, type Reference } from '@longhand/core/explain';
import { type Iteration, MAX_ON_PAGE } from '../../computations/cycle.js';
import { largest } from '../../theme/colors.js';
import { choices, move, putBack } from './choices.js';
import { valuesOf } from './quantities.js';

/** Steps of a slider from end to end. */
const STEPS = 200;
/** How far the mouse goes for half a slider, and before a press becomes a drag, in CSS pixels. */
const HALF_WAY = 120;
const SLACK = 3;

/** Whether a number can be moved by hand: a weight, a bias or a pixel. All others follow from them. */
export function canMove({ m, examples }: Iteration, { quantity }: Reference): boolean {
  if (m > MAX_ON_PAGE) return false;
  return quantity === 'W' || quantity === 'b' || (quantity === 'X' && !examples.dataset.features);
}

/** Between which values a number can be moved. */
function rangeFor(iteration: Iteration, reference: Reference): { min: number; max: number } {
  const { examples } = iteration;
  if (reference.quantity === 'X') return { min: 0, max: 255 * examples.pixelScale };
  const most = Number((1.5 * largest(valuesOf(iteration, reference).data)).toPrecision(1)) || 1;
  return { min: -most, max: most };
}

function numberAt(iteration: Iteration, reference: Reference): number {
  const { cols, data } = valuesOf(iteration, reference);
  return data[reference.row * cols + reference.column]!;
}

/**
 * Moves a number with the mouse, from a press on: up makes it larger, down smaller. Everything that
 * follows from it is computed at once. (A finger scrolls the page; it has the slider.)
 */
export function grab(event: PointerEvent, iteration: Iteration, reference: Reference): void {
  if (event.pointerType === 'touch' || event.button !== 0 || !canMove(iteration, reference)) return;
  const { min, max } = rangeFor(iteration, reference);
  const from = numberAt(iteration, reference);
  const entry = formatReference(reference);
  let isMoving = false;
  const onMove = ({ clientY }: PointerEvent) => {
    const up = event.clientY - clientY;
    isMoving ||= Math.abs(up) > SLACK;
    const value = from + (up / HALF_WAY) * ((max - min) / 2);
    if (isMoving) move(entry, Math.max(min, Math.min(max, value)));
  };
  const onEnd = () => {
    removeEventListener('pointermove', onMove);
    removeEventListener('pointerup', onEnd);
    removeEventListener('pointercancel', onEnd);
  };
  addEventListener('pointermove', onMove);
  addEventListener('pointerup', onEnd);
  addEventListener('pointercancel', onEnd);
}

/** Moves a number by a step of its slider. @returns its new value */
export function nudge(iteration: Iteration, reference: Reference, by: number): number {
  const { min, max } = rangeFor(iteration, reference);
  const value = numberAt(iteration, reference) + (by * (max - min)) / STEPS;
  const bounded = Math.max(min, Math.min(max, value));
  move(formatReference(reference), bounded);
  return bounded;
}

/** A slider that moves a weight, a bias or a pixel, and the way back. */
export function MoveIt({ iteration, reference }: { iteration: Iteration; reference: Reference }) {
  const { edits } = choices.value;
  const entry = formatReference(reference);
  const isMoved = edits.some((edit) => edit.entry === entry);
  const { min, max } = rangeFor(iteration, reference);
  const value = numberAt(iteration, reference);
  const symbol = entrySymbol(reference, iteration.m);
  return (
    <div class="move-it">
      <label>
        move {symbol}{' '}
        <input
          type="range"
          min={min}
          max={max}
          step={(max - min) / STEPS}
          value={value}
          aria-valuetext={formatNumber(value)}
          onInput={({ currentTarget }) => move(entry, Number(currentTarget.value))}
        />
      </label>{' '}
      <span class="figures">{formatNumber(value)}</span>
      <button type="button" class="quiet" disabled={!isMoved} onClick={() => putBack(entry)}>
        Put it back
      </button>
    </div>
  );
}

/** What was moved by hand, and the way back from all of it. */
export function Moved() {
  const { length } = choices.value.edits;
  if (length === 0) return null;
  return (
    <span class="moved-by-hand">
      {length === 1 ? 'one number' : `${length} numbers`} moved by hand ·{' '}
      <button type="button" class="factor" onClick={() => putBack()}>
        Put {length === 1 ? 'it' : 'all'} back
      </button>
    </span>
  );
}
