import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { dark } from '../../state/theme.js';
import { marks } from './drawing-state.js';
import { inkColor, PAD_SIDE, type Point, paintMarks } from './ink.js';
import { within } from './place.js';
import { Boxes, PhotoView } from './several.js';
import { photo } from './several-state.js';
import { isPenKey, usePadKeys } from './use-pad-keys.js';
import { usePen } from './use-pen.js';

/** Canvas pixels of the pad's side: two for each screen pixel of a large window. */
const CANVAS_SIDE = 1120;

/** What an empty pad is for: a digit to trace, pale and dashed. */
function Invitation() {
  return (
    <div class="invitation">
      <svg viewBox="0 0 280 280" aria-hidden="true">
        <path d="M 92 84 C 118 42 196 48 188 100 C 183 131 146 138 126 138 C 168 137 206 154 197 196 C 187 242 108 240 84 204" />
      </svg>
      <p class="pen">Draw here, as large as you like.</p>
    </div>
  );
}

/** Squared paper to draw on, with pen, finger, mouse or keyboard. */
export function Pad() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pointer = useRef<number | undefined>(undefined);
  const [byKeys, setByKeys] = useState(true);
  const pen = usePen();
  const keys = usePadKeys(pen, () => pointer.current !== undefined);
  const shown = marks.value;
  const isDark = dark.value;

  useLayoutEffect(() => {
    const context = canvas.current!.getContext('2d')!;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, CANVAS_SIDE, CANVAS_SIDE);
    context.scale(CANVAS_SIDE / PAD_SIDE, CANVAS_SIDE / PAD_SIDE);
    paintMarks(context, shown, inkColor(isDark));
  }, [shown, isDark]);

  function placeOf({ clientX, clientY }: PointerEvent): Point {
    const { left, top, width, height } = canvas.current!.getBoundingClientRect();
    return within({
      x: ((clientX - left) / width) * PAD_SIDE,
      y: ((clientY - top) / height) * PAD_SIDE,
    });
  }

  function onPointerDown(event: PointerEvent): void {
    if (event.button !== 0 || pointer.current !== undefined) return;
    keys.lift();
    pointer.current = event.pointerId;
    setByKeys(false);
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    pen.begin(placeOf(event));
  }

  function onPointerMove(event: PointerEvent): void {
    if (event.pointerId !== pointer.current || !pen.isDown()) return;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const each of all.length > 0 ? all : [event]) pen.extend(placeOf(each));
  }

  function onPointerUp(event: PointerEvent): void {
    if (event.pointerId !== pointer.current) return;
    keys.setPlace(placeOf(event));
    pointer.current = undefined;
    pen.end();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (pointer.current === undefined && isPenKey(event.key)) setByKeys(true);
    keys.onKeyDown(event);
  }

  const { place, isDown } = keys;
  return (
    <div
      class="pad"
      role="application"
      aria-label="Drawing pad"
      aria-describedby="pad-keys"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application handles the keys itself
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onKeyDown={onKeyDown}
      onKeyUp={keys.onKeyUp}
      onBlur={keys.onBlur}
    >
      {shown.length === 0 && !photo.value && <Invitation />}
      <canvas ref={canvas} width={CANVAS_SIDE} height={CANVAS_SIDE} />
      <PhotoView />
      <Boxes />
      <span
        class={`pad-pen ${isDown ? 'lowered' : ''} ${byKeys ? 'by-keys' : ''}`}
        style={{ left: `${(100 * place.x) / PAD_SIDE}%`, top: `${(100 * place.y) / PAD_SIDE}%` }}
      />
    </div>
  );
}
