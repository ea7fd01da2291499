import { entrySymbol, formatNumber, formatReference, type Reference } from '@longhand/core/explain';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { arrowDirection } from '../../components/arrow-keys.js';
import { ColorScale } from '../../components/color-scale.js';
import type { EntryLayout } from '../../components/entry-layout.js';
import { Quantity } from '../../components/maths.js';
import { paintMatrix } from '../../components/paint.js';
import type { Iteration } from '../../computations/cycle.js';
import type { TermName } from '../../glossary/terms.js';
import { announce } from '../../state/notifications.js';
import { dark } from '../../state/theme.js';
import { type AskedEntry, asked, point } from './board-state.js';
import { bringToView } from './bring-to-view.js';
import { ask } from './choices.js';
import { canMove, grab, nudge } from './grab.js';
import { layoutOf } from './layout.js';
import { magnified, SMALL } from './loupe.js';
import { Marks } from './marks.js';
import { firstExample, hueOf, largestOf, scaleOf, valuesOf } from './quantities.js';
import { type Name, textOf } from './steps.js';

interface TileProps {
  readonly iteration: Iteration;
  readonly name: Name;
  readonly transposed?: boolean | undefined;
  /** The left side of the equation, not one of its operands. */
  readonly isResult?: boolean;
  /** The equation that it is an operand of. */
  readonly at?: number;
  /** Whether its step has not come yet: then its place is kept, and nothing is in it. */
  readonly isEmpty?: boolean;
}

/** One symbol of an equation: its letter, its matrix as a picture of squares, its shape in red. */
export function Tile({
  iteration,
  name,
  transposed = false,
  isResult = false,
  at,
  isEmpty = false,
}: TileProps) {
  const { rows, cols } = valuesOf(iteration, name);
  const shape = transposed ? [cols, rows] : [rows, cols];
  const label = `${textOf(name)}${transposed ? ' transposed' : ''}, ${shape.join(' by ')}`;
  return (
    <figure
      class={`tile ${isResult ? 'result' : 'operand'} ${isEmpty ? 'empty' : ''}`}
      data-name={textOf(name)}
    >
      <figcaption data-term={termOf(name)}>
        <math aria-hidden="true">
          <Quantity name={name.quantity} layer={name.layer} transposed={transposed} />
        </math>
      </figcaption>
      {isEmpty ? (
        <EmptySquares iteration={iteration} name={name} label={label} />
      ) : (
        <Squares iteration={iteration} name={name} at={at} label={label} />
      )}
      <span class="shape" aria-hidden="true">
        {shape.join(' × ')}
      </span>
      <ColorScale hue={hueOf(name)} scale={scaleOf(iteration, name)} />
    </figure>
  );
}

/** The place of a matrix that has not been computed yet. */
function EmptySquares({ iteration, name, label }: Pick<SquaresProps, 'iteration' | 'name' | 'label'>) {
  const { width, height } = layoutOf(iteration, name, firstExample(iteration));
  return (
    <div
      class="squares"
      role="img"
      aria-label={`${label}, not computed yet`}
      style={{ width: `${width}px`, height: `${height}px` }}
    />
  );
}

/** The term that a quantity's letter stands for. */
function termOf({ quantity, layer }: Name): TermName {
  return layer === 0 && quantity === 'A' ? 'X' : quantity;
}

interface SquaresProps {
  readonly iteration: Iteration;
  readonly name: Name;
  readonly label: string;
  readonly at: number | undefined;
}

/**
 * A matrix as a picture, a square for each entry. Mouse, finger and arrow keys ask for an entry.
 */
function Squares({ iteration, name, label, at }: SquaresProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const isDark = dark.value;
  const values = valuesOf(iteration, name);
  const first = firstExample(iteration);
  const { layout, width, height } = layoutOf(iteration, name, first);
  const hue = hueOf(name);
  const scale = scaleOf(iteration, name);
  useLayoutEffect(() => {
    paintMatrix(canvas.current!, values, layout, hue, scale, isDark);
  }, [values, hue, scale, isDark, first]);

  const reference = asked.value;
  const isHere =
    reference?.quantity === name.quantity && reference.layer === name.layer && reference.at === at;

  const isSmall = width / layout.width < SMALL;

  /** Holds the magnifier over an entry, if its square is too small to see. */
  function magnify(entry: Reference | undefined): void {
    if (!isSmall || !entry) {
      magnified.value = undefined;
      return;
    }
    const { left, top, width: wide, height: high } = canvas.current!.getBoundingClientRect();
    const { x, y } = layout.place(entry.row, entry.column);
    const at = top + ((y + 0.5) * high) / layout.height;
    const box = { x: left + ((x + 0.5) * wide) / layout.width, top: at, bottom: at };
    magnified.value = {
      iteration,
      reference: { ...name, row: entry.row, column: entry.column },
      layout,
      box,
    };
  }

  function entryAt(event: PointerEvent): AskedEntry | undefined {
    const { left, top, width: wide, height: high } = canvas.current!.getBoundingClientRect();
    const place = layout.entry(
      Math.floor(((event.clientX - left) / wide) * layout.width),
      Math.floor(((event.clientY - top) / high) * layout.height),
    );
    return place && { ...name, ...place, at };
  }

  function askAloud(entry: Reference): void {
    ask(formatReference(entry), at);
    const value = values.data[entry.row * values.cols + entry.column]!;
    announce(`${entrySymbol(entry, iteration.m)} = ${formatNumber(value)}`);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const by = { '+': 1, '=': 1, '-': -1 }[event.key];
    if (by && isHere && reference && canMove(iteration, reference)) {
      event.preventDefault();
      announce(`${entrySymbol(reference, iteration.m)} = ${formatNumber(nudge(iteration, reference, by))}`);
      return;
    }
    if (!arrowDirection(event.key)) return;
    event.preventDefault();
    const next = nextEntry(layout, isHere ? reference : undefined, event.key);
    if (!next) return;
    askAloud({ ...name, ...next });
    magnify({ ...name, ...next });
  }

  function onFocus({ currentTarget }: { currentTarget: HTMLElement }): void {
    // With the keyboard only: a click asks for the very entry that it hits.
    if (!currentTarget.matches(':focus-visible')) return;
    bringToView(currentTarget.parentElement!);
    if (!isHere) askAloud(largestOf(iteration, name));
  }

  return (
    <div
      class="squares"
      role="application"
      aria-roledescription="matrix"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move from entry to entry
      tabIndex={0}
      data-grab={canMove(iteration, { ...name, row: 0, column: 0 }) ? '' : undefined}
      style={{ width: `${width}px`, height: `${height}px` }}
      onPointerMove={(event) => {
        // While a number is being moved, it is the one that is looked at.
        if (event.pointerType !== 'mouse' || event.buttons > 0) return;
        const entry = entryAt(event);
        point(entry);
        magnify(entry);
      }}
      onPointerLeave={() => {
        point(undefined);
        magnify(undefined);
      }}
      onPointerDown={(event) => {
        const entry = entryAt(event);
        if (!entry) return;
        point(undefined);
        ask(formatReference(entry), at);
        magnify(event.pointerType === 'mouse' ? undefined : entry);
        grab(event, iteration, entry);
      }}
      onBlur={() => magnify(undefined)}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
    >
      <canvas ref={canvas} />
      <Marks iteration={iteration} name={name} layout={layout} />
    </div>
  );
}

interface Entry {
  readonly row: number;
  readonly column: number;
}

/** The entry to which an arrow key leads; without a start, from outside of the first square. */
function nextEntry(layout: EntryLayout, from: Entry | undefined, key: string): Entry | undefined {
  const direction = arrowDirection(key);
  if (!direction) return undefined;
  let { x, y } = from ? layout.place(from.row, from.column) : { x: -direction.x, y: -direction.y };
  // Between two pictures lies a gap of one square.
  for (let tries = 0; tries < 2; tries++) {
    x += direction.x;
    y += direction.y;
    const entry = layout.entry(x, y);
    if (entry) return entry;
  }
  return undefined;
}
