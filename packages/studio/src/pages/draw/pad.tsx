import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { announce } from '../../state/notifications.js';
import { dark } from '../../state/theme.js';
import { colorTable, SHADES } from '../../theme/colors.js';
import { onGrid } from './address.js';
import { clear, marks, PENS, pen, remember, settle, show, undo } from './drawing-state.js';
import { type Mark, PAD_SIDE, type Point, paintMarks, SQUARE } from './ink.js';

/** Canvas pixels of the pad's side: two a point on a large screen. */
const CANVAS_SIDE = 1120;
/** How far an arrow key moves the pen, in the pad's units; with Shift, a fifth of it. */
const STEP = SQUARE;
/** Points of a line lie at least so far apart, in the pad's units: less is the hand's tremble. */
const LEAST_STEP = 2;
const MIDDLE = { x: PAD_SIDE / 2, y: PAD_SIDE / 2 };

/** A line under way, and what lay on the pad before it. */
interface Line {
  readonly before: readonly Mark[];
  readonly width: number;
  readonly points: Point[];
}

/** Squared paper to draw on: with pen, finger or mouse, or from the keyboard. */
export function Pad() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const line = useRef<Line | undefined>(undefined);
  const pointer = useRef<number | undefined>(undefined);
  const frame = useRef(0);
  const keys = useRef({ held: new Set<string>(), movedWithSpace: false });
  const [place, setPlace] = useState<Point>(MIDDLE);
  const [down, setDown] = useState(false);
  const [byKeys, setByKeys] = useState(true);
  const shown = marks.value;
  const isDark = dark.value;

  useLayoutEffect(() => {
    const context = canvas.current!.getContext('2d')!;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, CANVAS_SIDE, CANVAS_SIDE);
    context.scale(CANVAS_SIDE / PAD_SIDE, CANVAS_SIDE / PAD_SIDE);
    paintMarks(context, shown, inkColor(isDark));
  }, [shown, isDark]);

  useLayoutEffect(() => () => cancelAnimationFrame(frame.current), []);

  function begin(point: Point): void {
    remember();
    line.current = { before: marks.peek(), width: PENS[pen.peek()], points: [point] };
    drawSoon();
  }

  function extend(point: Point): void {
    const points = line.current!.points;
    const last = points.at(-1)!;
    if (Math.hypot(point.x - last.x, point.y - last.y) >= LEAST_STEP) points.push(point);
  }

  function showLine({ before, width, points }: Line): void {
    show([...before, { kind: 'stroke', width, points: [...points] }]);
  }

  /** Shows the line as it is; what follows from it is worked out once a frame. */
  function drawSoon(): void {
    if (frame.current) return;
    frame.current = requestAnimationFrame(() => {
      frame.current = 0;
      if (line.current) showLine(line.current);
    });
  }

  function end(): void {
    cancelAnimationFrame(frame.current);
    frame.current = 0;
    if (line.current) showLine(line.current);
    line.current = undefined;
    pointer.current = undefined;
    settle();
  }

  function placeOf({ clientX, clientY }: PointerEvent): Point {
    const { left, top, width, height } = canvas.current!.getBoundingClientRect();
    return within({
      x: ((clientX - left) / width) * PAD_SIDE,
      y: ((clientY - top) / height) * PAD_SIDE,
    });
  }

  function onPointerDown(event: PointerEvent): void {
    if (event.button !== 0 || pointer.current !== undefined) return;
    if (line.current) lift();
    pointer.current = event.pointerId;
    setByKeys(false);
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    begin(placeOf(event));
  }

  function onPointerMove(event: PointerEvent): void {
    if (event.pointerId !== pointer.current || !line.current) return;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const each of all.length > 0 ? all : [event]) extend(placeOf(each));
    drawSoon();
  }

  function onPointerUp(event: PointerEvent): void {
    if (event.pointerId !== pointer.current) return;
    setPlace(placeOf(event));
    end();
  }

  function lower(): void {
    begin(place);
    setDown(true);
    announce(`Pen down, ${placeName(place)}.`);
  }

  function lift(): void {
    end();
    setDown(false);
    announce(`Pen up, ${placeName(place)}.`);
  }

  function move(shift: boolean): void {
    const { held } = keys.current;
    const by = shift ? STEP / 5 : STEP;
    const way = (more: string, less: string) => (held.has(more) ? by : 0) - (held.has(less) ? by : 0);
    const next = within({
      x: place.x + way('ArrowRight', 'ArrowLeft'),
      y: place.y + way('ArrowDown', 'ArrowUp'),
    });
    setPlace(next);
    if (down && line.current) {
      extend(next);
      drawSoon();
      if (held.has(' ')) keys.current.movedWithSpace = true;
    }
    announce(placeName(next));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const { key } = event;
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === 'z') {
      event.preventDefault();
      if (down) lift();
      undo();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === ' ' || key.startsWith('Arrow')) {
      event.preventDefault();
      if (pointer.current !== undefined) return;
      setByKeys(true);
      keys.current.held.add(key);
      if (key !== ' ') move(event.shiftKey);
      else if (!event.repeat) {
        keys.current.movedWithSpace = false;
        if (down) lift();
        else lower();
      }
    } else if (key === 'Escape' && down) lift();
    else if (key === 'Delete' || key === 'Backspace') {
      event.preventDefault();
      if (down) lift();
      clear();
    }
  }

  function onKeyUp({ key }: KeyboardEvent): void {
    keys.current.held.delete(key);
    // Whoever held the space bar while moving lifts the pen with it; whoever pressed it once goes on drawing.
    if (key === ' ' && down && keys.current.movedWithSpace) lift();
  }

  function onBlur(): void {
    keys.current.held.clear();
    if (down) lift();
  }

  return (
    <div
      class="pad"
      role="application"
      aria-label="Drawing pad"
      aria-describedby="pad-keys"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the keys itself
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onKeyDown={onKeyDown}
      onKeyUp={onKeyUp}
      onBlur={onBlur}
    >
      {shown.length === 0 && <p class="invitation pen">Draw here, as large as you like.</p>}
      <canvas ref={canvas} width={CANVAS_SIDE} height={CANVAS_SIDE} />
      <span
        class={`pad-pen ${down ? 'lowered' : ''} ${byKeys ? 'by-keys' : ''}`}
        style={{ left: `${(100 * place.x) / PAD_SIDE}%`, top: `${(100 * place.y) / PAD_SIDE}%` }}
      />
    </div>
  );
}

/** Ink, as red, green and blue. */
export function inkColor(isDark: boolean): [number, number, number] {
  const color = colorTable('ink', isDark)[SHADES - 1]!;
  return [color & 255, (color >> 8) & 255, (color >> 16) & 255];
}

function within({ x, y }: Point): Point {
  return onGrid({ x: Math.max(0, Math.min(PAD_SIDE, x)), y: Math.max(0, Math.min(PAD_SIDE, y)) });
}

/** A place in squares, from 1, as one reads: row and column. */
function placeName({ x, y }: Point): string {
  const square = (at: number) => Math.min(28, Math.floor(at / SQUARE) + 1);
  return `row ${square(y)}, column ${square(x)}`;
}
