import { DataError } from '../errors.js';
import { lineFrom, type Shown, shown, textAt } from './svg.js';

const [WIDTH, HEIGHT] = [520, 240];
const [LEFT, RIGHT, TOP, BOTTOM] = [56, 110, 14, 34];
const COLORS = ['#1f4e9c', '#c8322b', '#2c7a46', '#8a5a00', '#6d28a8'];
/** About so many labels on an axis. */
const TICKS = 5;

/** What `showCurves` takes of a training step. */
export interface CurvePoint {
  /** The number of updates. */
  readonly iteration: number;
  /** Mean cross-entropy, in nats. */
  readonly loss: number;
  /** 0–1. */
  readonly accuracy: number;
  /** The dev examples, measured with the same parameters. */
  readonly dev?: { readonly loss: number; readonly accuracy: number };
}

/**
 * Curves over the iterations of a run: the loss (or the accuracy) on the training batch and, where
 * it was measured, on dev.
 *
 * @param steps as iterating over a run gives them
 * @throws DataError when there are fewer than two steps
 */
export function showCurves(
  steps: readonly CurvePoint[],
  { what = 'loss' }: { what?: 'loss' | 'accuracy' } = {},
): Shown {
  if (steps.length < 2) throw new DataError(`expected at least two steps, found ${steps.length}`);
  const curves = [
    { name: 'training', points: steps.map((step): Point => [step.iteration, step[what]]) },
    {
      name: 'dev',
      points: steps.flatMap(({ iteration, dev }): Point[] => (dev ? [[iteration, dev[what]]] : [])),
    },
  ].filter(({ points }) => points.length > 0);
  const all = curves.flatMap(({ points }) => points).filter(([, value]) => Number.isFinite(value));
  const [first, last] = [steps[0]!.iteration, steps.at(-1)!.iteration];
  const values = all.map(([, value]) => value);
  const ticks = ticksOf(what === 'accuracy' ? Math.min(...values) : 0, Math.max(...values));
  const [low, high] = [ticks[0]!, ticks.at(-1)!];
  const x = (iteration: number) =>
    LEFT + ((iteration - first) / Math.max(1, last - first)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => HEIGHT - BOTTOM - ((value - low) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const parts: string[] = [];
  for (const value of ticks) {
    const label = what === 'accuracy' ? `${Number((100 * value).toPrecision(6))}%` : `${value}`;
    parts.push(lineFrom(LEFT, y(value), WIDTH - RIGHT, y(value), '#d9dee8'));
    parts.push(textAt(LEFT - 6, y(value) + 4, label, 'end'));
  }
  for (const iteration of ticksOf(first, last)) {
    if (iteration < first || iteration > last) continue;
    parts.push(textAt(x(iteration), HEIGHT - BOTTOM + 16, `${iteration}`, 'middle'));
  }
  parts.push(textAt((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 4, 'iteration', 'middle'));
  for (const [k, { name, points }] of curves.entries()) {
    const color = COLORS[k % COLORS.length]!;
    const path = points
      .filter(([, value]) => Number.isFinite(value))
      .map(([iteration, value]) => `${x(iteration).toFixed(1)},${y(value).toFixed(1)}`);
    parts.push(`<polyline points="${path.join(' ')}" fill="none" stroke="${color}" stroke-width="2"/>`);
    const legend = TOP + 10 + 18 * k;
    parts.push(lineFrom(WIDTH - RIGHT + 12, legend - 4, WIDTH - RIGHT + 32, legend - 4, color, 2));
    parts.push(textAt(WIDTH - RIGHT + 38, legend, name));
  }
  const unit = what === 'loss' ? 'loss in nats' : 'accuracy';
  return shown(`${unit} over ${last} iterations`, WIDTH, HEIGHT, parts);
}

type Point = readonly [iteration: number, value: number];

/** Round numbers from at or below `low` to at or above `high`. */
function ticksOf(low: number, high: number): number[] {
  const rough = (high - low || Math.abs(high) || 1) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough)!;
  const [from, to] = [Math.floor(low / step), Math.ceil(high / step)];
  return Array.from({ length: to - from + 1 }, (_, k) => Number(((from + k) * step).toPrecision(12)));
}
