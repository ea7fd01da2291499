import { ColorScale } from '../../components/color-scale.js';
import { Digit } from '../../components/digit.js';
import { Term } from '../../components/term.js';
import { dark } from '../../state/theme.js';
import { cssColor, largest } from '../../theme/colors.js';
import type { Computed } from './contributions.js';
import { classNames, output, reader, shownUnit, unitContributions } from './prediction-state.js';
import { signed } from './signed.js';

interface UnitDetailProps {
  readonly computed: Computed | undefined;
  readonly hasUnits: boolean;
}

/**
 * One hidden unit: its weights, their products with the drawing, and what it adds to each output.
 */
export function UnitDetail({ computed, hasUnits }: UnitDetailProps) {
  const unit = shownUnit.value;
  const contributions = unitContributions.value;
  if (!computed || !contributions || unit === undefined) {
    return (
      <div class="unit-detail waiting">
        <p class="pen faint">
          {hasUnits && 'Draw a digit, then point at a hidden unit: its weights appear here.'}
        </p>
      </div>
    );
  }
  const { W } = computed.network.layers[0]!;
  const weights = W.data.subarray(unit * W.cols, (unit + 1) * W.cols);
  const products = weights.map((w, pixel) => w * computed.A[0]!.data[pixel]!);
  const [z, a] = [computed.Z[0]!.data[unit]!, computed.A[1]!.data[unit]!];
  return (
    <div class="unit-detail">
      <h3>
        <Term name="unit">unit</Term> {unit}{' '}
        <span class="figures">{a === 0 ? `output 0 (z = ${signed(z)})` : `output a = ${a.toFixed(2)}`}</span>
      </h3>
      <div class="overlay-line">
        <WeightPicture values={weights} label="Its weights" caption="its weights" />
        <WeightPicture values={products} label="Your ink times its weights" caption="ink × weights" />
        <Contributions
          values={contributions.map((units) => units[unit]!)}
          scale={Math.max(...contributions.map(largest))}
        />
      </div>
    </div>
  );
}

function WeightPicture({ values, label, caption }: { values: Float64Array; label: string; caption: string }) {
  return (
    <figure>
      <Digit pixels={values} hue="value" scale={largest(values)} class="fill" label={label} />
      <figcaption>
        {caption}
        <ColorScale hue="value" scale={largest(values)} />
      </figcaption>
    </figure>
  );
}

/** What the unit adds to each output, as columns up and down. */
function Contributions({ values, scale }: { values: readonly number[]; scale: number }) {
  const names = classNames.value;
  const isDark = dark.value;
  const asked = output.value;
  const hasOneHiddenLayer = reader.value?.network.layers.length === 2;
  return (
    <figure class="added">
      <ul aria-label="What it adds to each output">
        {values.map((value, k) => (
          <li key={names[k]} class={k === asked ? 'asked' : ''}>
            <span class="hidden">{`${names[k]}: ${signed(value)}`}</span>
            <span
              class="column"
              aria-hidden="true"
              style={{
                height: `${scale > 0 ? (48 * Math.abs(value)) / scale : 0}%`,
                [value >= 0 ? 'bottom' : 'top']: '50%',
                background: cssColor('value', value >= 0 ? 0.7 : -0.7, 1, isDark),
              }}
            />
            <span class="name figures" aria-hidden="true">
              {names[k]}
            </span>
          </li>
        ))}
      </ul>
      <figcaption>
        {hasOneHiddenLayer ? 'w·a for each output' : 'added to each output'}
        {asked !== undefined && `; for ${names[asked]}: ${signed(values[asked]!)}`}
      </figcaption>
    </figure>
  );
}
