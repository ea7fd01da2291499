import { useLayoutEffect, useRef } from 'preact/hooks';
import { dark } from '../state/theme.js';
import { type Hue, largest } from '../theme/colors.js';
import { picturesOf } from './entry-layout.js';
import { paintMatrix } from './paint.js';
import './weight-grid.css';

/** The largest number of units that are drawn. */
export const MAX_UNITS_SHOWN = 64;

interface WeightGridProps {
  /** Row by row, one unit a row: n × (width · height). */
  readonly weights: ArrayLike<number>;
  readonly units: number;
  readonly width: number;
  readonly height: number;
  /** Pictures in a line. */
  readonly across: number;
  readonly label: string;
  readonly hue?: Hue;
}

/**
 * The weights of hidden units as a grid of pictures. Full color is the largest weight of all units.
 */
export function WeightGrid({ weights, units, width, height, across, label, hue = 'value' }: WeightGridProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const isDark = dark.value;
  const shown = Math.min(units, MAX_UNITS_SHOWN);
  useLayoutEffect(() => {
    const values = { rows: shown, cols: width * height, data: weights };
    const sheet = picturesOf('row', shown, { width, height, across });
    paintMatrix(canvas.current!, values, sheet, hue, largest(weights), isDark);
  }, [weights, shown, width, height, across, hue, isDark]);
  return <canvas ref={canvas} class="weight-grid" role="img" aria-label={label} />;
}
