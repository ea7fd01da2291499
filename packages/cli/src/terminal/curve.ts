import type { Axis } from './axis.js';
import { padTo, painter, type Style } from './paint.js';
import type { Terminal } from './terminal.js';

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
  readonly style: Style;
  /**
   * A line through all points, or a dot every few columns: then both of two equal curves are
   * visible.
   */
  readonly mark: 'line' | 'dots';
}

export interface Chart {
  readonly title: string;
  readonly series: readonly Series[];
  readonly x: Axis;
  readonly xName: string;
  readonly y: Axis;
  readonly xLabel: (value: number) => string;
  readonly yLabel: (value: number) => string;
  /** Columns of the whole chart, and rows of the plot alone. */
  readonly width: number;
  readonly height: number;
}

/** The dots of a Braille character by column and row: U+2800 plus these bits. */
const BRAILLE = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;
const DOT_COLUMNS = 6;

/** Curves of Braille dots (2 × 4 per character) with axes; asterisks if there is no Unicode. */
export function drawChart(chart: Chart, terminal: Pick<Terminal, 'colors' | 'unicode'>): string[] {
  const { title, series, y, yLabel, width, height } = chart;
  const paint = painter(terminal);
  const labels = new Map(
    y.ticks.map((tick) => [height - 1 - Math.round(y.place(tick) * (height - 1)), yLabel(tick)]),
  );
  const margin = Math.max(...[...labels.values()].map((label) => label.length)) + 1;
  const plotWidth = width - margin - 1;
  const cells = series.map((one) => plot(one, chart, plotWidth, terminal.unicode));
  const [tickMark, line, corner, floor] = terminal.unicode ? ['┤', '│', '└', '─'] : ['+', '|', '+', '-'];

  const legend = series
    .map(({ name, style, mark }) => paint(style, `${lineMark(mark, terminal.unicode)} ${name}`))
    .join('  ');
  const rows = Array.from({ length: height }, (_, row) => {
    const label = labels.get(row);
    const body = Array.from({ length: plotWidth }, (_, column) => {
      const drawn = cells.findLastIndex((cell) => cell[row]![column] !== ' ');
      return drawn < 0 ? ' ' : paint(series[drawn]!.style, cells[drawn]![row]![column]!);
    }).join('');
    return `${paint('dim', `${(label ?? '').padStart(margin - 1)} ${label ? tickMark : line}`)}${body.trimEnd()}`;
  });
  return [
    `${' '.repeat(margin)}${padTo(paint('bold', title), Math.max(0, plotWidth - legendWidth(series)))} ${legend}`.trimEnd(),
    ...rows,
    paint('dim', `${' '.repeat(margin)}${corner}${floor.repeat(plotWidth)}`),
    paint('dim', xLine(chart, margin, plotWidth)),
  ];
}

function lineMark(mark: Series['mark'], unicode: boolean): string {
  if (mark === 'dots') return unicode ? '●' : 'o';
  return unicode ? '━' : '*';
}

function legendWidth(series: readonly Series[]): number {
  return series.reduce((sum, { name }) => sum + name.length + 4, 0) - 2;
}

/** The labels below the plot, as many as fit, and the name of the axis. */
function xLine({ x, xLabel, xName }: Chart, margin: number, plotWidth: number): string {
  const line = [...' '.repeat(margin + 1 + plotWidth)];
  let free = margin + 1;
  for (const tick of x.ticks) {
    const text = xLabel(tick);
    const middle = margin + 1 + Math.round(x.place(tick) * (plotWidth - 1));
    const at = Math.min(
      Math.max(margin + 1, middle - Math.floor(text.length / 2)),
      line.length - text.length,
    );
    if (at < free) continue;
    line.splice(at, text.length, ...text);
    free = at + text.length + 2;
  }
  const name = ` ${xName} `;
  for (let at = margin + 2; at + name.length < line.length; at++) {
    const centered = Math.abs(at + name.length / 2 - (margin + 1 + plotWidth / 2)) < plotWidth / 3;
    if (centered && line.slice(at, at + name.length).every((character) => character === ' ')) {
      line.splice(at, name.length, ...name);
      break;
    }
  }
  return line.join('').trimEnd();
}

/** The characters of one series, row by row from the top. */
function plot(
  { points, mark }: Series,
  { x, y, height }: Chart,
  width: number,
  unicode: boolean,
): string[][] {
  const [across, down] = mark === 'line' && unicode ? [2, 4] : [1, 1];
  const columns = meanByColumn(points, x, width * across);
  const toRow = (value: number) =>
    Math.round((1 - Math.min(1, Math.max(0, y.place(value)))) * (height * down - 1));
  const bits = Array.from({ length: height }, () => new Array<number>(width).fill(0));
  let previous: { column: number; row: number } | undefined;
  let lastDot = Number.NEGATIVE_INFINITY;
  for (const [column, value] of columns) {
    const row = toRow(value);
    if (mark === 'dots') {
      if (column - lastDot < DOT_COLUMNS) continue;
      lastDot = column;
      bits[row]![column] = 1;
      continue;
    }
    for (const [c, r] of segment(previous ?? { column, row }, { column, row })) {
      bits[Math.floor(r / down)]![Math.floor(c / across)]! |= unicode
        ? BRAILLE[(c % 2) as 0 | 1]![r % 4]!
        : 1;
    }
    previous = { column, row };
  }
  return bits.map((row) => row.map((bit) => character(bit, mark, unicode)));
}

function character(bit: number, mark: Series['mark'], unicode: boolean): string {
  if (bit === 0) return ' ';
  if (mark === 'dots' || !unicode) return lineMark(mark, unicode);
  return String.fromCodePoint(0x2800 + bit);
}

/** The mean of the values in each column, from the left. */
function meanByColumn(points: readonly Point[], x: Axis, columns: number): Map<number, number> {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const point of points) {
    const column = Math.round(Math.min(1, Math.max(0, x.place(point.x))) * (columns - 1));
    const { sum, count } = sums.get(column) ?? { sum: 0, count: 0 };
    sums.set(column, { sum: sum + point.y, count: count + 1 });
  }
  return new Map(
    [...sums].sort(([a], [b]) => a - b).map(([column, { sum, count }]) => [column, sum / count]),
  );
}

/** Every dot between two points, so that a steep curve has no gaps. */
function* segment(
  from: { column: number; row: number },
  to: { column: number; row: number },
): Generator<[number, number]> {
  const steps = Math.max(to.column - from.column, Math.abs(to.row - from.row), 1);
  for (let step = 0; step <= steps; step++) {
    yield [
      Math.round(from.column + ((to.column - from.column) * step) / steps),
      Math.round(from.row + ((to.row - from.row) * step) / steps),
    ];
  }
}
