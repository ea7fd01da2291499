import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { ColorScale } from '../../components/color-scale.js';
import { boxStyle, picturesOf } from '../../components/entry-layout.js';
import { paintMatrix } from '../../components/paint.js';
import { dark } from '../../state/theme.js';
import { largest } from '../../theme/colors.js';
import type { Computed, Contributions } from './contributions.js';
import { chosenUnit, reader, shownUnit, topUnits } from './prediction-state.js';
import { signed } from './signed.js';

/** More hidden units than this do not fit on the page. */
const MAX_UNITS = 512;

interface UnitsProps {
  readonly computed: Computed | undefined;
  readonly about: Contributions | undefined;
}

/** The weights of all hidden units as pictures, clearer for a larger output. */
export function HiddenUnits({ computed, about, name }: UnitsProps & { readonly name: string }) {
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
  const shown = Math.min(count, MAX_UNITS);
  const hasTop = about && about.units.length > 0;
  return (
    <div class="hidden-units">
      {model && <UnitGrid computed={computed} about={about} shown={shown} />}
      <p class="caption">
        {count > shown && `The first ${shown} of `}
        {count > 0 && `${count} hidden units${layers.length > 2 ? ' of the first layer' : ''}: `}
        the larger the output, the clearer the picture.
        {hasTop && ` Red frames: the three that add most to the ${name}.`}
        {model && count > 0 && <ColorScale hue="value" scale={gridScale(model.network.layers[0]!.W)} />}
      </p>
    </div>
  );
}

/** Full color is half of the largest weight, so that most of a picture is not pale. */
function gridScale({ data }: { data: Float64Array }): number {
  return 0.5 * largest(data);
}

/** The grid of pictures, with a button over each of them. */
function UnitGrid({ computed, about, shown }: UnitsProps & { readonly shown: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const buttons = useRef<HTMLDivElement>(null);
  const isDark = dark.value;
  const { W } = reader.value!.network.layers[0]!;
  // The grid is twice as wide as it is high.
  const across = Math.ceil(Math.sqrt(2 * shown));
  const layout = useMemo(() => picturesOf('row', shown, { width: 28, height: 28, across }), [shown, across]);
  useLayoutEffect(() => {
    paintMatrix(canvas.current!, W, layout, 'value', gridScale(W), isDark);
  }, [W, layout, isDark]);

  const activations = computed?.A[1]?.data;
  const most = activations ? largest(activations.subarray(0, shown)) : 0;
  const current = shownUnit.value ?? 0;
  const reachable = Math.min(current, shown - 1);

  function onKeyDown(event: KeyboardEvent): void {
    const next = unitByKey(event.key, reachable, shown, across);
    if (next === undefined) return;
    event.preventDefault();
    chosenUnit.value = next;
    (buttons.current!.children[next] as HTMLElement).focus();
  }

  function onPointerLeave(): void {
    if (!buttons.current!.contains(document.activeElement)) chosenUnit.value = undefined;
  }

  return (
    <div class="unit-grid" style={{ aspectRatio: `${layout.width} / ${layout.height}` }}>
      <canvas ref={canvas} class="fill" />
      <div
        ref={buttons}
        class="unit-buttons"
        role="toolbar"
        aria-label="Hidden units; move with the arrow keys"
        onKeyDown={onKeyDown}
        onPointerLeave={onPointerLeave}
      >
        {Array.from({ length: shown }, (_, unit) => (
          <UnitButton
            key={unit}
            unit={unit}
            activation={activations?.[unit]}
            largestActivation={most}
            contribution={about?.units[unit]}
            isCurrent={unit === current}
            isReachable={unit === reachable}
            box={boxStyle(layout.row(unit)[0]!, layout)}
          />
        ))}
      </div>
    </div>
  );
}

/** The unit that a key leads to. Nothing for other keys, and at the edge of the grid. */
function unitByKey(key: string, from: number, units: number, across: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: across,
    ArrowUp: -across,
    Home: -from,
    End: units - 1 - from,
  };
  const next = from + (steps[key] ?? Number.NaN);
  return next >= 0 && next < units ? next : undefined;
}

interface UnitButtonProps {
  readonly unit: number;
  readonly activation: number | undefined;
  readonly largestActivation: number;
  /** What the unit adds to the output that is explained. */
  readonly contribution: number | undefined;
  readonly isCurrent: boolean;
  /** Tab reaches one of all units. Arrow keys lead to the others. */
  readonly isReachable: boolean;
  readonly box: ReturnType<typeof boxStyle>;
}

function UnitButton(props: UnitButtonProps) {
  const { unit, activation, largestActivation, contribution, isCurrent, isReachable, box } = props;
  const share = activation !== undefined && largestActivation > 0 ? activation / largestActivation : 0;
  const label = [
    `unit ${unit}`,
    ...(activation === undefined ? [] : [`output ${activation.toFixed(2)}`]),
    ...(contribution === undefined ? [] : [`adds ${signed(contribution)}`]),
  ].join(', ');
  const choose = () => {
    chosenUnit.value = unit;
  };
  return (
    <button
      type="button"
      class={`${topUnits.value.includes(unit) ? 'framed' : ''} ${isCurrent && contribution !== undefined ? 'looked' : ''}`}
      tabIndex={isReachable ? 0 : -1}
      aria-label={label}
      aria-pressed={isCurrent}
      style={box}
      onPointerEnter={choose}
      onFocus={choose}
    >
      <span class="unit-shade" style={{ opacity: 0.9 * (1 - Math.max(0, share)) }} />
    </button>
  );
}
