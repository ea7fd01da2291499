import { addColumn, map, matrix, multiply, relu } from '@longhand/core/maths';
import { useState } from 'preact/hooks';
import { ActivationPlot } from '../../../components/activation-plot.js';
import { fixed } from '../../../number-text.js';
import { DigitChoice } from './digit-choice.js';
import { Plot } from './plot.js';
import { reading } from './reading.js';
import { Slider } from './slider.js';
import './bias-and-relu.css';

/** Points of the plane, and whether a unit should say yes to them. */
const POINTS = [
  { x: [1, 1], y: 0 },
  { x: [2, 1], y: 0 },
  { x: [1, 2.2], y: 0 },
  { x: [0.5, 3], y: 0 },
  { x: [4, 4], y: 1 },
  { x: [3, 2.8], y: 1 },
  { x: [2.4, 4], y: 1 },
  { x: [4.3, 2], y: 1 },
] as const;
const SIDE = 5;

function Border() {
  const [[w1, w2, b], setAll] = useState([1, -1, 0] as readonly [number, number, number]);
  const W = matrix(1, 2, [w1, w2]);
  const X = matrix(2, POINTS.length, [...POINTS.map(({ x }) => x[0]), ...POINTS.map(({ x }) => x[1])]);
  const { data: sums } = addColumn(multiply(W, X), matrix(1, 1, [b]));
  const right = POINTS.filter(({ y }, k) => sums[k]! > 0 === (y === 1)).length;
  const at = (value: number) => 20 + (value / SIDE) * 260;
  return (
    <div class="border-figure">
      <svg
        viewBox="0 0 300 300"
        class="figures"
        role="img"
        aria-label={`A plane with eight points and the border w1 x1 + w2 x2 + b = 0 with w1 = ${fixed(w1, 1)}, w2 = ${fixed(w2, 1)}, b = ${fixed(b, 1)}: ${right} of 8 points are on their side`}
      >
        <defs>
          <clipPath id="plane">
            <rect x="20" y="20" width="260" height="260" />
          </clipPath>
        </defs>
        <g clip-path="url(#plane)">
          <path class="yes" d={yesSide(w1, w2, b, at)} />
          <path class="edge" d={borderOf(w1, w2, b, at)} />
        </g>
        <path class="axes" d="M 20 20 V 280 H 280" />
        <text x="274" y="296">
          x₁
        </text>
        <text x="2" y="24">
          x₂
        </text>
        <text x="6" y="294">
          0
        </text>
        {POINTS.map(({ x: [x1, x2], y }, k) => {
          const isRight = sums[k]! > 0 === (y === 1);
          return (
            <g key={`${x1} ${x2}`} class={isRight ? '' : 'wrong'}>
              <circle class={y ? 'full' : 'empty'} cx={at(x1)} cy={300 - at(x2)} r={7} />
            </g>
          );
        })}
      </svg>
      <div class="sliders">
        <Slider
          symbol="w₁"
          name="weight of x₁"
          least={-2}
          most={2}
          step={0.1}
          value={w1}
          onMove={(value) => setAll([value, w2, b])}
        />
        <Slider
          symbol="w₂"
          name="weight of x₂"
          least={-2}
          most={2}
          step={0.1}
          value={w2}
          onMove={(value) => setAll([w1, value, b])}
        />
        <Slider
          symbol="b"
          name="bias"
          least={-8}
          most={8}
          step={0.1}
          value={b}
          onMove={(value) => setAll([w1, w2, value])}
        />
      </div>
      <p role="status" class={right === POINTS.length ? 'green' : ''}>
        {right === POINTS.length ? (
          <b class="pen">✓ All 8 points are on their side.</b>
        ) : (
          `${right} of 8 points are on their side. A red ring is on the wrong one: full dots belong on yellow.`
        )}
      </p>
    </div>
  );
}

/** The line w₁x₁ + w₂x₂ + b = 0, far beyond the plane. */
function ends(w1: number, w2: number, b: number): readonly [number, number][] | undefined {
  const size = w1 * w1 + w2 * w2;
  if (size === 0) return undefined;
  const [x, y] = [(-b * w1) / size, (-b * w2) / size];
  const far = 30 / Math.sqrt(size);
  return [
    [x - w2 * far, y + w1 * far],
    [x + w2 * far, y - w1 * far],
  ];
}

function borderOf(w1: number, w2: number, b: number, at: (value: number) => number): string {
  const line = ends(w1, w2, b);
  return line ? `M ${line.map(([x, y]) => `${at(x)} ${300 - at(y)}`).join(' L ')}` : '';
}

/** The side where the sum is positive. */
function yesSide(w1: number, w2: number, b: number, at: (value: number) => number): string {
  const line = ends(w1, w2, b);
  if (!line) return b > 0 ? 'M 0 0 H 300 V 300 H 0 Z' : '';
  const far = 60 / Math.sqrt(w1 * w1 + w2 * w2);
  const corners = [...line, ...[...line].reverse().map(([x, y]) => [x + w1 * far, y + w2 * far] as const)];
  return `M ${corners.map(([x, y]) => `${at(x)} ${300 - at(y)}`).join(' L ')} Z`;
}

/** The weights of the output in the small network of two layers. */
const OUT = [1, -1.5] as const;
const RANGE = [-4, 4] as const;

function Fold() {
  const [[w1, w2], setWeights] = useState([1, 2] as readonly [number, number]);
  const [isBent, setBent] = useState(false);
  const g = isBent ? relu.f : (z: number) => z;
  const xs = Array.from({ length: 121 }, (_, k) => RANGE[0] + (k / 120) * (RANGE[1] - RANGE[0]));
  const Z1 = addColumn(multiply(matrix(2, 1, [w1, w2]), matrix(1, xs.length, xs)), matrix(2, 1, [0.5, -1]));
  const { data } = multiply(matrix(1, 2, [...OUT]), map(Z1, g));
  const slope = OUT[0] * w1 + OUT[1] * w2;
  const start = OUT[0] * 0.5 + OUT[1] * -1;
  const said = isBent
    ? 'With ReLU the line bends: no single layer can do that.'
    : `Without ReLU, one straight line: y = ${fixed(slope, 1)} · x + ${fixed(start, 1)}. One layer with this weight and bias does the same.`;
  return (
    <div class="fold-figure">
      <Plot
        label={`The answer y of two layers, for x from −4 to 4. ${said}`}
        x={RANGE}
        y={[-12, 12]}
        xName="x, the input"
        yName="y, the answer of two layers"
        decimals={0}
        curves={[{ points: xs.map((x, k) => [x, data[k]!] as const) }]}
      />
      <div class="sliders">
        <Slider
          symbol="w₁"
          name="weight to hidden unit 1"
          least={-3}
          most={3}
          step={0.1}
          value={w1}
          onMove={(value) => setWeights([value, w2])}
        />
        <Slider
          symbol="w₂"
          name="weight to hidden unit 2"
          least={-3}
          most={3}
          step={0.1}
          value={w2}
          onMove={(value) => setWeights([w1, value])}
        />
      </div>
      <label class="switch">
        <input
          type="checkbox"
          checked={isBent}
          onChange={({ currentTarget }) => setBent(currentTarget.checked)}
        />{' '}
        ReLU between the layers
      </label>
      <p>{said}</p>
      <p class="faint">
        Hidden unit 1 adds up w₁·x + 0.5, hidden unit 2 adds up w₂·x − 1. The answer is y = 1 · a₁ − 1.5 · a₂.
      </p>
    </div>
  );
}

function Units() {
  const now = reading.value;
  const on = now ? now.computed.Z[0]!.data.filter((z) => z > 0).length : 0;
  return (
    <div class="fold-figure">
      <DigitChoice />
      {now && <ActivationPlot iteration={now} layer={1} row={-1} column={0} />}
      <p>
        {now
          ? `For this digit, ${on} of the ten hidden units are on. The others pass on 0.`
          : 'Loading the network …'}
      </p>
    </div>
  );
}

export const figures = { border: Border, fold: Fold, units: Units };
