import type { Point } from '../computations/experiment.js';
import type { Axis } from './axis.js';
import './curve.css';

interface CurveProps {
  /** The heading of the panel. */
  readonly title: string;
  readonly points: readonly Point[];
  /** The other side's points, drawn faintly for comparison. */
  readonly others?: readonly Point[];
  readonly value: (point: Point) => number;
  readonly axis: Axis;
  /** The end of the x axis. */
  readonly iterations: number;
  /** The last value, written above the panel. */
  readonly figure: string;
}

/** A curve over the iterations, on squared paper. For screen readers, its side has a table. */
export function Curve({ title, points, others, value, axis, iterations, figure }: CurveProps) {
  const last = points.at(-1);
  const height = last ? axis.place(value(last)) : Number.NaN;
  return (
    <figure class="curve">
      <figcaption>
        <span class="pen">{title}</span> <span class="figures">{figure}</span>
      </figcaption>
      <div class="curve-plot" aria-hidden="true">
        {axis.ticks.map(({ at, text }) => (
          <span key={text} class="curve-tick" style={{ bottom: `${100 * at}%` }}>
            {text}
          </span>
        ))}
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {axis.ticks.map(({ at, text }) => (
            <line key={text} class="curve-rule" x1="0" x2="100" y1={100 - 100 * at} y2={100 - 100 * at} />
          ))}
          {others && <path class="curve-other" d={pathOf(others)} />}
          <path class="curve-line" d={pathOf(points)} />
        </svg>
        {last && Number.isFinite(height) && (
          <span
            class="curve-end"
            style={{ left: `${(100 * last.iteration) / iterations}%`, bottom: `${100 * clamp(height)}%` }}
          />
        )}
        <span class="curve-from">0</span>
        <span class="curve-to">{iterations} iterations</span>
      </div>
    </figure>
  );

  function pathOf(drawn: readonly Point[]): string {
    let isOn = false;
    let path = '';
    for (const point of drawn) {
      const y = axis.place(value(point));
      if (Number.isFinite(y)) {
        const x = (100 * point.iteration) / iterations;
        path += `${isOn ? 'L' : 'M'}${x.toFixed(2)} ${(100 - 100 * clamp(y)).toFixed(2)}`;
      }
      isOn = Number.isFinite(y);
    }
    return path;
  }
}

function clamp(share: number): number {
  return Math.max(0, Math.min(1, share));
}
