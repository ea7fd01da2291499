import { useRef } from 'preact/hooks';
import { brushes, narrow } from './choice.js';
import type { ParallelLayout } from './parallel-layout.js';
import type { PlotAxis } from './plot-axis.js';

interface AxisBrushProps {
  readonly axis: PlotAxis;
  readonly index: number;
  readonly count: number;
  readonly layout: ParallelLayout;
}

/** Half the width of what takes the mouse or a finger along an axis, in CSS pixels. */
const REACH = 16;
/** A press that moves less is a click, in places on the axis. */
const CLICK = 0.02;
/** So close to an end of what is chosen, that end is dragged. */
const NEAR = 0.05;

/** One axis of the drawing, of which a part can be chosen with mouse, finger and keys. */
export function AxisBrush({ axis, index, count, layout }: AxisBrushProps) {
  const { isUpright, point } = layout;
  const range = brushes.value.get(axis.name);
  const [x0, y0] = point(index, 0);
  const [x1, y1] = point(index, 1);
  const isLast = index === count - 1;
  /** The other end of what is being dragged, while it is. */
  const fixed = useRef<number | undefined>(undefined);

  function placeOf({ clientX, clientY, currentTarget }: PointerEvent): number {
    const box = (currentTarget as SVGElement).ownerSVGElement!.getBoundingClientRect();
    return layout.placeAt(clientX - box.left, clientY - box.top);
  }
  function begin(event: PointerEvent): void {
    if (event.button !== 0) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    const place = placeOf(event);
    const [from, to] = range ?? [];
    if (from !== undefined && Math.abs(place - from) < NEAR) fixed.current = to;
    else if (to !== undefined && Math.abs(place - to) < NEAR) fixed.current = from;
    else fixed.current = place;
  }
  function move(event: PointerEvent): void {
    if (fixed.current === undefined) return;
    const place = placeOf(event);
    const [from, to] = [Math.min(place, fixed.current), Math.max(place, fixed.current)];
    if (to - from >= CLICK) narrow(axis, [from, to]);
  }
  function end(event: PointerEvent): void {
    const start = fixed.current;
    fixed.current = undefined;
    if (start !== undefined && range === undefined) return;
    if (start !== undefined && Math.abs(placeOf(event) - start) < CLICK) narrow(axis, undefined);
  }

  const [low, high] = range ?? [0, 1];
  const [fromX, fromY] = point(index, low);
  const [toX, toY] = point(index, high);
  return (
    <g class={`axis ${range ? 'narrowed' : ''}`}>
      <line class="axis-line" x1={x0} y1={y0} x2={x1} y2={y1} />
      {range && <line class="axis-part" x1={fromX} y1={fromY} x2={toX} y2={toY} />}
      {axis.ticks.map(({ at, text }) => {
        const [x, y] = point(index, at);
        return isUpright ? (
          <text
            key={text}
            class="tick figures"
            x={isLast ? x + 10 : x - 10}
            y={y + 4}
            text-anchor={isLast ? 'start' : 'end'}
          >
            {text}
          </text>
        ) : (
          <text key={text} class="tick figures" x={x} y={y + 19} text-anchor="middle">
            {text}
          </text>
        );
      })}
      <text
        class="axis-name pen"
        x={isUpright ? x1 : x0 - 14}
        y={isUpright ? 16 : y0 - 11}
        text-anchor={isUpright ? 'middle' : 'start'}
      >
        {axis.label}
      </text>
      <rect
        class="axis-reach"
        {...(isUpright
          ? { x: x1 - REACH, y: y1 - 8, width: 2 * REACH, height: y0 - y1 + 16 }
          : { x: x0 - 12, y: y0 - REACH, width: x1 - x0 + 24, height: 2 * REACH })}
        onPointerDown={begin}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={() => {
          fixed.current = undefined;
        }}
      />
      <Handle {...{ axis, layout, index }} which="from" />
      <Handle {...{ axis, layout, index }} which="to" />
    </g>
  );
}

interface HandleProps {
  readonly axis: PlotAxis;
  readonly index: number;
  readonly layout: ParallelLayout;
  readonly which: 'from' | 'to';
}

/** An end of the chosen part of an axis. All ends of the drawing are one stop for the Tab key. */
function Handle({ axis, index, layout, which }: HandleProps) {
  const [from, to] = brushes.value.get(axis.name) ?? [0, 1];
  const place = which === 'from' ? from : to;
  const [x, y] = layout.point(index, place);
  const [more, less, next, before] = layout.isUpright
    ? ['ArrowUp', 'ArrowDown', 'ArrowRight', 'ArrowLeft']
    : ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp'];

  function go(to: number): void {
    const bounded = Math.min(1, Math.max(0, to));
    const range =
      which === 'from'
        ? ([Math.min(bounded, rangeEnd()), rangeEnd()] as const)
        : ([rangeStart(), Math.max(bounded, rangeStart())] as const);
    narrow(axis, range[0] <= 0 && range[1] >= 1 ? undefined : range);
  }
  const rangeStart = () => (brushes.peek().get(axis.name) ?? [0, 1])[0];
  const rangeEnd = () => (brushes.peek().get(axis.name) ?? [0, 1])[1];

  function onKey(event: KeyboardEvent): void {
    const { key } = event;
    if (key === more) go(place + axis.step);
    else if (key === less) go(place - axis.step);
    else if (key === 'Home') go(0);
    else if (key === 'End') go(1);
    else if (key === 'Escape' || key === 'Delete') narrow(axis, undefined);
    else if (key === next || key === before)
      focusOther(event.currentTarget as SVGElement, key === next ? 1 : -1);
    else return;
    event.preventDefault();
  }

  return (
    <circle
      class="axis-end"
      cx={x}
      cy={y}
      r={7}
      role="slider"
      tabindex={index === 0 && which === 'from' ? 0 : -1}
      aria-label={`${axis.label}, ${which}`}
      aria-orientation={layout.isUpright ? 'vertical' : 'horizontal'}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(100 * place)}
      aria-valuetext={axis.textAt(place)}
      onKeyDown={onKey}
    />
  );
}

/** Moves the focus to the next end or the one before, and with it the stop for the Tab key. */
function focusOther(end: SVGElement, step: number): void {
  const all = [...end.ownerSVGElement!.querySelectorAll<SVGElement>('.axis-end')];
  const other = all[all.indexOf(end) + step];
  if (!other) return;
  for (const one of all) one.setAttribute('tabindex', one === other ? '0' : '-1');
  other.focus();
}
