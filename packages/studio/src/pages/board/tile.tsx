import { entrySymbol, formatNumber, formatReference, type Reference } from '@longhand/core/explain';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Box } from '../../components/entry-layout.js';
import { Quantity } from '../../components/maths.js';
import { paintMatrix } from '../../components/paint.js';
import type { Iteration } from '../../computations/cycle.js';
import { announce } from '../../state/notifications.js';
import { dark } from '../../state/theme.js';
import { type Hue, largest } from '../../theme/colors.js';
import { asked, largestOf, point, pointed, valuesOf } from './board-state.js';
import { bringToView } from './bring-to-view.js';
import { ask, choices } from './choices.js';
import { layoutOf } from './layout.js';
import { sourcesOf } from './sources.js';
import { type Name, textOf } from './steps.js';

interface TileProps {
  readonly iteration: Iteration;
  readonly name: Name;
  readonly transposed?: boolean | undefined;
  /** What the equation makes, and not what it is made from. */
  readonly isResult?: boolean;
}

/** A symbol of an equation: its letter, its matrix as a picture that can be asked for every number, its shape in red. */
export function Tile({ iteration, name, transposed = false, isResult = false }: TileProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const isDark = dark.value;
  const values = valuesOf(iteration, name);
  const first = firstExample(iteration);
  const { layout, width, height } = layoutOf(iteration, name, first);
  const hue = hueOf(name);
  useLayoutEffect(() => {
    const shown =
      iteration.m > 64 && (name.quantity === 'X' || name.quantity === 'Y') ? 1 : largest(values.data);
    paintMatrix(canvas.current!, values, layout, hue, shown, isDark);
  }, [values, hue, isDark, first]);

  const reference = asked.value;
  const here = reference && reference.quantity === name.quantity && reference.layer === name.layer;
  const [rows, cols] = transposed ? [values.cols, values.rows] : [values.rows, values.cols];
  const text = `${textOf(name)}${transposed ? ' transposed' : ''}`;

  function entryAt(event: PointerEvent): Reference | undefined {
    const { left, top, width: wide, height: high } = canvas.current!.getBoundingClientRect();
    const place = layout.entry(
      Math.floor(((event.clientX - left) / wide) * layout.width),
      Math.floor(((event.clientY - top) / high) * layout.height),
    );
    return place && { ...name, ...place };
  }

  function askAloud(entry: Reference): void {
    ask(formatReference(entry));
    announce(
      `${entrySymbol(entry, iteration.m)} = ${formatNumber(values.data[entry.row * values.cols + entry.column]!)}`,
    );
  }

  function walk(event: KeyboardEvent): void {
    const direction = DIRECTIONS[event.key];
    if (!direction) return;
    event.preventDefault();
    const now = here ? layout.place(reference.row, reference.column) : { x: -direction[0], y: -direction[1] };
    let [x, y] = [now.x, now.y];
    // Over the gap between two pictures, at most.
    for (let tries = 0; tries < 2; tries++) {
      x += direction[0];
      y += direction[1];
      const place = layout.entry(x, y);
      if (!place) continue;
      askAloud({ ...name, ...place });
      return;
    }
  }

  return (
    <figure class={`tile ${isResult ? 'result' : 'operand'}`} data-name={textOf(name)}>
      <figcaption>
        <math aria-hidden="true">
          <Quantity name={name.quantity} layer={name.layer} transposed={transposed} />
        </math>
      </figcaption>
      <div
        class="squares"
        role="application"
        aria-roledescription="matrix"
        aria-label={`${text}, ${rows} by ${cols}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a matrix is walked through entry by entry with the arrow keys
        tabIndex={0}
        style={{ width: `${width}px`, height: `${height}px` }}
        onPointerMove={(event) => {
          if (event.pointerType === 'mouse') point(entryAt(event));
        }}
        onPointerLeave={() => {
          point(undefined);
        }}
        onPointerDown={(event) => {
          const entry = entryAt(event);
          if (entry) ask(formatReference(entry));
        }}
        onKeyDown={walk}
        onFocus={({ currentTarget }) => {
          // By keyboard alone: a click asks for the very entry that it hits.
          if (!currentTarget.matches(':focus-visible')) return;
          bringToView(currentTarget.parentElement!);
          if (!here) askAloud(largestOf(iteration, name));
        }}
      >
        <canvas ref={canvas} />
        <Marks iteration={iteration} name={name} layout={layout} />
      </div>
      <span class="shape" aria-hidden="true">
        {rows} × {cols}
      </span>
    </figure>
  );
}

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The square that is asked for, and those it came from. */
function Marks({
  iteration,
  name,
  layout,
}: {
  iteration: Iteration;
  name: Name;
  layout: ReturnType<typeof layoutOf>['layout'];
}) {
  const reference = pointed.value ?? asked.value;
  if (!reference) return null;
  const boxes: { readonly box: Box; readonly kind: string }[] = [];
  if (reference.quantity === name.quantity && reference.layer === name.layer) {
    boxes.push({
      box: { ...layout.place(reference.row, reference.column), width: 1, height: 1 },
      kind: 'asked',
    });
  }
  for (const source of sourcesOf(iteration.network, reference)) {
    if (source.quantity !== name.quantity || source.layer !== name.layer) continue;
    const found =
      source.part === 'entry'
        ? [{ ...layout.place(source.row, source.column), width: 1, height: 1 }]
        : source.part === 'row'
          ? layout.row(source.row)
          : layout.column(source.column);
    boxes.push(...found.map((box) => ({ box, kind: 'source' })));
  }
  const inside = boxes.filter(
    ({ box: { x, y } }) => x >= 0 && y >= 0 && x < layout.width && y < layout.height,
  );
  return (
    <>
      {inside.map(({ box, kind }) => (
        <span
          key={`${kind} ${box.x} ${box.y}`}
          class={`mark ${kind}`}
          style={{
            left: share(box.x, layout.width),
            top: share(box.y, layout.height),
            width: share(box.width, layout.width),
            height: share(box.height, layout.height),
          }}
        />
      ))}
    </>
  );
}

function share(part: number, whole: number): string {
  return `${(100 * part) / whole}%`;
}

function hueOf({ quantity, layer }: Name): Hue {
  if (quantity === 'X' || quantity === 'Y' || (quantity === 'A' && layer === 0)) return 'ink';
  return quantity.startsWith('d') ? 'gradient' : 'value';
}

/** The first example that is drawn of very many: the chosen digit, where it is one of them. */
function firstExample({ m }: Iteration): number {
  const { digit } = choices.value;
  return m > 64 && digit.set === 'train' ? Math.min(digit.index, m - 1) : 0;
}
