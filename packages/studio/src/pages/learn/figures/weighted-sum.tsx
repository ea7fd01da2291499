import { formatNumber } from '@longhand/core/explain';
import { useEffect, useState } from 'preact/hooks';
import { ColorScale } from '../../../components/color-scale.js';
import { Digit } from '../../../components/digit.js';
import { everyFrame } from '../../../components/every-frame.js';
import type { Iteration } from '../../../computations/cycle.js';
import { fixed } from '../../../number-text.js';
import { largest } from '../../../theme/colors.js';
import { DigitChoice } from './digit-choice.js';
import { reading } from './reading.js';
import { Slider } from './slider.js';
import './weighted-sum.css';

/** How long it takes to lay all products down, in ms. */
const RUN_MS = 4000;
/** Terms that are written out. */
const SHOWN = 6;

/** The unit that both figures show. */
const START_UNIT = 8;

interface Sum {
  readonly weights: Float64Array;
  /** A product for each pixel. */
  readonly products: Float64Array;
  /** The pixels with ink, from top to bottom. */
  readonly inked: readonly number[];
  readonly bias: number;
  readonly z: number;
}

/** The weighted sum of a hidden unit, term by term. */
function sumOf({ network, X, computed }: Iteration, unit: number): Sum {
  const { W, b } = network.layers[0]!;
  const weights = W.data.subarray(unit * W.cols, (unit + 1) * W.cols);
  const products = weights.map((weight, p) => weight * X.data[p]!);
  const inked = [...X.data.keys()].filter((p) => X.data[p]! > 0);
  return { weights, products, inked, bias: b.data[unit]!, z: computed.Z[0]!.data[unit]! };
}

function UnitChoice({ unit, onChoose }: { unit: number; onChoose: (unit: number) => void }) {
  return (
    <label class="unit-choice">
      hidden unit{' '}
      <select value={unit} onChange={({ currentTarget }) => onChoose(Number(currentTarget.value))}>
        {Array.from({ length: 10 }, (_, k) => (
          <option key={k} value={k}>
            {k}
          </option>
        ))}
      </select>
    </label>
  );
}

function Products() {
  const [unit, setUnit] = useState(START_UNIT);
  const [counted, setCounted] = useState<number | undefined>(undefined);
  const [isRunning, setRunning] = useState(false);
  const now = reading.value;
  const sum = now && sumOf(now, unit);
  const all = sum?.inked.length ?? 0;
  const laid = Math.min(counted ?? all, all);
  useEffect(() => {
    if (!isRunning) return;
    return everyFrame((due) => setCounted((before) => Math.min(all, (before ?? 0) + due)), all, RUN_MS);
  }, [isRunning, all]);
  useEffect(() => {
    if (isRunning && laid === all) setRunning(false);
  }, [laid, all]);
  if (!now || !sum) return <Waiting />;
  const { weights, products, inked, bias, z } = sum;
  const masked = new Float64Array(products.length);
  for (const p of inked.slice(0, laid)) masked[p] = products[p]!;
  const soFar = masked.reduce((total, value) => total + value, 0);
  const digit = now.examples.dataset.pixels(0 + now.examples.indices[0]!);
  return (
    <div class="weighted-sum">
      <div class="choices">
        <DigitChoice />
        <UnitChoice unit={unit} onChoose={setUnit} />
      </div>
      <div class="three">
        <figure>
          <Digit pixels={digit} label="the digit" />
          <figcaption>the digit X</figcaption>
        </figure>
        <span class="sign">⊙</span>
        <figure>
          <Digit
            pixels={weights}
            hue="value"
            scale={largest(weights)}
            label={`the weights of hidden unit ${unit}`}
          />
          <figcaption>
            the weights <ColorScale hue="value" scale={largest(weights)} />
          </figcaption>
        </figure>
        <span class="sign">=</span>
        <figure>
          <Digit
            pixels={masked}
            hue="value"
            scale={largest(products)}
            label={`the products so far: their sum is ${formatNumber(soFar, 4)}`}
          />
          <figcaption>
            the products <ColorScale hue="value" scale={largest(products)} />
          </figcaption>
        </figure>
      </div>
      <Slider
        symbol="n"
        name="products added"
        least={0}
        most={all}
        step={1}
        value={laid}
        write={(value) => `${value} of ${all}`}
        onMove={(value) => {
          setRunning(false);
          setCounted(value);
        }}
      />
      <div class="buttons">
        <button
          type="button"
          class="main"
          onClick={() => {
            if (!isRunning && laid === all) setCounted(0);
            setRunning(!isRunning);
          }}
        >
          {isRunning ? 'Stop' : 'Add them up'}
        </button>
        <p class="figures total">
          Σ = {fixed(soFar, 3)}
          {laid === all && (
            <>
              {' '}
              · plus bias {fixed(bias, 3)} = <b>z = {fixed(z, 3)}</b>
            </>
          )}
        </p>
      </div>
    </div>
  );
}

function Longhand() {
  const [unit, setUnit] = useState(START_UNIT);
  const now = reading.value;
  if (!now) return <Waiting />;
  const { weights, products, inked, bias, z } = sumOf(now, unit);
  const order = [...inked].sort((p, q) => Math.abs(products[q]!) - Math.abs(products[p]!));
  const [first, rest] = [order.slice(0, SHOWN), order.slice(SHOWN)];
  const folded = rest.reduce((total, p) => total + products[p]!, 0);
  return (
    <div class="weighted-sum">
      <UnitChoice unit={unit} onChoose={setUnit} />
      <table class="figures terms">
        <caption class="hidden">The largest terms of the weighted sum of hidden unit {unit}</caption>
        <thead>
          <tr>
            <th scope="col">pixel</th>
            <th scope="col">ink · weight</th>
            <th scope="col">product</th>
          </tr>
        </thead>
        <tbody>
          {first.map((p) => (
            <tr key={p}>
              <th scope="row">
                row {Math.floor(p / 28) + 1}, column {(p % 28) + 1}
              </th>
              <td>
                {fixed(now.X.data[p]!, 3)} ·{' '}
                {weights[p]! < 0 ? `(${fixed(weights[p]!, 4)})` : fixed(weights[p]!, 4)}
              </td>
              <td class={products[p]! < 0 ? 'red' : 'blue'}>{fixed(products[p]!, 3)}</td>
            </tr>
          ))}
          <tr class="faint">
            <th scope="row" colSpan={2}>
              {rest.length} more pixels with ink
            </th>
            <td>{fixed(folded, 3)}</td>
          </tr>
          <tr class="faint">
            <th scope="row" colSpan={2}>
              {784 - inked.length} blank pixels
            </th>
            <td>0.000</td>
          </tr>
          <tr>
            <th scope="row" colSpan={2}>
              the bias
            </th>
            <td>{fixed(bias, 3)}</td>
          </tr>
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              z
            </th>
            <td>
              <b>{fixed(z, 3)}</b>
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Waiting() {
  return (
    <div class="weighted-sum">
      <DigitChoice />
      <p class="faint">Loading the network …</p>
    </div>
  );
}

export const figures = { products: Products, longhand: Longhand };
