import type { Step } from '@longhand/core';
import { count, percent } from '@longhand/core/text';
import { type Axis, linearAxis, logAxis } from '../terminal/axis.js';
import { type Chart, drawChart, type Series } from '../terminal/curve.js';
import { sideBySide } from '../terminal/side-by-side.js';
import type { Terminal } from '../terminal/terminal.js';

/** Ten steps between the rows, so that each 20% of accuracy falls on a row. */
const ROWS = 11;
const NARROWEST_PAIR = 96;
const WIDEST = 150;
const GAP = 3;

/** Loss and accuracy over the iterations, side by side if there is room. */
export function drawRunCurves(steps: readonly Step[], terminal: Terminal): string[] {
  const room = Math.min(terminal.width - 1, WIDEST);
  const width = room >= NARROWEST_PAIR ? Math.floor((room - GAP) / 2) : Math.min(room, 78);
  const x = wholeRun(Math.max(...steps.map((step) => step.iteration)));
  const losses = seriesOf(steps, (measure) => measure.loss);
  const values = losses.flatMap(({ points }) => points.map(({ y }) => y));
  const common = { x, xName: 'iterations', xLabel: count, width, height: ROWS };
  const loss: Chart = {
    ...common,
    title: 'loss (nats)',
    series: losses,
    y: logAxis(Math.min(...values), Math.max(...values), Math.ceil(ROWS / 2)),
    yLabel: (value) => String(value),
  };
  const accuracy: Chart = {
    ...common,
    title: 'accuracy',
    series: seriesOf(steps, (measure) => measure.accuracy),
    y: linearAxis(0, 1, 6),
    yLabel: (value) => percent(value, 0),
  };
  return sideBySide([drawChart(loss, terminal), drawChart(accuracy, terminal)], { width: room, gap: GAP });
}

/** Labels at the start, in the middle and at the end. */
function wholeRun(iterations: number): Axis {
  const end = Math.max(1, iterations);
  return { place: (iteration) => iteration / end, ticks: [...new Set([0, Math.round(end / 2), end])] };
}

function seriesOf(
  steps: readonly Step[],
  value: (measure: { loss: number; accuracy: number }) => number,
): Series[] {
  const train: Series = {
    name: 'train',
    style: 'cyan',
    mark: 'line',
    points: steps.map((step) => ({ x: step.iteration, y: value(step) })),
  };
  const evaluated = steps.filter((step) => step.dev);
  if (evaluated.length === 0) return [train];
  const points = evaluated.map((step) => ({ x: step.iteration, y: value(step.dev!) }));
  return [train, { name: 'dev', style: 'yellow', mark: 'dots', points }];
}
