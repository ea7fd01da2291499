import { dark } from '../../state/theme.js';
import { accuracyGradient } from './accuracy-color.js';
import { apart, type PlotAxis } from './plot-axis.js';

/** Of the numbers below the colors. */
const LEAST_GAP = 0.2;

/** Which color stands for which accuracy on dev. */
export function AccuracyLegend({ axis }: { axis: PlotAxis }) {
  return (
    <figure class="accuracy-legend" aria-label={`Colors: from ${axis.textAt(0)} to ${axis.textAt(1)} on dev`}>
      <figcaption class="pen faint">dev accuracy</figcaption>
      <span class="legend-scale" aria-hidden="true">
        <span class="legend-colors" style={{ background: accuracyGradient(dark.value) }} />
        {apart(axis.ticks, LEAST_GAP).map(({ at, text }) => (
          <span key={text} class="legend-tick figures" style={{ left: `${100 * at}%` }}>
            {text}
          </span>
        ))}
      </span>
    </figure>
  );
}
