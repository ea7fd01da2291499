import { explain, formatNumber } from '@longhand/core/explain';
import { useState } from 'preact/hooks';
import { Digit } from '../../../components/digit.js';
import { boxStyle } from '../../../components/entry-layout.js';
import { cycleInputs, type Iteration } from '../../../computations/cycle.js';
import { fixed } from '../../../number-text.js';
import { announce } from '../../../state/notifications.js';
import { Figure, Waiting } from './figure.js';
import { type Factor, factorsOf, pathsOf, strongestPath } from './path-factors.js';
import { SignedBar } from './signed-bar.js';
import { useExample } from './use-example.js';

/** One path of the chain rule, from an output back to a weight of the first layer. */
export function ChainPath() {
  const iteration = useExample();
  const [chosen, choose] = useState<{ readonly unit: number; readonly output: number } | undefined>(
    undefined,
  );
  const [shown, show] = useState(1);
  if (!iteration) return <Waiting />;
  const path = { ...strongestPath(iteration), ...chosen };
  const factors = factorsOf(iteration, path);
  const isDone = shown === factors.length;

  function next(): void {
    const count = isDone ? 1 : shown + 1;
    show(count);
    const { name, value, product } = factors[count - 1]!;
    announce(`${name}: ${formatNumber(value, 3)}. The product is now ${formatNumber(product, 3)}.`);
  }

  return (
    <Figure
      action={
        <button type="button" onClick={next}>
          {isDone ? 'Start again' : 'Next factor'}
        </button>
      }
    >
      <div class="learn-buttons">
        <Numbered label="output" count={10} value={path.output} choose={(output) => pickPath({ output })} />
        <Numbered label="hidden unit" count={10} value={path.unit} choose={(unit) => pickPath({ unit })} />
      </div>
      <div class="learn-way">
        <div class="learn-way-digit">
          <Digit
            pixels={iteration.examples.dataset.pixels(iteration.examples.indices[0]!)}
            side={84}
            label={`The digit. The path begins at the pixel in row ${Math.floor(path.pixel / 28)}, column ${path.pixel % 28}.`}
          />
          <span
            class="learn-mark"
            style={boxStyle(
              { x: path.pixel % 28, y: Math.floor(path.pixel / 28), width: 1, height: 1 },
              { width: 28, height: 28 },
            )}
          />
        </div>
        <PathDrawing {...path} shown={shown} />
      </div>
      <div class="learn-scroll">
        <table class="learn-numbers">
          <thead>
            <tr>
              <th scope="col" class="name">
                factor
              </th>
              <th scope="col">value</th>
              <th scope="col">product so far</th>
            </tr>
          </thead>
          <tbody>
            {factors.map((factor, k) => (
              <FactorRow key={factor.symbol} factor={factor} isHidden={k >= shown} />
            ))}
          </tbody>
        </table>
      </div>
      <Sum iteration={iteration} path={path} isShown={isDone} />
    </Figure>
  );

  function pickPath(change: { readonly unit?: number; readonly output?: number }): void {
    choose({ unit: path.unit, output: path.output, ...change });
    show(1);
  }
}

function Numbered({
  label,
  count,
  value,
  choose,
}: {
  readonly label: string;
  readonly count: number;
  readonly value: number;
  readonly choose: (value: number) => void;
}) {
  return (
    <label>
      {label}{' '}
      <select value={value} onChange={({ currentTarget }) => choose(Number(currentTarget.value))}>
        {Array.from({ length: count }, (_, k) => (
          <option key={k} value={k}>
            {k}
          </option>
        ))}
      </select>
    </label>
  );
}

function FactorRow({
  factor: { name, symbol, value, product },
  isHidden,
}: {
  factor: Factor;
  isHidden: boolean;
}) {
  return (
    <tr>
      <th scope="row" class="name">
        {name} <span class="figures">{symbol}</span>
      </th>
      <td>{isHidden ? '' : formatNumber(value, 4)}</td>
      <td>{isHidden ? '' : formatNumber(product, 4)}</td>
    </tr>
  );
}

/** The ten paths to the weight, one through each output. Together they are its gradient. */
function Sum({
  iteration,
  path,
  isShown,
}: {
  readonly iteration: Iteration;
  readonly path: { readonly unit: number; readonly output: number; readonly pixel: number };
  readonly isShown: boolean;
}) {
  const paths = pathsOf(iteration, path);
  const scale = Math.max(...paths.map(Math.abs));
  const reference = { quantity: 'dW', layer: 1, row: path.unit, column: path.pixel } as const;
  const { value } = explain(iteration.network, cycleInputs(iteration, 0.1), reference);
  return (
    <div class="learn-longhand">
      <p>The ten paths to this weight, one through each output:</p>
      <ol class="learn-paths">
        {paths.map((product, output) => (
          <li key={output} class={output === path.output ? 'chosen' : ''}>
            <span>{output}</span>
            <SignedBar value={isShown ? product : 0} scale={scale} />
            <span>{isShown ? fixed(product, 4) : '?'}</span>
          </li>
        ))}
      </ol>
      <p style={{ visibility: isShown ? 'visible' : 'hidden' }}>
        They add up to <strong>{formatNumber(paths.reduce((sum, product) => sum + product, 0))}</strong>,
        before they are rounded. The backward pass gives dw¹ = <strong>{formatNumber(value)}</strong> for it.
      </p>
    </div>
  );
}

const NODES = Array.from({ length: 10 }, (_, k) => k);
const [PIXEL_X, HIDDEN_X, OUTPUT_X, LOSS_X] = [0, 100, 210, 300] as const;
const nodeY = (k: number) => 16 + 20 * k;
const MIDDLE = 106;

/** Where the path goes through the network. A part is drawn in full once its factor is there. */
function PathDrawing({
  unit,
  output,
  pixel,
  shown,
}: {
  unit: number;
  output: number;
  pixel: number;
  shown: number;
}) {
  const lit = (factor: number) => (shown >= factor ? 'path on' : 'path');
  return (
    <svg
      class="learn-path"
      viewBox="0 0 316 212"
      role="img"
      aria-label={`The path goes from the loss to output ${output}, through its weight to hidden unit ${unit}, and through the weight of pixel ${pixel}`}
    >
      {NODES.map((k) => (
        <g key={k}>
          <line class="faintly" x1={PIXEL_X} y1={MIDDLE} x2={HIDDEN_X} y2={nodeY(k)} />
          <line class="faintly" x1={HIDDEN_X} y1={nodeY(unit)} x2={OUTPUT_X} y2={nodeY(k)} />
        </g>
      ))}
      <line class={lit(1)} x1={LOSS_X} y1={MIDDLE} x2={OUTPUT_X} y2={nodeY(output)} />
      <line class={lit(2)} x1={OUTPUT_X} y1={nodeY(output)} x2={HIDDEN_X} y2={nodeY(unit)} />
      <line class={lit(4)} x1={HIDDEN_X} y1={nodeY(unit)} x2={PIXEL_X} y2={MIDDLE} />
      {NODES.map((k) => (
        <g key={k}>
          <circle class={k === unit && shown >= 3 ? 'on' : ''} cx={HIDDEN_X} cy={nodeY(k)} r={8} />
          <text x={HIDDEN_X} y={nodeY(k) + 4}>
            {k}
          </text>
          <circle class={k === output ? 'on' : ''} cx={OUTPUT_X} cy={nodeY(k)} r={8} />
          <text x={OUTPUT_X} y={nodeY(k) + 4}>
            {k}
          </text>
        </g>
      ))}
      <circle class="on" cx={LOSS_X} cy={MIDDLE} r={13} />
      <text x={LOSS_X} y={MIDDLE + 5}>
        J
      </text>
    </svg>
  );
}
