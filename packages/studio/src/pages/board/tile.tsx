import { entrySymbol, formatNumber, formatReference, type Reference } from '@longhand/core/explain';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type Hue, largest } from '../../look/colours.js';
import type { Box } from '../../parts/arrangement.js';
import { Quantity } from '../../parts/maths.js';
import { paintMatrix } from '../../parts/paint.js';
import { dark } from '../../state/theme.js';
import { speak } from '../../state/voice.js';
import { asked, largestOf, point, pointed, valuesOf } from './board-state.js';
import { bringToView } from './bring-to-view.js';
import { ask, choices } from './choices.js';
import type { Turn } from './cycle.js';
import { layoutOf } from './layout.js';
import { sourcesOf } from './operands.js';
import { type Name, textOf } from './steps.js';

interface TileProps {
  readonly turn: Turn;
  readonly name: Name;
  readonly transposed?: boolean | undefined;
  /** What the equation makes, and not what it is made from. */
  readonly isResult?: boolean;
}

/** A symbol of an equation: its letter, its matrix as a picture that can be asked for every number, its shape in red. */
export function Tile({ turn, name, transposed = false, isResult = false }: TileProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const isDark = dark.value;
  const values = valuesOf(turn, name);
  const first = firstExample(turn);
  const { arrangement, width, height } = layoutOf(turn, name, first);
  const hue = hueOf(name);
  useLayoutEffect(() => {
    const shown = turn.m > 64 && (name.quantity === 'X' || name.quantity === 'Y') ? 1 : largest(values.data);
    paintMatrix(canvas.current!, values, arrangement, hue, shown, isDark);
  }, [values, hue, isDark, first]);

  const reference = asked.value;
  const here = reference && reference.quantity === name.quantity && reference.layer === name.layer;
  const [rows, cols] = transposed ? [values.cols, values.rows] : [values.rows, values.cols];
  const text = `${textOf(name)}${transposed ? ' transposed' : ''}`;

  function entryAt(event: PointerEvent): Reference | undefined {
    const { left, top, width: wide, height: high } = canvas.current!.getBoundingClientRect();
    const place = arrangement.entry(
      Math.floor(((event.clientX - left) / wide) * arrangement.width),
      Math.floor(((event.clientY - top) / high) * arrangement.height),
    );
    return place && { ...name, ...place };
  }

  function askAloud(entry: Reference): void {
    ask(formatReference(entry));
    speak(
      `${entrySymbol(entry, turn.m)} = ${formatNumber(values.data[entry.row * values.cols + entry.column]!)}`,
    );
  }

  function walk(event: KeyboardEvent): void {
    const direction = DIRECTIONS[event.key];
    if (!direction) return;
    event.preventDefault();
    const now = here
      ? arrangement.place(reference.row, reference.column)
      : { x: -direction[0], y: -direction[1] };
    let [x, y] = [now.x, now.y];
    // Over the gap between two pictures, at most.
    for (let tries = 0; tries < 2; tries++) {
      x += direction[0];
      y += direction[1];
      const place = arrangement.entry(x, y);
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
          if (!here) askAloud(largestOf(turn, name));
        }}
      >
        <canvas ref={canvas} />
        <Marks turn={turn} name={name} arrangement={arrangement} />
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
  turn,
  name,
  arrangement,
}: {
  turn: Turn;
  name: Name;
  arrangement: ReturnType<typeof layoutOf>['arrangement'];
}) {
  const reference = pointed.value ?? asked.value;
  if (!reference) return null;
  const boxes: { readonly box: Box; readonly kind: string }[] = [];
  if (reference.quantity === name.quantity && reference.layer === name.layer) {
    boxes.push({
      box: { ...arrangement.place(reference.row, reference.column), width: 1, height: 1 },
      kind: 'asked',
    });
  }
  for (const source of sourcesOf(turn.network, reference)) {
    if (source.quantity !== name.quantity || source.layer !== name.layer) continue;
    const found =
      source.part === 'entry'
        ? [{ ...arrangement.place(source.row, source.column), width: 1, height: 1 }]
        : source.part === 'row'
          ? arrangement.row(source.row)
          : arrangement.column(source.column);
    boxes.push(...found.map((box) => ({ box, kind: 'source' })));
  }
  const inside = boxes.filter(
    ({ box: { x, y } }) => x >= 0 && y >= 0 && x < arrangement.width && y < arrangement.height,
  );
  return (
    <>
      {inside.map(({ box, kind }) => (
        <span
          key={`${kind} ${box.x} ${box.y}`}
          class={`mark ${kind}`}
          style={{
            left: share(box.x, arrangement.width),
            top: share(box.y, arrangement.height),
            width: share(box.width, arrangement.width),
            height: share(box.height, arrangement.height),
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
function firstExample({ m }: Turn): number {
  const { digit } = choices.value;
  return m > 64 && digit.set === 'train' ? Math.min(digit.index, m - 1) : 0;
}
