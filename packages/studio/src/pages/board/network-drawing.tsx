import type { Network } from '@longhand/core';
import { entrySymbol, formatNumber, formatReference, type Reference } from '@longhand/core/explain';
import { arrowDirection } from '../../components/arrow-keys.js';
import { Digit } from '../../components/digit.js';
import type { Iteration } from '../../computations/cycle.js';
import { announce } from '../../state/notifications.js';
import { dark } from '../../state/theme.js';
import { percent, withArticle } from '../../text.js';
import { cssColor, largest } from '../../theme/colors.js';
import { asked } from './board-state.js';
import { ask, choices } from './choices.js';
import { grab } from './grab.js';
import { gradientScale } from './quantities.js';
import { type Phase, stepNumbers } from './steps.js';

/** Units of a layer that are drawn. Of more units, those with the largest values. */
const MAX_UNITS = 12;
const [WIDTH, HEIGHT] = [380, 345];
const [TOP, BOTTOM] = [26, 22];
/** Where the digit ends and where the layers are. */
const [DIGIT_SIDE, FIRST_LAYER, LAST_LAYER] = [84, 172, 300];
/**
 * With more than three layers, the first one is nearer to the digit: the headings need the room.
 */
const FIRST_OF_MANY = 130;
/** Lines thinner than this are left out. */
const MIN_WIDTH = 0.25;

interface Node {
  readonly unit: number;
  readonly x: number;
  readonly y: number;
}

/** One layer as it is drawn. */
interface DrawnLayer {
  readonly isOutput: boolean;
  /** Whether its values have been computed. */
  readonly isKnown: boolean;
  /** Activations forward, errors backward. */
  readonly values: Float64Array;
  readonly nodes: readonly Node[];
}

interface NetworkDrawingProps {
  readonly iteration: Iteration;
  /** The example that it is drawn for. */
  readonly column: number;
  readonly phase: Phase;
  /** Whether nobody has said which class it is: then the answer is no mistake, and no success. */
  readonly isUnlabeled: boolean;
  /** Number of the last step that has been computed. What later ones compute is not drawn yet. */
  readonly reached: number;
}

/**
 * The network for one example: forward with its activations and products w·a, backward with its
 * errors.
 */
export function NetworkDrawing({ iteration, column, phase, isUnlabeled, reached }: NetworkDrawingProps) {
  const { network, computed, gradients, examples } = iteration;
  const { layers } = network;
  const isBackward = phase === 'backward';
  const columnOf = ({ rows, cols, data }: { rows: number; cols: number; data: Float64Array }) =>
    Float64Array.from({ length: rows }, (_, i) => data[i * cols + column]!);
  const activations = layers.map((_, l) => columnOf(computed.A[l + 1]!));
  const errors = gradients.map(({ dZ }) => columnOf(dZ));
  const drawn = layers.map((_, l): DrawnLayer => {
    const isOutput = l === layers.length - 1;
    const values = (isBackward ? errors : activations)[l]!;
    const number = stepNumbers(l + 1, layers.length)[isBackward ? 'dZ' : 'A'];
    return {
      isOutput,
      isKnown: reached >= number,
      values,
      nodes: placeUnits(values, isOutput, xOf(l, layers.length)),
    };
  });
  const probabilities = activations.at(-1)!;
  const { classNames } = examples.dataset;
  const pixels = examples.dataset.pixels(examples.indices[column]!);
  const label = examples.dataset.label(examples.indices[column]!);
  const answer = probabilities.indexOf(Math.max(...probabilities));
  // What a unit is asked for: its activation, or its error.
  const shown = isBackward ? 'dZ' : 'A';
  const isAnswered = reached >= stepNumbers(layers.length, layers.length).A;
  const thing = isUnlabeled ? 'drawing' : classNames[label]!;

  /** Up and down to the next unit of a layer, left and right to the next layer. */
  function onKeyDown(event: KeyboardEvent): void {
    const direction = arrowDirection(event.key);
    if (!direction) return;
    event.preventDefault();
    const now = asked.peek();
    const known = drawn.filter(({ isKnown }) => isKnown);
    const at = known.find(({ nodes }) =>
      nodes.some(({ unit }) => isUnit(now, drawn.findIndex((of) => of.nodes === nodes) + 1, unit)),
    );
    const first = known[0];
    if (!first) return;
    const next = at
      ? known[Math.max(0, Math.min(known.length - 1, known.indexOf(at) + direction.x))]!
      : first;
    const from = at ? at.nodes.findIndex(({ unit }) => unit === now!.row) : 0;
    const { unit } = next.nodes[Math.max(0, Math.min(next.nodes.length - 1, from + (at ? direction.y : 0)))]!;
    const reference: Reference = { quantity: shown, layer: drawn.indexOf(next) + 1, row: unit, column };
    ask(formatReference(reference));
    announce(`${entrySymbol(reference, iteration.m)} = ${formatNumber(next.values[unit]!)}`);
  }

  function isUnit(reference: Reference | undefined, layer: number, unit: number): boolean {
    return (
      reference?.layer === layer &&
      reference.row === unit &&
      ['Z', 'A', 'dZ', 'b', 'db'].includes(reference.quantity)
    );
  }

  return (
    <figure class="network">
      <div class="network-digit">
        <Digit pixels={pixels} side={DIGIT_SIDE} />
        <span class="shape">{layers[0]!.W.cols}</span>
      </div>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="application"
        aria-roledescription="network"
        tabindex={0}
        onKeyDown={(event) => onKeyDown(event)}
        aria-label={
          isAnswered
            ? describe(network, thing, classNames[answer]!, probabilities[answer]!)
            : `${describeLayers(network)}: it has not read this ${thing} yet`
        }
      >
        <InputFan nodes={drawn[0]!.nodes} />
        {drawn.slice(1).map(({ nodes }, k) => (
          <Connections
            key={`lines ${nodes[0]!.x}`}
            below={drawn[k]!.nodes}
            above={nodes}
            W={layers[k + 1]!.W}
            inputs={activations[k]!}
            layer={k + 2}
            iteration={iteration}
            errors={isBackward ? errors[k + 1]! : undefined}
            isKnown={reached >= stepNumbers(k + 2, layers.length)[isBackward ? 'dW' : 'Z']}
          />
        ))}
        {drawn.map((layer, l) => (
          <g key={`layer ${layer.nodes[0]!.x}`}>
            <LayerHead network={network} l={l} layer={layer} />
            <Units
              layer={layer}
              name={(unit) => ({ quantity: shown, layer: l + 1, row: unit, column })}
              label={isUnlabeled ? -1 : label}
              isBackward={isBackward}
              scale={
                isBackward && choices.value.isOneScale ? gradientScale(iteration) : largest(layer.values)
              }
            />
          </g>
        ))}
        <Probabilities
          nodes={drawn.at(-1)!.nodes}
          probabilities={isAnswered ? probabilities : undefined}
          classNames={classNames}
          answer={answer}
        />
      </svg>
      <figcaption class="pen">
        {!isAnswered ? (
          `${isUnlabeled ? 'your drawing' : `it is ${withArticle(classNames[label]!)}`}`
        ) : isUnlabeled ? (
          <>your drawing, read as {withArticle(classNames[answer]!)}</>
        ) : (
          <>
            it is {withArticle(classNames[label]!)},{' '}
            <span class={label === answer ? 'green' : 'red'}>read as {withArticle(classNames[answer]!)}</span>
          </>
        )}
      </figcaption>
    </figure>
  );
}

/** The pixels lead to every unit of the first layer: too many lines to draw each. */
function InputFan({ nodes }: { nodes: readonly Node[] }) {
  const [right, middle] = [DIGIT_SIDE + 4, HEIGHT / 2];
  return (
    <g class="fan">
      {nodes.map(({ unit, x, y }) => (
        <path key={unit} d={`M ${right} ${middle - 30} L ${x - 11} ${y} L ${right} ${middle + 30} Z`} />
      ))}
    </g>
  );
}

/** Number and activation function of a layer above it, and its number of units below it. */
function LayerHead({
  network,
  l,
  layer: { isOutput, nodes },
}: {
  network: Network;
  l: number;
  layer: DrawnLayer;
}) {
  const { W, g } = network.layers[l]!;
  const { x } = nodes[0]!;
  const hasRoom = network.layers.length <= 3;
  const name = isOutput ? network.output.name : hasRoom ? g.label : '';
  return (
    <>
      <text class="layer-name" x={x} y={14}>
        [{l + 1}] {name}
      </text>
      <text class="layer-size" x={x} y={HEIGHT - 5}>
        {nodes.length < W.rows ? `${nodes.length}/${W.rows}` : W.rows}
      </text>
    </>
  );
}

function Units({
  layer,
  name,
  label,
  isBackward,
  scale: most,
}: {
  readonly layer: DrawnLayer;
  /** The number that a unit shows. */
  readonly name: (unit: number) => Reference;
  readonly label: number;
  readonly isBackward: boolean;
  readonly scale: number;
}) {
  const { isOutput, isKnown, values, nodes } = layer;
  const isAnswer = isOutput && !isBackward;
  const scale = isAnswer ? 1 : most;
  const hue = isAnswer ? 'ink' : isBackward ? 'gradient' : 'value';
  return (
    <>
      {nodes.map(({ unit, x, y }) => (
        <circle
          key={unit}
          class={`unit ${isAsked(name(unit)) ? 'asked' : ''} ${isOutput && unit === label ? 'right' : ''} ${isKnown ? '' : 'unknown'}`}
          cx={x}
          cy={y}
          r={radius(nodes.length)}
          fill={isKnown ? cssColor(hue, values[unit]!, scale, dark.value) : 'none'}
          onPointerDown={() => isKnown && ask(formatReference(name(unit)))}
        />
      ))}
    </>
  );
}

interface ProbabilitiesProps {
  readonly nodes: readonly Node[];
  /** Until they are computed there are none. */
  readonly probabilities: Float64Array | undefined;
  readonly classNames: readonly string[];
  readonly answer: number;
}

/** Beside each output: its class and its probability. */
function Probabilities({ nodes, probabilities, classNames, answer }: ProbabilitiesProps) {
  return (
    <>
      {nodes.map(({ unit, x, y }) => (
        <text
          key={unit}
          class={`probability ${probabilities && unit === answer ? 'answer' : ''}`}
          x={x + 18}
          y={y + 5}
        >
          {classNames[unit]} {probabilities && <tspan>{percent(probabilities[unit]!)}</tspan>}
        </text>
      ))}
    </>
  );
}

interface ConnectionsProps {
  readonly below: readonly Node[];
  readonly above: readonly Node[];
  readonly W: Network['layers'][number]['W'];
  /** The activations below. */
  readonly inputs: Float64Array;
  /** The layer that the lines lead to. */
  readonly layer: number;
  readonly iteration: Iteration;
  /** dz of the units above. Given for the backward pass. */
  readonly errors: Float64Array | undefined;
  /** Whether the products have been computed. */
  readonly isKnown: boolean;
}

/** The lines between two layers, as wide as w·a forward, or as the gradient dz·a backward. */
function Connections({ below, above, W, inputs, errors, isKnown, layer, iteration }: ConnectionsProps) {
  const lines = above.flatMap((to) =>
    below.map((from) => ({
      from,
      to,
      value: (errors ? errors[to.unit]! : W.data[to.unit * W.cols + from.unit]!) * inputs[from.unit]!,
    })),
  );
  const most = largest(lines.map(({ value }) => value)) || 1;
  const number = stepNumbers(layer, iteration.network.layers.length).Z;

  /** A line is asked for its weight, backward for the gradient. A weight can be dragged. */
  function press(event: PointerEvent, to: Node, from: Node): void {
    const place = { layer, row: to.unit, column: from.unit };
    if (errors) {
      ask(formatReference({ quantity: 'dW', ...place }));
      return;
    }
    const weight: Reference = { quantity: 'W', ...place };
    ask(formatReference(weight), number);
    grab(event, iteration, weight);
  }

  if (!isKnown) {
    const askedFor = lines.find(({ from, to }) => isLine(asked.value, layer, to.unit, from.unit));
    return (
      <g class="edges" stroke="var(--line)" stroke-width={MIN_WIDTH}>
        <path d={lines.map(({ from, to }) => line(from, to)).join(' ')} />
        {askedFor && <path class="asked" d={line(askedFor.from, askedFor.to)} />}
      </g>
    );
  }
  return (
    <g class="edges">
      {lines.map(({ from, to, value }) => {
        const width = (6 * Math.abs(value)) / most;
        if (width < MIN_WIDTH) return null;
        return (
          <g key={`${from.unit} ${to.unit}`} onPointerDown={(event) => press(event, to, from)}>
            <path
              class={isLine(asked.value, layer, to.unit, from.unit) ? 'asked' : ''}
              d={line(from, to)}
              stroke={cssColor(errors ? 'gradient' : 'value', value > 0 ? 0.62 : -0.62, 1, dark.value)}
              stroke-width={width}
            />
            <path class="hit" d={line(from, to)} stroke="transparent" stroke-width={7} />
          </g>
        );
      })}
    </g>
  );
}

function line(from: Node, to: Node): string {
  const middle = (from.x + to.x) / 2;
  return `M ${from.x + 11} ${from.y} C ${middle} ${from.y}, ${middle} ${to.y}, ${to.x - 11} ${to.y}`;
}

/** Whether a unit is the one that is asked for. */
function isAsked({ quantity, layer, row }: Reference): boolean {
  const { value } = asked;
  return value?.quantity === quantity && value.layer === layer && value.row === row;
}

function isLine(reference: Reference | undefined, layer: number, row: number, column: number): boolean {
  if (reference?.quantity !== 'W' && reference?.quantity !== 'dW') return false;
  return reference.layer === layer && reference.row === row && reference.column === column;
}

/** The units of a layer that are drawn, in their order, one below the other. */
function placeUnits(values: Float64Array, isOutput: boolean, x: number): Node[] {
  const units = [...values.keys()];
  const kept =
    units.length <= MAX_UNITS || isOutput
      ? units
      : units
          .sort((i, j) => Math.abs(values[j]!) - Math.abs(values[i]!))
          .slice(0, MAX_UNITS)
          .sort((i, j) => i - j);
  const room = HEIGHT - TOP - BOTTOM;
  return kept.map((unit, k) => ({ unit, x, y: TOP + (room * (k + 0.5)) / kept.length }));
}

function radius(units: number): number {
  return Math.min(11, (HEIGHT - TOP - BOTTOM) / units / 2 - 1);
}

function xOf(l: number, layers: number): number {
  const first = layers > 3 ? FIRST_OF_MANY : FIRST_LAYER;
  return layers === 1 ? LAST_LAYER - 40 : first + (l * (LAST_LAYER - first)) / (layers - 1);
}

function describeLayers({ layers }: Network): string {
  return `The network, with layers of ${[layers[0]!.W.cols, ...layers.map(({ W }) => W.rows)].join(', ')}`;
}

function describe(network: Network, label: string, answer: string, probability: number): string {
  return `${describeLayers(network)}: it reads this ${label} as ${withArticle(answer)}, with a probability of ${percent(probability)}`;
}
