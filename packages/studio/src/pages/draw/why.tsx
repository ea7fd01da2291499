import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { Digit } from '../../components/digit.js';
import { picturesOf } from '../../components/entry-layout.js';
import { Scale } from '../../components/legend.js';
import { paintMatrix } from '../../components/paint.js';
import { dark } from '../../state/theme.js';
import { cssColor, largest } from '../../theme/colors.js';
import { type Computed, type Contributions, total } from './contributions.js';
import {
  chosenUnit,
  classNames,
  computation,
  contributions,
  lookedUnit,
  output,
  reader,
  topUnits,
  unitContributions,
  verdict,
} from './prediction-state.js';

/** More units than this do not fit on the sheet. */
const MOST_UNITS = 512;

/** Which ink and which hidden units spoke for the answer. */
export function Why() {
  const [done, about, asked] = [computation.value, contributions.value, output.value];
  const names = classNames.value;
  const isAnswer = asked === verdict.value?.answer;
  const name = asked === undefined ? '' : names[asked];
  return (
    <section class="why-part" aria-labelledby="why-title">
      <h2 id="why-title">{about ? (isAnswer ? `why ${name}?` : `what supports ${name}?`) : 'why?'}</h2>
      <div class="why-grid">
        <Ink about={about} name={name ?? ''} />
        <Units computed={done} about={about} name={name ?? ''} />
        <UnitAccount computed={done} />
      </div>
      <p class="why-text">
        Blue pixels speak <b>for</b> {name ? `the ${name}` : 'the answer'}: they raise its weighted sum{' '}
        <i>z</i>. Red pixels speak <b>against</b> it.{' '}
        {hasUnits() && ' Point at a hidden unit to see its part.'} Press a probability to ask about that
        digit.
      </p>
    </section>
  );
}

/** Whether there is anything between the pixels and the ten outputs. */
function hasUnits(): boolean {
  return (reader.value?.network.layers.length ?? 2) > 1;
}

type About = Contributions | undefined;

/** Which pixels spoke for and against. */
function Ink({ about, name }: { about: About; name: string }) {
  const model = reader.value;
  const hidden = model?.network.layers.slice(0, -1) ?? [];
  const exact = hidden.every(({ g }) => g.isPiecewiseLinear);
  const ink = about && total(about.pixels);
  return (
    <div class="spoke">
      <div class="view">
        {about && (
          <Digit
            pixels={about.pixels}
            hue="value"
            scale={largest(about.pixels)}
            class="fill"
            label={`Pixels that speak for ${name} in blue, pixels that speak against it in red`}
          />
        )}
      </div>
      <ul class="legend" aria-label="Colors">
        <Scale hue="value" from="against" to="for" what="" />
      </ul>
      <dl class={about ? 'account' : 'account waiting'}>
        <dt>
          ink<span class="pen red">†</span>
        </dt>
        <dd class="figures">{ink === undefined ? '' : signed(ink)}</dd>
        <dt>{exact ? 'biases' : 'the rest'}</dt>
        <dd class="figures">{about && ink !== undefined ? signed(about.z - ink) : ''}</dd>
        <dt>
          <i>z</i>
          {name && <sub>{name}</sub>}
        </dt>
        <dd class="figures">{about ? signed(about.z) : ''}</dd>
      </dl>
    </div>
  );
}

/** The hidden units as a sheet of stamps, each the brighter the more it fired. */
function Units({ computed, about, name }: { computed: Computed | undefined; about: About; name: string }) {
  const model = reader.value;
  const layers = model?.network.layers ?? [];
  const count = layers.length > 1 ? layers[0]!.W.rows : 0;
  if (model && count === 0) {
    return (
      <div class="hidden-units">
        <p class="none">
          This network has no hidden units. Every pixel is connected directly to the outputs.
        </p>
      </div>
    );
  }
  const shown = Math.min(count, MOST_UNITS);
  return (
    <div class="hidden-units">
      {model && <UnitSheet computed={computed} about={about} shown={shown} />}
      <p class="caption">
        {count > shown && `The first ${shown} of `}
        {count > 0 && `${count} hidden units${layers.length > 2 ? ' of the first layer' : ''}, `}
        the larger their output, the clearer their picture{' '}
        {about && about.units.length > 0 ? `. Red frames: the three that add most to the ${name}` : ''}.
      </p>
    </div>
  );
}

/** Units in a line, so that the sheet is twice as wide as it is high. */
function acrossOf(units: number): number {
  return Math.ceil(Math.sqrt(2 * units));
}

function UnitSheet({
  computed,
  about,
  shown,
}: {
  computed: Computed | undefined;
  about: About;
  shown: number;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const isDark = dark.value;
  const { W } = reader.value!.network.layers[0]!;
  const across = acrossOf(shown);
  const layout = useMemo(() => picturesOf('row', shown, { width: 28, height: 28, across }), [shown, across]);
  useLayoutEffect(() => {
    // A little of the largest weight, so that most of a picture is not pale.
    paintMatrix(canvas.current!, W, layout, 'value', 0.5 * largest(W.data), isDark);
  }, [W, layout, isDark]);

  const activations = computed?.A[1]?.data;
  const most = activations ? largest(activations.subarray(0, shown)) : 0;
  const top = topUnits.value;
  const looked = lookedUnit.value ?? 0;
  const entered = Math.min(looked, shown - 1);

  function onKeyDown(event: KeyboardEvent): void {
    const move = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: across,
      ArrowUp: -across,
      Home: -entered,
      End: shown - 1 - entered,
    }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const next = entered + move;
    if (next < 0 || next >= shown) return;
    chosenUnit.value = next;
    (sheet.current!.children[next] as HTMLElement).focus();
  }

  function onPointerLeave(): void {
    if (!sheet.current!.contains(document.activeElement)) chosenUnit.value = undefined;
  }

  return (
    <div class="unit-sheet" style={{ aspectRatio: `${layout.width} / ${layout.height}` }}>
      <canvas ref={canvas} class="fill" />
      <div
        ref={sheet}
        class="veils"
        role="toolbar"
        aria-label="Hidden units; move with the arrow keys"
        onKeyDown={onKeyDown}
        onPointerLeave={onPointerLeave}
      >
        {Array.from({ length: shown }, (_, unit) => {
          const [box] = layout.row(unit);
          const { x, y, width, height } = box!;
          const fired = activations && most > 0 ? activations[unit]! / most : 0;
          return (
            <button
              type="button"
              key={unit}
              class={`${top.includes(unit) ? 'framed' : ''} ${unit === looked && about ? 'looked' : ''}`}
              tabIndex={unit === entered ? 0 : -1}
              aria-label={`unit ${unit}${activations ? `, output ${activations[unit]!.toFixed(2)}` : ''}${
                about ? `, adds ${signed(about.units[unit]!)}` : ''
              }`}
              aria-pressed={unit === looked}
              style={{
                left: `${(100 * x) / layout.width}%`,
                top: `${(100 * y) / layout.height}%`,
                width: `${(100 * width) / layout.width}%`,
                height: `${(100 * height) / layout.height}%`,
              }}
              onPointerEnter={() => {
                chosenUnit.value = unit;
              }}
              onFocus={() => {
                chosenUnit.value = unit;
              }}
            >
              <span class="veil" style={{ opacity: 0.9 * (1 - Math.max(0, fired)) }} />
            </button>
          );
        })}
      </div>
    </div>
  );
}

/** One unit: its weights laid over the digit, and what each output got from it. */
function UnitAccount({ computed }: { computed: Computed | undefined }) {
  const unit = lookedUnit.value;
  const given = unitContributions.value;
  if (!computed || !given || unit === undefined) {
    return (
      <div class="unit-account waiting">
        <p class="pen faint">
          {hasUnits() && 'Draw a digit, then point at a hidden unit: its weights appear here.'}
        </p>
      </div>
    );
  }
  const { W } = computed.network.layers[0]!;
  const weights = W.data.subarray(unit * W.cols, (unit + 1) * W.cols);
  const met = weights.map((w, pixel) => w * computed.A[0]!.data[pixel]!);
  const [z, a] = [computed.Z[0]!.data[unit]!, computed.A[1]!.data[unit]!];
  return (
    <div class="unit-account">
      <h3>
        unit {unit} <span class="figures">{fired(z, a)}</span>
      </h3>
      <div class="overlay-line">
        <figure>
          <Digit pixels={weights} hue="value" scale={largest(weights)} class="fill" label="Its weights" />
          <figcaption>its weights</figcaption>
        </figure>
        <figure>
          <Digit
            pixels={met}
            hue="value"
            scale={largest(met)}
            class="fill"
            label="Your ink times its weights"
          />
          <figcaption>ink × weights</figcaption>
        </figure>
        <Gave
          values={given.map((units) => units[unit]!)}
          scale={Math.max(...given.map(largest))}
          asked={output.value}
        />
      </div>
    </div>
  );
}

function fired(z: number, a: number): string {
  return a === 0 ? `output 0 (z = ${signed(z)})` : `output a = ${a.toFixed(2)}`;
}

/** What each output got from a unit, as columns up and down. */
function Gave({
  values,
  scale,
  asked,
}: {
  values: readonly number[];
  scale: number;
  asked: number | undefined;
}) {
  const names = classNames.value;
  const isDark = dark.value;
  const oneLayer = reader.value?.network.layers.length === 2;
  return (
    <figure class="gave">
      <ul aria-label="What it adds to each output">
        {values.map((value, k) => {
          const height = scale > 0 ? (48 * Math.abs(value)) / scale : 0;
          return (
            <li key={names[k]} class={k === asked ? 'asked' : ''}>
              <span class="hidden">{`${names[k]}: ${signed(value)}`}</span>
              <span
                class="column"
                aria-hidden="true"
                style={{
                  height: `${height}%`,
                  [value >= 0 ? 'bottom' : 'top']: '50%',
                  background: cssColor('value', value >= 0 ? 0.7 : -0.7, 1, isDark),
                }}
              />
              <span class="name figures" aria-hidden="true">
                {names[k]}
              </span>
            </li>
          );
        })}
      </ul>
      <figcaption>
        adds {oneLayer ? 'w·a' : 'this'} to each output{' '}
        {asked === undefined ? '' : `: ${signed(values[asked]!)} to ${names[asked]}`}
      </figcaption>
    </figure>
  );
}

/** −0.31, +1.20: with its sign, as a term of a sum. */
function signed(value: number): string {
  const text = Math.abs(value).toFixed(2);
  return `${value < 0 && text !== '0.00' ? '−' : '+'}${text}`;
}
