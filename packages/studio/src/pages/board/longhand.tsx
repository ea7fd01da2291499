import {
  type Explanation,
  entrySymbol,
  explain,
  figure,
  formatReference,
  type Reference,
  writeSteps,
} from '@longhand/core/explain';
import { largest } from '../../look/colours.js';
import { Digit } from '../../parts/digit.js';
import { Quantity } from '../../parts/maths.js';
import { asked, checked, checkNumber, pointed, working } from './board-state.js';
import { ask, choices } from './choices.js';
import { cycleInputs, type Turn } from './cycle.js';
import { type LedgerLine, ledgerOf } from './ledger.js';
import type { Nudge } from './nudge.js';
import { placeInWords, sentenceOf, wordsFor } from './words.js';

/** Side of the pictures, in CSS pixels: five for each pixel. */
const PICTURE_SIDE = 140;

/** The number that is pointed at or asked for, worked out as by hand. */
export function Longhand({ turn }: { turn: Turn }) {
  const reference = pointed.value ?? asked.value;
  if (!reference || !isThere(turn, reference))
    return <section class="longhand sheet" aria-label="In longhand" />;
  const explanation = explain(turn.network, cycleInputs(turn, choices.value.alpha), reference);
  const entry = formatReference(explanation.reference);
  const found = checked.value?.entry === entry ? checked.value.nudge : undefined;
  return (
    <section class="longhand sheet" aria-label="In longhand">
      <div class="words">
        <h2>
          In longhand: {placeInWords(turn, reference)}{' '}
          <math>
            <Quantity name={reference.quantity} layer={reference.layer} />
          </math>
        </h2>
        <p>{sentenceOf(explanation)}</p>
        <p class="check" aria-live="polite">
          {found ? <Verdict nudge={found} m={turn.m} /> : null}
        </p>
        <button type="button" disabled={working.value} onClick={() => void checkNumber(reference, entry)}>
          Check this number
        </button>
      </div>
      <Pictures turn={turn} explanation={explanation} />
      <Ledger lines={ledgerOf(explanation, wordsFor(turn))} />
      <Equation explanation={explanation} />
    </section>
  );
}

/** The whole equation on one line: symbols, numbers, sum. */
function Equation({ explanation }: { explanation: Explanation }) {
  const { name, relation, steps } = writeSteps(explanation);
  return (
    <p
      class="in-full figures"
      data-entry={formatReference(explanation.reference)}
      data-value={explanation.value}
    >
      <span class="whose">{name}</span>{' '}
      {steps.map((step, k) => (
        <span key={step} class={k === steps.length - 1 ? 'value' : ''}>
          {k === 0 ? relation : '='} {step}{' '}
        </span>
      ))}
    </p>
  );
}

function Ledger({ lines }: { lines: readonly LedgerLine[] }) {
  return (
    <table class="ledger figures">
      <caption class="hidden">The sum, term by term</caption>
      <tbody>
        {lines.map(({ name, factors, value, kind }) => (
          <tr key={name} class={kind}>
            <th scope="row">{name}</th>
            <td class="factors">
              {factors.map(({ text, exponent, entry }, k) => (
                <span key={entry || text}>
                  {k > 0 && ' × '}
                  {entry ? (
                    <button
                      type="button"
                      class="factor"
                      title={`Ask for ${entry}`}
                      onClick={() => ask(entry)}
                    >
                      {text}
                      {exponent && <sup>{exponent}</sup>}
                    </button>
                  ) : (
                    text
                  )}
                </span>
              ))}
            </td>
            <td class="sum">{/^[×÷]/.test(value) ? value : `= ${value}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What the sum is about, as pictures: for the first layer the digit, the unit's weights, and what the ink meets. */
function Pictures({ turn, explanation }: { turn: Turn; explanation: Explanation }) {
  const { network, examples, gradients } = turn;
  const { width, height } = examples.dataset;
  const { quantity, layer, row, column } = explanation.reference;
  const picture = (
    caption: string,
    pixels: ArrayLike<number>,
    hue: 'value' | 'gradient' | 'ink',
    scale = largest(pixels),
  ) => (
    <figure>
      <Digit
        pixels={pixels}
        width={width}
        height={height}
        hue={hue}
        scale={scale}
        side={PICTURE_SIDE}
        label={caption}
      />
      <figcaption class="pen">{caption}</figcaption>
    </figure>
  );
  const rowOf = ({ cols, data }: { cols: number; data: Float64Array }) =>
    data.subarray(row * cols, (row + 1) * cols);
  const digitAt = (place: number) => examples.dataset.pixels(examples.indices[place]!);
  if (layer === 1 && (quantity === 'Z' || quantity === 'A')) {
    const weights = rowOf(network.layers[0]!.W);
    const pixels = digitAt(column);
    const meets = weights.map((weight, p) => weight * pixels[p]! * examples.pixelScale);
    return (
      <div class="pictures">
        {picture('the digit, X', pixels, 'ink', 255)}
        <math class="sign">
          <mo>⊙</mo>
        </math>
        {picture(`row ${row} of W[1]`, weights, 'value')}
        <math class="sign">
          <mo>=</mo>
        </math>
        {picture('what the ink meets', meets, 'value')}
      </div>
    );
  }
  if (layer === 1 && (quantity === 'dW' || quantity === 'W')) {
    return (
      <div class="pictures">
        {picture(`row ${row} of W[1]`, rowOf(network.layers[0]!.W), 'value')}
        <math class="sign">
          <mo>−</mo>
          <mi>α</mi>
        </math>
        {picture(`row ${row} of dW[1]`, rowOf(gradients[0]!.dW), 'gradient')}
      </div>
    );
  }
  const example = quantity === 'W' || quantity === 'dW' || quantity === 'b' || quantity === 'db' ? 0 : column;
  return <div class="pictures">{picture('the digit, X', digitAt(example), 'ink', 255)}</div>;
}

/** What the nudge came to. */
function Verdict({ nudge, m }: { nudge: Nudge; m: number }) {
  const { parameter, value, epsilon, lossBelow, lossAbove, slope, gradient, agrees, hasKink } = nudge;
  const symbol = entrySymbol(parameter, m);
  return (
    <span class={agrees ? 'green' : hasKink ? '' : 'red'}>
      {symbol} = {figure(value)}, nudged by ±{figure(epsilon)}: the loss goes to {figure(lossAbove, 9)} and{' '}
      {figure(lossBelow, 9)}, a slope of {figure(slope, 6)}; the gradient says {figure(gradient, 6)}{' '}
      {agrees ? '✓' : hasKink ? '(a ReLU bends in between: the two need not agree)' : '✗'}
    </span>
  );
}

function isThere({ network, m }: Turn, { quantity, layer, row, column }: Reference): boolean {
  if (quantity === 'X') return row < network.layers[0]!.W.cols && column < m;
  if (quantity === 'Y') return row < network.layers.at(-1)!.W.rows && column < m;
  if (quantity === 'J') return true;
  const at = network.layers[layer - 1];
  if (!at || row >= at.W.rows) return false;
  if (quantity === 'W' || quantity === 'dW') return column < at.W.cols;
  return quantity === 'b' || quantity === 'db' ? column === 0 : column < m;
}
