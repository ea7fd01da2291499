import { formatNumber } from '@longhand/core/explain';
import { completeSettings } from '@longhand/core/settings';
import { signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { Chart, type Curve } from '../../components/chart.js';
import { useShownValue } from '../../components/name-input.js';
import { frame, windowHeight } from '../../state/frame.js';
import type { Run } from '../../state/run.js';
import { epochsOf, lengthInEpochs } from '../../state/run-figures.js';
import type { Point } from '../../state/run-record.js';
import { shownSnapshot } from '../../state/run-weights.js';
import { current, runs } from '../../state/runs.js';
import { percent } from '../../text.js';

/**
 * Training examples of a run on MNIST. They give the axis its length before the digits are loaded.
 */
const MNIST_EXAMPLES = 59_000;
/**
 * Where the axis of the loss ends before a run: ten classes at random give ln 10, about 2.3 nats.
 */
const LOSS_BEFORE = 2.5;

/** Whether the axis of the loss is logarithmic. */
const isLogarithmic = signal(false);
/** The part of the curves that is shown; without one, all. */
const zoom = signal<readonly [number, number] | undefined>(undefined);

function zoomTo([from, to]: readonly [number, number]): void {
  if (from >= 0 && to > from) zoom.value = [from, to];
}

/** Colors of the other runs. */
const OTHERS = ['--blue', '--orange', '--violet', '--green', '--faint'];

/** Accuracy and loss of the current run, and of other runs that are shown beside it. */
export function Curves({ given, wrong }: { given: Run['given']; wrong: boolean }) {
  const shown = runs.value.filter((run) => run.shown.value || run === current.value);
  const growths = shown.map((run) => run.growth.value).join();
  const kinds = shown.map(({ id, title }) => `${id} ${title.value}`).join();
  const [loss, accuracy] = useMemo(
    () => [curvesOf(shown, 'loss'), curvesOf(shown, 'accuracy')],
    [growths, kinds, current.value],
  );
  // Over full batches an epoch is one iteration.
  const isFull = (settings: Run['settings']) => settings.batchSize === 'full';
  const inIterations = wrong
    ? true
    : shown.length > 0
      ? shown.every(({ settings }) => isFull(settings))
      : isFull(completeSettings(given));
  const height = chartHeight();
  const xName = inIterations ? 'iteration' : 'epoch';
  const ahead = wrong ? 1 : lengthInEpochs(completeSettings(given), MNIST_EXAMPLES);
  const until = Math.max(1, ...(shown.length > 0 ? shown.map(epochsOf) : [ahead]));
  const marked = current.value && shownSnapshot(current.value)?.epoch;
  return (
    <div class="curves">
      <Chart
        title="accuracy"
        curves={accuracy}
        xName={xName}
        format={(y) => percent(y, 0)}
        height={height}
        range={[undefined, 1]}
        until={until}
        zoom={zoom.value}
        onZoom={zoomTo}
        marked={marked}
      />
      <Chart
        title="loss"
        curves={loss}
        xName={xName}
        format={(y) => formatNumber(y, 3)}
        height={height}
        range={[0, shown.some(({ curves }) => curves.training.length > 0) ? undefined : LOSS_BEFORE]}
        until={until}
        isLog={isLogarithmic.value && shown.some(({ curves }) => curves.training.length > 0)}
        zoom={zoom.value}
        onZoom={zoomTo}
        marked={marked}
      />
      {shown.length > 0 && !frame.value && <CurveTools xName={xName} until={until} />}
    </div>
  );
}

/** What can be changed about the curves. Dragging over a chart shows that part of it, too. */
function CurveTools({ xName, until }: { xName: string; until: number }) {
  const [from, to] = zoom.value ?? [0, until];
  return (
    <div class="curve-tools">
      <label>
        <input
          type="checkbox"
          checked={isLogarithmic.value}
          onChange={({ currentTarget }) => {
            isLogarithmic.value = currentTarget.checked;
          }}
        />{' '}
        logarithmic loss
      </label>
      <EndInput name={`from ${xName}`} max={until} value={from} onValue={(typed) => zoomTo([typed, to])} />
      <EndInput
        name="to"
        max={until}
        value={to}
        onValue={(typed) => zoomTo([from, Math.min(typed, until)])}
      />
      <button
        type="button"
        class="quiet"
        disabled={!zoom.value}
        onClick={() => {
          zoom.value = undefined;
        }}
      >
        Show all
      </button>
    </div>
  );
}

interface EndInputProps {
  readonly name: string;
  readonly max: number;
  readonly value: number;
  /** Takes the number that was typed, or not: then the field shows its value again. */
  readonly onValue: (typed: number) => void;
}

/** Where the part of the curves that is shown begins or ends. */
function EndInput({ name, max, value, onValue }: EndInputProps) {
  const text = String(Number(value.toPrecision(4)));
  return (
    <label>
      {name}{' '}
      <input
        ref={useShownValue(text)}
        type="number"
        class="curve-end"
        min={0}
        max={max}
        step="any"
        onChange={({ currentTarget }) => {
          const typed = currentTarget.valueAsNumber;
          currentTarget.value = text;
          onValue(typed);
        }}
      />
    </label>
  );
}

/** A chart alone in a frame fills it, beside its title and the buttons. */
function chartHeight(): number {
  const part = frame.value?.part;
  return part === 'accuracy' || part === 'loss' ? Math.max(140, windowHeight.value - 140) : 240;
}

function curvesOf(shown: readonly Run[], what: 'loss' | 'accuracy'): Curve[] {
  const points = (of: readonly Point[]) => ({
    x: of.map(({ epoch }) => epoch),
    y: of.map((point) => point[what]),
  });
  if (shown.length === 0) return [{ name: 'training', color: '--ink', x: [], y: [] }];
  return shown.flatMap((run) => {
    if (run === current.peek()) {
      return [
        { name: 'training', color: '--ink', ...points(run.curves.training) },
        { name: 'dev', color: '--red', ...points(run.curves.watched) },
      ];
    }
    const color = OTHERS[(run.number - 1) % OTHERS.length]!;
    const name = run.title.peek() || `run ${run.number}`;
    return [{ name: `${name}, dev`, color, dashed: true, ...points(run.curves.watched) }];
  });
}
