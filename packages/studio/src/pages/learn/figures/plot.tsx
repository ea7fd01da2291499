import { useId } from 'preact/hooks';
import { fixed } from '../../../number-text.js';
import './plot.css';

interface PlotCurve {
  readonly points: readonly (readonly [x: number, y: number])[];
  /** How it is drawn. Default `ink`. */
  readonly look?: 'ink' | 'faint' | 'slope' | 'trail';
}

interface PlotProps {
  /** What a screen reader says, with the numbers. */
  readonly label: string;
  readonly x: readonly [least: number, most: number];
  readonly y: readonly [least: number, most: number];
  readonly xName: string;
  readonly yName: string;
  readonly curves: readonly PlotCurve[];
  /** The place that is looked at. */
  readonly dot?: readonly [x: number, y: number] | undefined;
  readonly decimals?: number;
}

const [WIDTH, HEIGHT] = [400, 250];
const [LEFT, RIGHT, TOP, BOTTOM] = [46, 12, 30, 42];

/** Curves of y over x, on squared paper. */
export function Plot({ label, x, y, xName, yName, curves, dot, decimals = 1 }: PlotProps) {
  const across = (value: number) => LEFT + ((value - x[0]) / (x[1] - x[0])) * (WIDTH - LEFT - RIGHT);
  const up = (value: number) => {
    const share = Math.max(-0.05, Math.min(1.05, (value - y[0]) / (y[1] - y[0])));
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  };
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  const clip = useId();
  return (
    <svg class="plot figures" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {ticks.map((share) => {
        const [at, height] = [x[0] + share * (x[1] - x[0]), y[0] + share * (y[1] - y[0])];
        return (
          <g key={share}>
            <path
              class="rule"
              d={`M ${LEFT} ${up(height)} H ${WIDTH - RIGHT} M ${across(at)} ${TOP} V ${HEIGHT - BOTTOM}`}
            />
            <text x={LEFT - 6} y={up(height) + 4} text-anchor="end">
              {fixed(height, decimals)}
            </text>
            <text x={across(at)} y={HEIGHT - BOTTOM + 16} text-anchor="middle">
              {fixed(at, decimals)}
            </text>
          </g>
        );
      })}
      <text class="name" x={LEFT} y={14}>
        {yName}
      </text>
      <text class="name" x={WIDTH - RIGHT} y={HEIGHT - 6} text-anchor="end">
        {xName}
      </text>
      <clipPath id={clip}>
        <rect x={LEFT} y={TOP - 8} width={WIDTH - LEFT - RIGHT} height={HEIGHT - TOP - BOTTOM + 16} />
      </clipPath>
      {curves.map(({ points, look = 'ink' }, k) => (
        <path
          key={k}
          class={look}
          clip-path={`url(#${clip})`}
          d={points
            .filter(([, height]) => Number.isFinite(height))
            .map(
              ([at, height], n) => `${n === 0 ? 'M' : 'L'} ${across(at).toFixed(1)} ${up(height).toFixed(1)}`,
            )
            .join(' ')}
        />
      ))}
      {dot && dot[0] >= x[0] && dot[0] <= x[1] && <circle cx={across(dot[0])} cy={up(dot[1])} r={6} />}
    </svg>
  );
}
