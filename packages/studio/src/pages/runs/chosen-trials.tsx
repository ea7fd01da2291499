import { formatNumber } from '@longhand/core/explain';
import { useMemo } from 'preact/hooks';
import { Chart, type Curve } from '../../components/chart.js';
import { notify, showError } from '../../state/notifications.js';
import type { Point } from '../../state/run-record.js';
import { percent } from '../../text.js';
import { chooseBest, chosen, collection, hasPicked, toggle } from './choice.js';
import { settingHead, settingValueText } from './plot-axis.js';
import { commandOf, trainHref } from './repeat-trial.js';
import type { Collection, Trial } from './trial.js';

/** The colors of the curves, in the order of the choice. */
const COLORS = ['--ink', '--red', '--blue', '--orange', '--violet', '--green'];
const CHART_HEIGHT = 240;

/** The curves of the chosen trials over each other, and what can be done with each. */
export function ChosenTrials() {
  const all = collection.value!;
  const trials = chosen.value;
  const [accuracy, loss] = useMemo(() => [curvesOf(trials, 'accuracy'), curvesOf(trials, 'loss')], [trials]);
  return (
    <section class="sheet chosen-part" aria-labelledby="chosen-title" data-part="curves">
      <div class="runs-head">
        <h2 id="chosen-title">
          {hasPicked.value ? `the ${all.noun}s that you chose` : `the best ${all.noun}s`}
        </h2>
        {hasPicked.value && (
          <button type="button" class="quiet" onClick={chooseBest}>
            Back to the best
          </button>
        )}
      </div>
      {trials.length === 0 ? (
        <p class="faint">Tick {all.noun}s in the table, or press their lines, to compare their curves.</p>
      ) : (
        <div class="chosen-all">
          <div class="chosen-charts">
            <Chart
              title="accuracy on dev"
              curves={accuracy}
              xName="epoch"
              range={[lateLow(accuracy), undefined]}
              format={(y) => percent(y, lateLow(accuracy) > 0.9 ? 1 : 0)}
              height={CHART_HEIGHT}
            />
            <Chart
              title="loss on dev"
              curves={loss}
              xName="epoch"
              range={[0, lateHigh(loss)]}
              format={(y) => formatNumber(y, 3)}
              height={CHART_HEIGHT}
            />
          </div>
          <ul class="chosen-list">
            {trials.map((trial, k) => (
              <Card key={trial.id} trial={trial} all={all} color={COLORS[k % COLORS.length]!} />
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Card({ trial, all, color }: { trial: Trial; all: Collection; color: string }) {
  const { label, given, dev } = trial;
  async function copy(): Promise<void> {
    const command = commandOf(trial, all);
    try {
      await navigator.clipboard.writeText(command);
      notify(`Copied: ${command}`);
    } catch {
      showError(`The browser did not allow copying. The command is ${command}`);
    }
  }
  return (
    <li>
      <span class="chosen-name" style={{ borderColor: `var(${color})` }}>
        <b>{label}</b> {dev && <span class="figures">{percent(dev.accuracy, 2)}</span>}
        <span class="faint figures">
          {' '}
          {all.axes
            .map(({ name }) => `${settingHead(name)} ${settingValueText(name, given[name])}`)
            .join(' · ')}
          {!trial.isWhole && '. It was not trained to its end; the command does that'}
        </span>
      </span>
      <span class="chosen-actions">
        <button
          type="button"
          aria-label={`Copy the command that repeats ${label}`}
          onClick={() => void copy()}
        >
          Copy the command
        </button>
        <a class="button" href={trainHref(trial)} aria-label={`Open Train with the settings of ${label}`}>
          To Train
        </a>
        <button
          type="button"
          class="quiet"
          aria-label={`Take ${label} out of the curves`}
          onClick={() => toggle(trial)}
        >
          ✕
        </button>
      </span>
    </li>
  );
}

function curvesOf(trials: readonly Trial[], what: 'loss' | 'accuracy'): Curve[] {
  return trials.map(({ label, watched }, k) => {
    const points = watched.filter((point: Point) => Number.isFinite(point[what]));
    return {
      name: label,
      color: COLORS[k % COLORS.length]!,
      dashed: k >= 3,
      x: points.map(({ epoch }) => epoch),
      y: points.map((point) => point[what]),
    };
  });
}

/** The beginning, where every network learns fast, does not decide the y axis: so much of a curve is left out. */
const BEGINNING = 0.2;

function lateValues(curves: readonly Curve[]): number[] {
  return curves.flatMap(({ y }) => y.slice(Math.floor(BEGINNING * y.length)));
}

function lateLow(curves: readonly Curve[]): number {
  return Math.min(1, ...lateValues(curves));
}

function lateHigh(curves: readonly Curve[]): number | undefined {
  const values = lateValues(curves);
  return values.length > 0 ? Math.max(...values) : undefined;
}
