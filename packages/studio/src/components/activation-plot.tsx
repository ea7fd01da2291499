import type { Iteration } from '../computations/cycle.js';
import { largest } from '../theme/colors.js';
import './activation-plot.css';

const [WIDTH, HEIGHT] = [300, 130];
const EDGE = 8;
/** Points of the curve. */
const POINTS = 80;

/** The activation function of a hidden layer, with a dot for each of its units. */
export function ActivationPlot({
  iteration,
  layer,
  row,
  column,
}: {
  readonly iteration: Iteration;
  readonly layer: number;
  /** The unit that is asked for. */
  readonly row: number;
  /** The example. */
  readonly column: number;
}) {
  const { g } = iteration.network.layers[layer - 1]!;
  const { rows, cols, data } = iteration.computed.Z[layer - 1]!;
  const sums = Array.from({ length: rows }, (_, i) => data[i * cols + column]!);
  const most = largest(sums) || 1;
  const values = Array.from({ length: POINTS + 1 }, (_, k) => most * ((2 * k) / POINTS - 1));
  const heights = values.map((z) => g.f(z));
  const [low, high] = [Math.min(0, ...heights), Math.max(...heights, 1e-9)];
  const x = (z: number) => EDGE + ((z / most + 1) / 2) * (WIDTH - 2 * EDGE);
  const y = (a: number) => HEIGHT - 14 - ((a - low) / (high - low)) * (HEIGHT - 14 - 2 * EDGE);
  const curve = values.map(
    (z, k) => `${k === 0 ? 'M' : 'L'} ${x(z).toFixed(1)} ${y(heights[k]!).toFixed(1)}`,
  );
  const on = sums.filter((z) => z > 0).length;
  return (
    <svg
      class="activation-plot"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`${g.label}: ${on} of the ${rows} units have a positive sum`}
    >
      <path class="axis" d={`M 0 ${y(0)} H ${WIDTH} M ${x(0)} 0 V ${HEIGHT - 10}`} />
      <path class="curve" d={curve.join(' ')} />
      {sums.map((z, unit) => (
        <circle
          key={unit}
          class={`${z > 0 ? 'on' : 'off'} ${unit === row ? 'asked' : ''}`}
          cx={x(z)}
          cy={y(g.f(z))}
          r={unit === row ? 6 : 3.5}
        />
      ))}
      <text x={WIDTH - 2} y={HEIGHT - 1} text-anchor="end">
        z
      </text>
      <text x={x(0) - 12} y={12}>
        a
      </text>
    </svg>
  );
}
