import { useRef, useState } from 'preact/hooks';
import { arrowDirection } from '../../../components/arrow-keys.js';
import { Digit } from '../../../components/digit.js';
import { fixed } from '../../../number-text.js';
import { drawing } from '../../../state/drawing.js';
import { announce } from '../../../state/notifications.js';
import { DigitChoice } from './digit-choice.js';
import { pixels, shown } from './reading.js';
import { Slider } from './slider.js';
import './pixels.css';

const SIDE = 28;
/** How much ink the pen leaves on a pixel, by its distance from the pen in pixels. */
const PEN = [255, 190, 70] as const;

interface Place {
  readonly row: number;
  readonly column: number;
}

/** The pixels from one to another: a fast pen skips some. */
function between(from: Place, to: Place): Place[] {
  const count = Math.max(1, Math.abs(to.row - from.row), Math.abs(to.column - from.column));
  return Array.from({ length: count }, (_, k) => ({
    row: Math.round(from.row + ((k + 1) / count) * (to.row - from.row)),
    column: Math.round(from.column + ((k + 1) / count) * (to.column - from.column)),
  }));
}

/** Puts ink on the digit, or takes it away, around a pixel. */
function ink(at: Place, isErasing: boolean): void {
  const next = Uint8Array.from(pixels.peek() ?? new Uint8Array(SIDE * SIDE));
  for (let row = at.row - 1; row <= at.row + 1; row++) {
    for (let column = at.column - 1; column <= at.column + 1; column++) {
      if (row < 0 || column < 0 || row >= SIDE || column >= SIDE) continue;
      const place = row * SIDE + column;
      const mark = PEN[Math.abs(row - at.row) + Math.abs(column - at.column)]!;
      next[place] = isErasing ? 0 : Math.max(next[place]!, mark);
    }
  }
  drawing.value = { pixels: next };
  shown.value = 'own';
}

function Paint() {
  const [at, setAt] = useState<Place>({ row: 9, column: 17 });
  const [isErasing, setErasing] = useState(false);
  const pad = useRef<HTMLDivElement>(null);
  const isDrawing = useRef(false);
  const bytes = pixels.value ?? new Uint8Array(SIDE * SIDE);
  const place = at.row * SIDE + at.column;
  const byte = bytes[place]!;

  function placeOf({ clientX, clientY }: PointerEvent): Place {
    const { left, top, width, height } = pad.current!.getBoundingClientRect();
    const bound = (share: number) => Math.max(0, Math.min(SIDE - 1, Math.floor(share * SIDE)));
    return { row: bound((clientY - top) / height), column: bound((clientX - left) / width) };
  }

  function onKeyDown(event: KeyboardEvent): void {
    const direction = arrowDirection(event.key);
    if (direction) {
      event.preventDefault();
      const bound = (value: number) => Math.max(0, Math.min(SIDE - 1, value));
      const next = { row: bound(at.row + direction.y), column: bound(at.column + direction.x) };
      setAt(next);
      announce(`row ${next.row + 1}, column ${next.column + 1}: ${bytes[next.row * SIDE + next.column]}`);
    } else if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      ink(at, isErasing);
    }
  }

  return (
    <div class="pixel-figure">
      <DigitChoice />
      <div
        ref={pad}
        class="pixel-pad"
        role="application"
        aria-label={`28 by 28 pixels to draw on. Row ${at.row + 1}, column ${at.column + 1}: byte ${byte}. Arrow keys move, Space draws.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move from pixel to pixel
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          isDrawing.current = true;
          event.currentTarget.setPointerCapture(event.pointerId);
          const next = placeOf(event);
          setAt(next);
          ink(next, isErasing);
        }}
        onPointerMove={(event) => {
          if (!isDrawing.current && event.pointerType !== 'mouse') return;
          const next = placeOf(event);
          setAt(next);
          if (isDrawing.current) for (const passed of between(at, next)) ink(passed, isErasing);
        }}
        onPointerUp={() => {
          isDrawing.current = false;
        }}
        onPointerCancel={() => {
          isDrawing.current = false;
        }}
      >
        <Digit pixels={bytes} />
        <span
          class="here"
          style={{ left: `${(100 * at.column) / SIDE}%`, top: `${(100 * at.row) / SIDE}%` }}
        />
      </div>
      <p class="figures told">
        row {at.row + 1}, column {at.column + 1}: byte <b>{byte}</b>, {byte} ÷ 255 ={' '}
        <b>{fixed(byte / 255, 3)}</b>
      </p>
      <div class="buttons">
        <button
          type="button"
          onClick={() => {
            drawing.value = { pixels: new Uint8Array(SIDE * SIDE) };
            shown.value = 'own';
          }}
        >
          Blank paper
        </button>
        <button type="button" aria-pressed={isErasing} onClick={() => setErasing(!isErasing)}>
          Rubber
        </button>
      </div>
    </div>
  );
}

function Column() {
  const [row, setRow] = useState(9);
  const bytes = pixels.value ?? new Uint8Array(SIDE * SIDE);
  const values = [...bytes.subarray(row * SIDE, (row + 1) * SIDE)].map((byte) => byte / 255);
  const share = (100 * row) / SIDE;
  return (
    <div class="pixel-figure">
      <Slider
        symbol="row"
        name="of the picture"
        least={1}
        most={SIDE}
        step={1}
        value={row + 1}
        write={String}
        onMove={(value) => setRow(value - 1)}
      />
      <div class="unrolled">
        <div class="framed">
          <Digit pixels={bytes} label="the picture" />
          <span class="line" style={{ top: `${share}%` }} />
          <span class="shape">28 × 28</span>
        </div>
        <ol
          class="figures values"
          start={row * SIDE + 1}
          aria-label={`Row ${row + 1}: places ${row * SIDE + 1} to ${(row + 1) * SIDE} of the column`}
        >
          {values.map((value, k) => (
            <li key={k} class={value > 0 ? '' : 'faint'}>
              {fixed(value, 2)}
            </li>
          ))}
        </ol>
        <div class="framed long">
          <Digit pixels={bytes} width={1} height={SIDE * SIDE} label="the same 784 numbers in one column" />
          <span class="line" style={{ top: `${share}%` }} />
          <span class="shape">784 × 1</span>
        </div>
      </div>
      <p class="faint">
        Row {row + 1} becomes the places {row * SIDE + 1} to {(row + 1) * SIDE} of the column.
      </p>
    </div>
  );
}

export const figures = { paint: Paint, column: Column };
