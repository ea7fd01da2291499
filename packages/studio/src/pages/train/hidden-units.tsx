import { createNetwork } from '@longhand/core';
import { formatNumber } from '@longhand/core/explain';
import { completeSettings } from '@longhand/core/settings';
import { signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { Scale } from '../../components/legend.js';
import { MAX_UNITS_SHOWN, WeightGrid } from '../../components/weight-grid.js';
import { savePng } from '../../files/save.js';
import { digits } from '../../state/digits.js';
import { showError } from '../../state/notifications.js';
import type { Run } from '../../state/run.js';
import { shownWeights, startWeights } from '../../state/run-weights.js';
import { count } from '../../text.js';
import { largest } from '../../theme/colors.js';

/**
 * Whether the pictures show the change since the start, or the weights, whose noise from the start
 * hides it.
 */
const onlyChange = signal(true);

/** The weights of the first layer as pictures, one for each hidden unit. */
export function HiddenUnits({ run, given }: { run: Run | undefined; given: Run['given'] }) {
  const W1 = run && shownWeights(run);
  const isChange = onlyChange.value;
  const about = W1 ? run?.about.value : digits.value?.training;
  const { width = 28, height = 28, inputs = 784 } = about ?? {};
  const start = useMemo(
    () => (run && W1 && isChange ? startOf(run) : undefined),
    [run, W1 !== undefined, isChange, run && startWeights(run) !== undefined],
  );
  const weights = useMemo(() => (W1 && start ? W1.map((weight, k) => weight - start[k]!) : W1), [W1, start]);
  // Full color is the largest weight of all units (WeightGrid).
  const most = useMemo(() => (weights ? largest(weights) : 0), [weights]);
  const units = W1 ? W1.length / inputs : ((given.hidden ?? completeSettings({}).hidden)[0] ?? 10);
  const shown = Math.min(units, MAX_UNITS_SHOWN);
  const across = shown <= 10 ? shown : 16;
  const lines = Math.ceil(shown / across);
  return (
    <section class="sheet hidden-units" data-part="units" aria-label="The hidden units">
      <div class="units-top">
        <h2>{isChange ? 'what each hidden unit has learned' : 'the weights of each hidden unit'}</h2>
        <label class="faint">
          <input
            type="checkbox"
            checked={isChange}
            onChange={(event) => {
              onlyChange.value = event.currentTarget.checked;
            }}
          />{' '}
          change since the start
        </label>
        <ul class="legend">
          <Scale
            hue="value"
            from={most > 0 ? `−${formatNumber(most, 2)}` : 'negative'}
            to={most > 0 ? formatNumber(most, 2) : 'positive'}
            what=""
          />
        </ul>
        <button
          type="button"
          class="quiet"
          style={{ visibility: W1 ? 'visible' : 'hidden' }}
          onClick={() => {
            const canvas = document.querySelector<HTMLCanvasElement>('.hidden-units canvas');
            if (canvas) savePng('longhand-units.png', canvas, 6).catch(showError);
          }}
        >
          Save pictures
        </button>
      </div>
      <div
        class="units-sheet"
        style={{ aspectRatio: `${across * (width + 1) - 1} / ${lines * (height + 1) - 1}` }}
      >
        {!weights && <p class="pen faint">The weights of {count(units)} hidden units appear here.</p>}
        {weights && (
          <WeightGrid
            weights={weights}
            units={units}
            width={width}
            height={height}
            across={across}
            label={`The weights of ${shown} hidden units as pictures`}
          />
        )}
      </div>
      {units > shown && (
        <p class="faint">
          The first {shown} of {count(units)} units.
        </p>
      )}
    </section>
  );
}

/** The first layer's weights before training: as they were kept, or computed again from the seed. */
function startOf(run: Run): Float64Array | Float32Array {
  const { settings, about, from } = run;
  if (from) return from.network.layers[0]!.W.data;
  const start = startWeights(run);
  if (start) return start;
  const { inputs, classes } = about.peek()!;
  const { hidden, activation, initialization, seed } = settings;
  const layers = [inputs, ...hidden, classes];
  return createNetwork({ layers, activation, initialization, seed }).layers[0]!.W.data;
}
