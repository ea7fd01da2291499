import { useRef } from 'preact/hooks';
import { dark } from '../../state/theme.js';
import { amount } from '../../text.js';
import { accuracyColor } from './accuracy-color.js';
import { axes, chosen, collection, drawnPlace, filtered, placeOn, pointed } from './choice.js';
import type { PlotAxis } from './plot-axis.js';
import type { Trial } from './trial.js';
import { usePointing } from './use-pointing.js';

/** The size of a drawing, in its own units. */
const [WIDTH, HEIGHT] = [260, 180];
/** Room at its sides. */
const [LEFT, RIGHT, TOP, BOTTOM] = [44, 12, 10, 26];
const MAX_DOTS = 1000;

/** Each setting against the accuracy on dev: a dot for each trial. */
export function SettingDots() {
  const home = useRef<HTMLDivElement>(null);
  usePointing(home);
  const { settings, dev } = axes.value;
  const { noun = 'trial' } = collection.value ?? {};
  return (
    <section class="sheet dots" aria-labelledby="dots-title" data-part="dots">
      <h2 id="dots-title">each setting against dev accuracy</h2>
      <p class="faint runs-hint">A dot is a {noun}: the higher, the better. The same axis everywhere.</p>
      <div ref={home} class="dots-grid">
        {settings.map((axis) => (
          <Dots key={axis.name} axis={axis} dev={dev} />
        ))}
      </div>
    </section>
  );
}

const across = (place: number) => LEFT + place * (WIDTH - LEFT - RIGHT);
const up = (place: number) => TOP + (1 - place) * (HEIGHT - TOP - BOTTOM);

function Dots({ axis, dev }: { axis: PlotAxis; dev: PlotAxis }) {
  const isDark = dark.value;
  const all = collection.value!;
  const passing = new Set(filtered.value.map(({ id }) => id));
  const selected = new Set(chosen.value.map(({ id }) => id));
  const dots = all.trials
    .filter((trial) => trial.dev)
    .slice(0, MAX_DOTS)
    .flatMap((trial, k) => {
      const [x, y] = [drawnPlace(axis, trial, k), placeOn(dev, trial)];
      if (x === undefined || y === undefined) return [];
      return [{ trial, x: across(x), y: up(y), color: accuracyColor(y, isDark) }];
    })
    .reverse();
  return (
    <figure>
      <figcaption class="pen">{axis.label}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={summary(axis, all.trials)}>
        {dev.ticks.map(({ at, text }) => (
          <g key={text} class="grid">
            <line x1={LEFT} x2={WIDTH - RIGHT} y1={up(at)} y2={up(at)} />
            <text class="tick figures" x={LEFT - 6} y={up(at) + 4} text-anchor="end">
              {text}
            </text>
          </g>
        ))}
        {axis.ticks.map(({ at, text }) => (
          <text key={text} class="tick figures" x={across(at)} y={HEIGHT - 8} text-anchor="middle">
            {text}
          </text>
        ))}
        {dots.map(({ trial, x, y, color }) => (
          <circle
            key={trial.id}
            class={`dot ${passing.has(trial.id) ? '' : 'out'} ${selected.has(trial.id) ? 'chosen' : ''} ${pointed.value === trial.id ? 'pointed' : ''}`}
            cx={x}
            cy={y}
            r={4.2}
            style={`--trial: ${color}`}
            data-trial={trial.id}
          />
        ))}
      </svg>
    </figure>
  );
}

/** The drawing in numbers: the mean of each choice, or of each third of a range. */
function summary(axis: PlotAxis, trials: readonly Trial[]): string {
  const measured = trials.filter((trial) => trial.dev);
  const parts = axis.isChoice
    ? axis.ticks.map(({ at, text }) => ({ text, from: at - 1e-6, to: at + 1e-6 }))
    : [0, 1, 2].map((k) => ({
        text: `${axis.textAt(k / 3)} to ${axis.textAt((k + 1) / 3)}`,
        from: k / 3,
        to: k === 2 ? 1 : (k + 1) / 3 - 1e-9,
      }));
  const words = parts.map(({ text, from, to }) => {
    const inside = measured.filter((trial) => {
      const place = placeOn(axis, trial);
      return place !== undefined && place >= from && place <= to;
    });
    if (inside.length === 0) return `${text}: none`;
    const sum = inside.reduce((total, { dev }) => total + dev!.accuracy, 0);
    return `${text}: ${amount(inside.length, 'dot')}, mean ${((100 * sum) / inside.length).toFixed(1)}%`;
  });
  return `${axis.label} against dev accuracy. ${words.join('; ')}`;
}
