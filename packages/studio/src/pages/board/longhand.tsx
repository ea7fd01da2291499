import {
  type Explanation,
  entrySymbol,
  explain,
  formatNumber,
  formatReference,
  type Reference,
  writeSteps,
} from '@longhand/core/explain';
import { signal } from '@preact/signals';
import { Quantity } from '../../components/maths.js';
import { cycleInputs, type Iteration } from '../../computations/cycle.js';
import type { FiniteDifference } from '../../computations/finite-difference.js';
import { asked, checked, checkNumber, pointed, working } from './board-state.js';
import { ask, choices } from './choices.js';
import { labelsFor, placeLabel, sentenceOf } from './labels.js';
import { Pictures } from './pictures.js';
import type { SumLine } from './sum-lines.js';
import { sumTable } from './sum-table.js';
import './longhand.css';

/** Whether only the head of the sheet is shown, in windows where it covers the board. */
const folded = signal(false);

/** The number that is pointed at or asked for, computed as by hand. */
export function Longhand({ iteration }: { iteration: Iteration }) {
  const reference = pointed.value ?? asked.value;
  if (!reference || !isThere(iteration, reference))
    return <section class="longhand sheet" aria-label="In longhand" />;
  const explanation = explain(iteration.network, cycleInputs(iteration, choices.value.alpha), reference);
  const entry = formatReference(explanation.reference);
  const found = checked.value?.entry === entry ? checked.value.difference : undefined;
  // Data have no gradient to check.
  const isGiven = explanation.kind === 'given';
  const isFolded = folded.value;
  return (
    <section class={`longhand sheet ${isFolded ? 'folded' : ''}`} aria-label="In longhand">
      <div class="head">
        <h2>
          In longhand: {placeLabel(iteration, reference)}{' '}
          <math>
            <Quantity name={reference.quantity} layer={reference.layer} />
          </math>{' '}
          <span class="answer figures">= {formatNumber(explanation.value)}</span>
        </h2>
        <button
          type="button"
          class="fold quiet"
          aria-label="The sum, term by term"
          aria-expanded={!isFolded}
          aria-controls="longhand-sum"
          onClick={() => {
            folded.value = !isFolded;
          }}
        >
          <svg viewBox="0 0 20 12" aria-hidden="true">
            <path d={isFolded ? 'M 3 10 L 10 3 L 17 10' : 'M 3 2 L 10 9 L 17 2'} />
          </svg>
        </button>
      </div>
      <div class="sum-sheet" id="longhand-sum">
        <div class="words">
          <p>{sentenceOf(explanation, iteration)}</p>
          <p class="check" aria-live="polite">
            {found ? <Verdict difference={found} m={iteration.m} /> : null}
          </p>
          {!isGiven && (
            <button type="button" disabled={working.value} onClick={() => void checkNumber(reference, entry)}>
              Check this number
            </button>
          )}
        </div>
        <Pictures iteration={iteration} explanation={explanation} />
        <SumTable lines={sumTable(explanation, labelsFor(iteration))} />
        <Equation explanation={explanation} />
      </div>
    </section>
  );
}

/** The whole equation in one line: symbols, numbers, sum. */
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

/** The sum, a line for each term. Its factors are buttons that ask how they are computed. */
function SumTable({ lines }: { lines: readonly SumLine[] }) {
  return (
    <table class="sum-table figures">
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
                      title={`Show how ${entry} is computed`}
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

/** The result of a check: the slope of the loss, measured, beside the gradient, computed. */
function Verdict({ difference, m }: { difference: FiniteDifference; m: number }) {
  const { parameter, value, epsilon, lossBelow, lossAbove, slope, gradient, agrees, hasKink } = difference;
  return (
    <span class={agrees ? 'green' : hasKink ? '' : 'red'}>
      With {entrySymbol(parameter, m)} = {formatNumber(value)} ± {formatNumber(epsilon)}, the loss is{' '}
      {formatNumber(lossAbove, 9)} and {formatNumber(lossBelow, 9)}. That is a slope of{' '}
      {formatNumber(slope, 6)}; the gradient is {formatNumber(gradient, 6)}{' '}
      {agrees ? '✓' : hasKink ? '(a ReLU turns on or off in between, so they may differ)' : '✗'}
    </span>
  );
}

function isThere({ network, m }: Iteration, { quantity, layer, row, column }: Reference): boolean {
  if (quantity === 'X') return row < network.layers[0]!.W.cols && column < m;
  if (quantity === 'Y') return row < network.layers.at(-1)!.W.rows && column < m;
  if (quantity === 'J') return true;
  const at = network.layers[layer - 1];
  if (!at || row >= at.W.rows) return false;
  if (quantity === 'W' || quantity === 'dW') return column < at.W.cols;
  return quantity === 'b' || quantity === 'db' ? column === 0 : column < m;
}
