import type { Network } from '@longhand/core';
import { Digit } from '../../components/digit.js';
import type { Iteration } from '../../computations/cycle.js';
import { dark } from '../../state/theme.js';
import { percent } from '../../text.js';
import { cssColor, largest } from '../../theme/colors.js';
import type { Phase } from './steps.js';

/** Units of a layer that are drawn; of more, those that speak loudest. */
const MOST_UNITS = 12;
const [WIDTH, HEIGHT] = [380, 345];
const [TOP, BOTTOM] = [26, 22];
/** Where the digit ends and where the layers stand. */
const [DIGIT_SIDE, FIRST_LAYER, LAST_LAYER] = [84, 172, 300];
/** Of more than three layers, the first stands nearer to the digit: their headings need the room. */
const FIRST_OF_MANY = 130;
/** Lines thinner than this say nothing. */
const LEAST_WIDTH = 0.25;

interface Node {
  readonly unit: number;
  readonly x: number;
  readonly y: number;
}

/** The network itself for one example: forward its activations and what each adds, backward what each is blamed for. */
export function NetworkDrawing({
  iteration,
  column,
  phase,
}: {
  iteration: Iteration;
  column: number;
  phase: Phase;
}) {
  const { network, computed, gradients, examples } = iteration;
  const isDark = dark.value;
  const backward = phase === 'backward';
  const hue = backward ? 'gradient' : 'value';
  const { layers } = network;
  const last = layers.length;
  const columnOf = ({ rows, cols, data }: { rows: number; cols: number; data: Float64Array }) =>
    Float64Array.from({ length: rows }, (_, i) => data[i * cols + column]!);
  const activations = layers.map((_, l) => columnOf(computed.A[l + 1]!));
  const deltas = gradients.map(({ dZ }) => columnOf(dZ));
  const spoken = backward ? deltas : activations;
  const nodes = layers.map((_, l) => placeUnits(spoken[l]!, l === last - 1, xOf(l, last)));
  const label = examples.dataset.label(examples.indices[column]!);
  const answer = activations[last - 1]!.indexOf(Math.max(...activations[last - 1]!));
  const { classNames } = examples.dataset;
  return (
    <figure class="network">
      <div class="network-digit">
        <Digit pixels={examples.dataset.pixels(examples.indices[column]!)} side={DIGIT_SIDE} />
        <span class="shape">{layers[0]!.W.cols}</span>
      </div>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={describe(network, classNames, label, answer, activations[last - 1]!)}
      >
        <g class="fan">
          {nodes[0]!.map(({ unit, x, y }) => (
            <path
              key={unit}
              d={`M ${DIGIT_SIDE + 4} ${HEIGHT / 2 - 30} L ${x - 11} ${y} L ${DIGIT_SIDE + 4} ${HEIGHT / 2 + 30} Z`}
            />
          ))}
        </g>
        {nodes.slice(1).map((above, k) => (
          <Edges
            key={`lines ${xOf(k, last)}`}
            below={nodes[k]!}
            above={above}
            W={layers[k + 1]!.W}
            inputs={activations[k]!}
            deltas={backward ? deltas[k + 1]! : undefined}
            isDark={isDark}
          />
        ))}
        {nodes.map((column_, l) => {
          const scale = l === last - 1 && !backward ? 1 : largest(spoken[l]!);
          const fill = l === last - 1 && !backward ? 'ink' : hue;
          const { W, g } = layers[l]!;
          return (
            <g key={`layer ${xOf(l, last)}`}>
              <text class="layer-name" x={xOf(l, last)} y={14}>
                [{l + 1}] {l === last - 1 ? network.output.name : last > 2 ? '' : g.label}
              </text>
              {column_.map(({ unit, x, y }) => (
                <circle
                  key={unit}
                  class={l === last - 1 && unit === label ? 'unit right' : 'unit'}
                  cx={x}
                  cy={y}
                  r={radius(column_.length)}
                  fill={cssColor(fill, spoken[l]![unit]!, scale, isDark)}
                />
              ))}
              {l === last - 1 &&
                column_.map(({ unit, x, y }) => (
                  <text
                    key={unit}
                    class={`probability ${unit === answer ? 'answer' : ''}`}
                    x={x + 18}
                    y={y + 5}
                  >
                    {classNames[unit]} <tspan>{percent(activations[l]![unit]!)}</tspan>
                  </text>
                ))}
              <text class="layer-size" x={xOf(l, last)} y={HEIGHT - 5}>
                {column_.length < W.rows ? `${column_.length}/${W.rows}` : W.rows}
              </text>
            </g>
          );
        })}
      </svg>
      <figcaption class="pen">
        {label === answer ? (
          <>
            it is a {classNames[label]}, <span class="green">read as a {classNames[answer]}</span>
          </>
        ) : (
          <>
            it is a {classNames[label]}, <span class="red">read as a {classNames[answer]}</span>
          </>
        )}
      </figcaption>
    </figure>
  );
}

/** w·a of each line forward, dz·a backward: which unit argued for what, and how much. */
function Edges({
  below,
  above,
  W,
  inputs,
  deltas,
  isDark,
}: {
  below: readonly Node[];
  above: readonly Node[];
  W: Network['layers'][number]['W'];
  inputs: Float64Array;
  deltas: Float64Array | undefined;
  isDark: boolean;
}) {
  const lines = above.flatMap((to) =>
    below.map((from) => ({
      from,
      to,
      value: deltas
        ? deltas[to.unit]! * inputs[from.unit]!
        : W.data[to.unit * W.cols + from.unit]! * inputs[from.unit]!,
    })),
  );
  const most = largest(lines.map(({ value }) => value)) || 1;
  return (
    <g class="edges">
      {lines.map(({ from, to, value }) => {
        const width = (6 * Math.abs(value)) / most;
        if (width < LEAST_WIDTH) return null;
        const middle = (from.x + to.x) / 2;
        return (
          <path
            key={`${from.unit} ${to.unit}`}
            d={`M ${from.x + 11} ${from.y} C ${middle} ${from.y}, ${middle} ${to.y}, ${to.x - 11} ${to.y}`}
            stroke={cssColor(deltas ? 'gradient' : 'value', value > 0 ? 0.62 : -0.62, 1, isDark)}
            stroke-width={width}
          />
        );
      })}
    </g>
  );
}

/** The units of a layer that are drawn, in their order, one below the other. */
function placeUnits(values: Float64Array, isOutput: boolean, x: number): Node[] {
  const units = [...values.keys()];
  const kept =
    units.length <= MOST_UNITS || isOutput
      ? units
      : units
          .sort((i, j) => Math.abs(values[j]!) - Math.abs(values[i]!))
          .slice(0, MOST_UNITS)
          .sort((i, j) => i - j);
  const room = HEIGHT - TOP - BOTTOM;
  return kept.map((unit, k) => ({ unit, x, y: TOP + (room * (k + 0.5)) / kept.length }));
}

function radius(units: number): number {
  return Math.min(11, (HEIGHT - TOP - BOTTOM) / units / 2 - 1);
}

function xOf(l: number, last: number): number {
  const first = last > 3 ? FIRST_OF_MANY : FIRST_LAYER;
  return last === 1 ? LAST_LAYER - 40 : first + (l * (LAST_LAYER - first)) / (last - 1);
}

function describe(
  { layers }: Network,
  classNames: readonly string[],
  label: number,
  answer: number,
  probabilities: Float64Array,
): string {
  const sizes = [layers[0]!.W.cols, ...layers.map(({ W }) => W.rows)].join(', ');
  return `The network, layers of ${sizes}: a ${classNames[label]} is read as ${classNames[answer]} with ${percent(probabilities[answer]!)}`;
}
