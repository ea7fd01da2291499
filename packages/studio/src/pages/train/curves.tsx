import { formatNumber } from '@longhand/core/explain';
import { completeSettings } from '@longhand/core/settings';
import { useMemo } from 'preact/hooks';
import { Chart, type Curve } from '../../components/chart.js';
import { frame, windowHeight } from '../../state/frame.js';
import type { Point } from '../../state/run-record.js';
import { current, lengthInEpochs, type Run, runs } from '../../state/runs.js';
import { percent } from '../../text.js';

/**
 * Training examples of a run on MNIST. They give the axis its length before the digits are loaded.
 */
const MNIST_EXAMPLES = 59_000;
/**
 * Where the axis of the loss ends before a run: ten classes at random give ln 10, about 2.3 nats.
 */
const LOSS_BEFORE = 2.5;

/** Colors of the other runs. */
const OTHERS = ['--blue', '--orange', '--violet', '--green', '--faint'];

/** Accuracy and loss of the current run, and of other runs that are shown beside it. */
export function Curves({ given, wrong }: { given: Run['given']; wrong: boolean }) {
  const shown = runs.value.filter((run) => run.shown.value || run === current.value);
  const growths = shown.map((run) => run.growth.value).join();
  const kinds = shown.map(({ number }) => number).join();
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
  const until = Math.max(1, ...(shown.length > 0 ? shown.map(({ epochs }) => epochs) : [ahead]));
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
      />
      <Chart
        title="loss"
        curves={loss}
        xName={xName}
        format={(y) => formatNumber(y, 3)}
        height={height}
        range={[0, shown.some(({ training }) => training.length > 0) ? undefined : LOSS_BEFORE]}
        until={until}
      />
    </div>
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
        { name: 'training', color: '--ink', ...points(run.training) },
        { name: 'dev', color: '--red', ...points(run.watched) },
      ];
    }
    const color = OTHERS[(run.number - 1) % OTHERS.length]!;
    return [{ name: `run ${run.number}, dev`, color, dashed: true, ...points(run.watched) }];
  });
}
