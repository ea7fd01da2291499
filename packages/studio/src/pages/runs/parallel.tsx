import { useMemo, useRef } from 'preact/hooks';
import { dark } from '../../state/theme.js';
import { amount, count } from '../../text.js';
import { accuracyColor } from './accuracy-color.js';
import { AccuracyLegend } from './accuracy-legend.js';
import { AxisBrush } from './axis-brush.js';
import { axes, chosen, collection, drawnPlace, filtered, placeOn, pointed } from './choice.js';
import { lineThrough, parallelLayout } from './parallel-layout.js';
import type { PlotAxis } from './plot-axis.js';
import type { Trial } from './trial.js';
import { usePointing } from './use-pointing.js';
import { useWidth } from './use-width.js';

/** More lines than this hide each other, and slow the page down. */
const MAX_LINES = 1000;

/** Every trial as a line across its settings, to its accuracy on dev. Each axis can be narrowed. */
export function ParallelCoordinates() {
  const home = useRef<HTMLDivElement>(null);
  const width = useWidth(home);
  usePointing(home);
  const { settings, dev } = axes.value;
  const all: readonly PlotAxis[] = [...settings, dev];
  const layout = parallelLayout(width, all.length);
  const { trials = [], noun = 'trial' } = collection.value ?? {};
  const left = filtered.value;
  const measured = trials.filter((trial) => trial.dev);
  const drawn = measured.slice(0, MAX_LINES);
  const best = left.find((trial) => trial.dev);
  return (
    <section class="sheet parallel" aria-labelledby="parallel-title" data-part="parallel">
      <div class="runs-head">
        <h2 id="parallel-title">every {noun} is a line</h2>
        <AccuracyLegend axis={dev} />
      </div>
      <p class="faint runs-hint">
        A line shows the settings of a {noun} and where they led: to its accuracy on dev. Drag along an axis
        to keep only the lines that pass there; press a line to see its curve.
        {dev.isStretched &&
          ' On the axis of dev accuracy, equal distances stand for the same factor of the error.'}
      </p>
      <p class="hidden">{wordsOf(measured, left, all, noun)}</p>
      <div ref={home} class="parallel-home">
        {width > 0 && (
          // biome-ignore lint/a11y/noSvgWithoutTitle: the paragraph before it says what it shows, and its axes have names
          <svg width={layout.width} height={layout.height} viewBox={`0 0 ${layout.width} ${layout.height}`}>
            <Lines {...{ drawn, all, width }} />
            {all.map((axis, k) => (
              <AxisBrush key={axis.name} axis={axis} index={k} count={all.length} layout={layout} />
            ))}
          </svg>
        )}
      </div>
      <p class="parallel-told" aria-live="polite">
        <b>
          {count(left.filter((trial) => trial.dev).length)} of {amount(measured.length, noun)}
        </b>{' '}
        pass{best ? `, the best with ${(100 * best.dev!.accuracy).toFixed(2)}%` : ''}.{' '}
        {measured.length > MAX_LINES && `The ${count(MAX_LINES)} best are drawn. `}
        <Pointed all={all} />
      </p>
    </section>
  );
}

function Lines({ drawn, all, width }: { drawn: readonly Trial[]; all: readonly PlotAxis[]; width: number }) {
  const isDark = dark.value;
  const layout = parallelLayout(width, all.length);
  const last = all.length - 1;
  const lines = useMemo(
    () =>
      drawn
        .map((trial, rank) => {
          const places = all.map((axis) => drawnPlace(axis, trial, rank));
          // A value that an axis does not know leaves a gap in the line: it goes on at the next axis.
          const points = places.flatMap((place, k) => (place === undefined ? [] : [layout.point(k, place)]));
          const [x, y] = points.at(-1) ?? [0, 0];
          return {
            trial,
            x,
            y,
            path: lineThrough(points, layout.isUpright),
            color: accuracyColor(places[last]!, isDark),
          };
        })
        // The best are drawn last, above the others.
        .reverse(),
    [drawn, all, width, isDark],
  );
  const passing = new Set(filtered.value.map(({ id }) => id));
  const selected = chosen.value.map(({ id }) => id);
  const now = pointed.value;
  return (
    <g>
      {lines.map(({ trial, path, color }) => (
        <g
          key={trial.id}
          class={`trial-line ${passing.has(trial.id) ? '' : 'out'} ${selected.includes(trial.id) ? 'chosen' : ''} ${now === trial.id ? 'pointed' : ''}`}
          data-trial={trial.id}
          style={`--trial: ${color}`}
        >
          <path class="under" d={path} />
          <path class="seen" d={path} />
        </g>
      ))}
    </g>
  );
}

/** The trial under the mouse, with its settings. */
function Pointed({ all }: { all: readonly PlotAxis[] }) {
  const trial = collection.value?.trials.find(({ id }) => id === pointed.value);
  if (!trial) return null;
  const words = all.flatMap((axis) => {
    const place = placeOn(axis, trial);
    return place === undefined ? [] : [`${axis.label} ${axis.textAt(place)}`];
  });
  return (
    <span class="figures" aria-hidden="true">
      {trial.label}: {words.join(' · ')}
    </span>
  );
}

function wordsOf(
  measured: readonly Trial[],
  left: readonly Trial[],
  all: readonly PlotAxis[],
  noun: string,
): string {
  const names = all.map(({ label }) => label).join(', ');
  return `${amount(measured.length, noun)} as lines across the axes ${names}; ${count(left.length)} pass the filter. The table below has the same numbers.`;
}
