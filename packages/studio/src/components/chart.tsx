import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { dark } from '../state/theme.js';
import './chart.css';

/** One curve, with its name at its end. */
export interface Curve {
  readonly name: string;
  /** A CSS variable of the palette: `--ink`. */
  readonly color: string;
  readonly dashed?: boolean;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

interface ChartProps {
  readonly title: string;
  readonly curves: readonly Curve[];
  readonly xName: string;
  readonly format: (y: number) => string;
  readonly height: number;
  /** The ends of the y axis, independent of the curves. */
  readonly range?: readonly [number | undefined, number | undefined];
  /** Where the x axis ends. */
  readonly until?: number;
  /** Whether the y axis is logarithmic. */
  readonly isLog?: boolean;
  /** The part of the x axis that is shown, in place of all of it. */
  readonly zoom?: readonly [number, number] | undefined;
  /** Called with the part of the x axis over which the mouse was dragged. */
  readonly onZoom?: (part: readonly [number, number]) => void;
  /** An x at which the chart has a line. */
  readonly marked?: number | undefined;
}

/** Space before and after a name, in CSS pixels. */
const [BEFORE_NAME, AFTER_NAME] = [8, 4];
/** Font size of a name, in CSS pixels. */
const NAME_SIZE = 14;
/** Least distance of two names, in CSS pixels. */
const LINE = 16;

/** The mouse was dragged, not only pressed, over so many CSS pixels. */
const MIN_DRAG = 6;

/** Distances between whole numbers on an axis. */
const WHOLE = Array.from({ length: 8 }, (_, power) => [1, 2, 5].map((digit) => digit * 10 ** power)).flat();

/** Curves over a common axis, and a table of them for screen readers. */
export function Chart(props: ChartProps) {
  const { title, curves, xName, format, height, range, until } = props;
  const { isLog = false, zoom, onZoom, marked } = props;
  const home = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const latest = useRef(curves);
  latest.current = curves;
  const mark = useRef(marked);
  mark.current = marked;
  const isDark = dark.value;
  const kinds = curves.map(({ name, color, dashed }) => `${name} ${color} ${dashed}`).join('|');

  useLayoutEffect(() => {
    const element = home.current!;
    const style = getComputedStyle(element);
    const color = (name: string) => style.getPropertyValue(name).trim();
    const font = `13px ${style.getPropertyValue('--maths')}`;
    const axis = {
      stroke: color('--faint'),
      font,
      grid: { stroke: color('--square'), width: 1 },
      ticks: { show: false },
    };
    const created = new uPlot(
      {
        width: element.clientWidth,
        height,
        padding: [10, () => roomForNames(latest.current, font), 0, 0],
        legend: { show: false },
        cursor: {
          ...{ show: onZoom !== undefined, x: false, y: false, points: { show: false } },
          drag: { x: true, y: false, setScale: false },
        },
        select: { show: onZoom !== undefined, left: 0, top: 0, width: 0, height: 0 },
        scales: {
          x: {
            time: false,
            range: (_, least, most) => (zoom ? [...zoom] : [least ?? 0, Math.max(until ?? 0, most ?? 1)]),
          },
          y: isLog
            ? { distr: 3, range: (_, least, most) => logRangeOf(least, most) }
            : { range: (_, least, most) => rangeOf(least, most, range) },
        },
        axes: [
          {
            ...axis,
            size: 28,
            // There is no half iteration.
            ...(xName === 'iteration' && { incrs: WHOLE }),
            label: xName,
            labelSize: 18,
            labelGap: 0,
            labelFont: font,
            values: (_, values) => values.map((value) => value.toLocaleString('en-US')),
          },
          {
            ...axis,
            size: (_, values) => roomForNumbers(values, font),
            // A logarithmic axis leaves numbers out where they would be too close.
            values: (_, values) => values.map((value) => (value === null ? '' : format(value))),
          },
        ],
        series: [
          {},
          ...latest.current.map((curve) => ({
            label: curve.name,
            stroke: color(curve.color),
            width: 2,
            ...(curve.dashed ? { dash: [6, 4] } : {}),
            points: { show: false },
            spanGaps: true,
          })),
        ],
        hooks: {
          draw: [
            (drawn) => drawMark(drawn, mark.current, color('--red')),
            (drawn) => writeNames(drawn, latest.current, color, font),
          ],
          setSelect: [
            (drawn) => {
              const { left, width } = drawn.select;
              if (width < MIN_DRAG) return;
              drawn.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
              onZoom?.([drawn.posToVal(left, 'x'), drawn.posToVal(left + width, 'x')]);
            },
          ],
        },
      },
      tableOf(latest.current),
      element,
    );
    plot.current = created;
    const observer = new ResizeObserver(() => created.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      created.destroy();
      plot.current = undefined;
    };
  }, [kinds, isDark, height, until, range?.join(), xName, isLog, zoom?.join(), onZoom]);

  // Curves may grow many times between two frames: they are drawn once a frame.
  useEffect(() => {
    const frame = requestAnimationFrame(() => plot.current?.setData(tableOf(curves)));
    return () => cancelAnimationFrame(frame);
  }, [curves]);

  useEffect(() => plot.current?.redraw(), [marked]);

  return (
    <figure class="chart" data-part={title}>
      <figcaption class="pen">{title}</figcaption>
      <div ref={home} style={{ height: `${height}px` }} aria-hidden="true" />
      <div class="hidden">
        <table>
          <caption>
            {title}, by {xName}
          </caption>
          <tbody>
            {curves.map(({ name, x, y }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {milestones(x.length).map((k) => (
                  <td key={k}>
                    {xName} {x[k]!.toLocaleString('en-US', { maximumFractionDigits: 2 })}: {format(y[k]!)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

/** All curves over the union of their x values, as uPlot takes them. */
function tableOf(curves: readonly Curve[]): uPlot.AlignedData {
  if (curves.length === 0) return [[]];
  return uPlot.join(curves.map(({ x, y }) => [[...x], [...y]]));
}

function rangeOf(
  least: number | null,
  most: number | null,
  [from, to]: readonly [number | undefined, number | undefined] = [undefined, undefined],
): [number, number] {
  const [low, high] = [from ?? least ?? 0, to ?? most ?? 1];
  const room = 0.05 * (high - low || 1);
  // A curve that runs along an end of the axis keeps clear of the edge.
  const edge = 0.3 * room;
  return [from === undefined ? low - room : from - edge, to === undefined ? high + room : to + edge];
}

/** The ends of a logarithmic axis: no curve runs along them. */
function logRangeOf(least: number | null, most: number | null): [number, number] {
  const ROOM = 1.2;
  const [low, high] = [least ?? 0.1, most ?? 1];
  return low > 0 ? [low / ROOM, high * ROOM] : [1e-3, Math.max(1, high * ROOM)];
}

/** A line at an x. */
function drawMark(plot: uPlot, at: number | undefined, color: string): void {
  if (at === undefined) return;
  const { ctx, bbox } = plot;
  const x = plot.valToPos(at, 'x', true);
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}

const ruler = document.createElement('canvas').getContext('2d')!;

/** The space for the longest number beside an axis, in CSS pixels: at least that of `100%`. */
function roomForNumbers(numbers: readonly string[] | null, font: string): number {
  const MIN = 50;
  const BESIDE = 14;
  ruler.font = font;
  return Math.max(MIN, ...(numbers ?? []).map((text) => Math.ceil(ruler.measureText(text).width) + BESIDE));
}

/** The space for the longest name at the end of a curve, in CSS pixels. */
function roomForNames(curves: readonly Curve[], font: string): number {
  ruler.font = nameFont(font, 1);
  const widths = curves.map(({ name }) => ruler.measureText(name).width);
  return Math.ceil(BEFORE_NAME + Math.max(0, ...widths) + AFTER_NAME);
}

function nameFont(font: string, ratio: number): string {
  return font.replace('13px', `${NAME_SIZE * ratio}px`);
}

/** Writes the names at the ends of the curves, moved apart where they would overlap. */
function writeNames(
  plot: uPlot,
  curves: readonly Curve[],
  color: (name: string) => string,
  font: string,
): void {
  const ratio = devicePixelRatio;
  const ends = curves
    .flatMap(({ name, color: of, x, y }) => {
      const last = x.length - 1;
      if (last < 0) return [];
      return [{ name, of, x: plot.valToPos(x[last]!, 'x', true), y: plot.valToPos(y[last]!, 'y', true) }];
    })
    .sort((a, b) => a.y - b.y);
  for (const [k, end] of ends.entries()) {
    if (k > 0) end.y = Math.max(end.y, ends[k - 1]!.y + LINE * ratio);
  }
  const { ctx } = plot;
  ctx.save();
  ctx.font = nameFont(font, ratio);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  for (const { name, of, x, y } of ends) {
    ctx.fillStyle = color(of);
    ctx.fillText(name, x + BEFORE_NAME * ratio, y);
  }
  ctx.restore();
}

/** The indices of a few points of a curve, from its first to its last. */
function milestones(length: number): number[] {
  if (length === 0) return [];
  return [...new Set([0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(share * (length - 1))))];
}
