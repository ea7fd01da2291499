import { createNetwork } from '@longhand/core';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Chart } from '../../../components/chart.js';
import { ColorScale } from '../../../components/color-scale.js';
import { WeightGrid } from '../../../components/weight-grid.js';
import { lossText } from '../../../number-text.js';
import { allDigits, firstDigits, loadAll, loadFirst, loading } from '../../../state/digits.js';
import { announce } from '../../../state/notifications.js';
import { count, percent } from '../../../text.js';
import { largest } from '../../../theme/colors.js';
import { Figure, Waiting } from './figure.js';
import { useTraining } from './use-training.js';

const ITERATIONS = 500;

/** Ten weight pictures that appear out of noise, while the board's network is trained. */
export function TrainingStrip() {
  const { isRunning, steps, snapshots, trained, start, stop } = useTraining();
  const [isChange, setChange] = useState(true);
  const [place, setPlace] = useState<number | undefined>(undefined);
  useEffect(() => void loadFirst(), []);
  const first = useMemo(() => createNetwork({ layers: [784, 10, 10], seed: 1 }).layers[0]!.W.data, []);
  const last = snapshots.length - 1;
  const shown = snapshots[Math.min(place ?? last, last)];
  const weights = useMemo(() => {
    if (!shown) return first;
    const W1 = shown.parameters.subarray(0, first.length);
    return isChange ? W1.map((weight, k) => weight - first[k]!) : W1;
  }, [shown, isChange]);
  const curves = useMemo(() => curvesOf(steps), [steps]);
  const few = firstDigits.value;
  if (!few) return <Waiting />;

  async function train(isAll: boolean): Promise<void> {
    setPlace(undefined);
    if (isAll) await loadAll();
    const digits = isAll ? allDigits.value : few;
    if (!digits) return;
    const ended = await start(digits, { iterations: ITERATIONS, seed: 1, ...(isAll ? {} : { dev: 0 }) });
    if (ended?.trained.test)
      announce(`Trained: ${percent(ended.trained.test.accuracy)} of the test digits are read right.`);
  }

  const { state } = loading.value;
  return (
    <Figure
      action={
        <>
          <button type="button" class="main" disabled={isRunning} onClick={() => void train(false)}>
            Train on 1,000 digits
          </button>
          <button type="button" disabled={isRunning || state === 'loading'} onClick={() => void train(true)}>
            {state === 'loading' ? 'Loading …' : 'Train on 59,000 digits'}
          </button>
          <button type="button" disabled={!isRunning} onClick={stop}>
            Stop
          </button>
        </>
      }
    >
      <WeightGrid
        weights={weights}
        units={10}
        width={28}
        height={28}
        across={5}
        label={`The weights of the ten hidden units after ${shown?.iteration ?? 0} updates`}
      />
      <div class="learn-buttons">
        <ColorScale hue="value" scale={largest(weights)} />
        <label>
          <input
            type="checkbox"
            checked={isChange && shown !== undefined}
            disabled={!shown}
            onChange={() => setChange(!isChange)}
          />{' '}
          only what changed since the start
        </label>
      </div>
      <label class="learn-wide">
        go back to update
        <input
          type="range"
          min={0}
          max={Math.max(0, last)}
          value={Math.min(place ?? last, last)}
          disabled={last < 1 || isRunning}
          aria-valuetext={`update ${shown?.iteration ?? 0}`}
          onInput={({ currentTarget }) => setPlace(Number(currentTarget.value))}
        />
      </label>
      <p class="figures">
        {shown
          ? `update ${count(shown.iteration)} of ${ITERATIONS} · loss ${lossText(shown.loss)} · ${percent(shown.accuracy)} of the training digits right`
          : 'Not trained yet. The weights are random.'}
      </p>
      <p class="figures">
        {trained?.test
          ? `On ${count(trained.test.examples)} test digits, which it has never seen: ${percent(trained.test.accuracy)} right, after ${(trained.milliseconds / 1000).toFixed(1)} s of training.`
          : ' '}
      </p>
      <Chart
        title="share of right answers"
        curves={curves}
        xName="iteration"
        format={(share) => `${Math.round(100 * share)}%`}
        height={150}
        range={[0, 1]}
        until={ITERATIONS}
      />
    </Figure>
  );
}

type Steps = ReturnType<typeof useTraining>['steps'];

function curvesOf(steps: Steps) {
  const x = steps.map(({ iteration }) => iteration);
  return [{ name: 'training', color: '--blue', x, y: steps.map(({ accuracy }) => accuracy) }];
}
