import { formatNumber } from '@longhand/core/explain';
import type { Line, ParameterLine } from '../computations/single-unit.js';
import { fixed } from '../number-text.js';
import './unit-drawing.css';

interface UnitDrawingProps {
  readonly parameters: readonly ParameterLine[];
  /** Whose inputs are written into the circles. */
  readonly line: Line;
}

const INPUTS = [60, 160, 260];
const UNIT = { x: 400, y: 160 };
const BIAS = { x: 400, y: 310 };

/**
 * Three inputs and one unit. An edge is as thick as its weight is large, blue for a positive weight
 * and red for a negative one.
 */
export function UnitDrawing({ parameters, line }: UnitDrawingProps) {
  const largest = Math.max(...parameters.map(({ value }) => Math.abs(value)));
  const bias = parameters[3];
  const said = parameters.map(({ symbol, value }) => `${symbol} = ${formatNumber(value, 3)}`).join(', ');
  return (
    <svg
      class="unit-drawing figures"
      viewBox="0 0 620 340"
      role="img"
      aria-label={`Three inputs ${line.x.join(', ')} and one unit: ${said}; its answer is ${formatNumber(line.a, 3)}`}
    >
      {INPUTS.map((y, i) => (
        <Edge key={y} from={{ x: 60, y }} to={UNIT} parameter={parameters[i]!} largest={largest} at={0.46} />
      ))}
      {bias && <Edge from={BIAS} to={UNIT} parameter={bias} largest={largest} at={0.42} />}
      <line class="edge-out" x1={UNIT.x} y1={UNIT.y} x2={545} y2={UNIT.y} />
      {INPUTS.map((y, i) => (
        <g key={y}>
          <circle class={line.x[i] ? 'on' : ''} cx={60} cy={y} r={26} />
          <text class={line.x[i] ? 'on' : ''} x={60} y={y + 7}>
            {line.x[i]}
          </text>
          <text class="node-name" x={14} y={y + 7}>
            x{'₁₂₃'[i]}
          </text>
        </g>
      ))}
      {bias && (
        <g>
          <circle cx={BIAS.x} cy={BIAS.y} r={20} />
          <text x={BIAS.x} y={BIAS.y + 7}>
            1
          </text>
        </g>
      )}
      <circle cx={UNIT.x} cy={UNIT.y} r={38} />
      <text class="sigma" x={UNIT.x} y={UNIT.y + 9}>
        σ
      </text>
      <text class="node-name" x={UNIT.x} y={UNIT.y - 56}>
        z = {fixed(line.z, 2)}
      </text>
      <text class="answer" x={550} y={UNIT.y - 18}>
        a = {fixed(line.a)}
      </text>
    </svg>
  );
}

interface EdgeProps {
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
  readonly parameter: ParameterLine;
  readonly largest: number;
  /** The position of its label, from 0 at its start to 1 at its end. */
  readonly at: number;
}

function Edge({ from, to, parameter: { symbol, value }, largest, at }: EdgeProps) {
  const [x, y] = [from.x + at * (to.x - from.x), from.y + at * (to.y - from.y)];
  const share = largest > 0 ? Math.abs(value) / largest : 0;
  return (
    <g class={value < 0 ? 'edge negative' : 'edge'}>
      <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} stroke-width={1 + 7 * share} />
      <g transform={`translate(${x} ${y})`}>
        <g class="label">
          <rect x={-58} y={-14} width={116} height={28} />
          <text y={6}>
            {symbol} = {fixed(value, 2)}
          </text>
        </g>
      </g>
    </g>
  );
}
