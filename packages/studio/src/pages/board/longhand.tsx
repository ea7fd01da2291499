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
import type { Check } from '../../computations/check-entry.js';
import { cycleInputs, type Iteration, MAX_ON_PAGE } from '../../computations/cycle.js';
import {
  type AskedEntry,
  asked,
  checkNumber,
  checkOf,
  isRead,
  pointed,
  step,
  steps,
  working,
} from './board-state.js';
import { ask, askNothing, choices } from './choices.js';
import { canMove, MoveIt } from './grab.js';
import { labelsFor, placeLabel, sentenceOf } from './labels.js';
import { type ParameterRole, parameterRole } from './parameter-role.js';
import { Pictures } from './pictures.js';
import { stepWords } from './step-words.js';
import type { SumLine } from './sum-lines.js';
import { sumTable } from './sum-table.js';
import { UpdateTold } from './update-told.js';
import './longhand.css';

/** Whether only the head of the sheet is shown, in windows where it covers the board. */
const folded = signal(matchMedia('(min-width: 761px) and (max-height: 760px)').matches);

/** The number that is pointed at or asked for, computed as by hand. */
export function Longhand({ iteration, column }: { iteration: Iteration; column: number }) {
  const reference = pointed.value ?? asked.value;
  const { isStepByStep, entry: wanted, alpha } = choices.value;
  if (isStepByStep && !reference) return <Beginning />;
  if (!reference || !isThere(iteration, reference))
    return <section class="longhand sheet" data-control="longhand" aria-label="In longhand" />;
  const now = step.value;
  // Until a number is asked for, the step is told in words.
  const isTold = isStepByStep && now && !pointed.value && !wanted;
  const words = isTold && stepWords(now, iteration, column, alpha);
  const explanation = explain(iteration.network, cycleInputs(iteration, choices.value.alpha), reference);
  const entry = formatReference(explanation.reference);
  const role = isRead(reference) ? roleOf(iteration, reference) : undefined;
  const found = checkOf(entry);
  const place = (
    <>
      {placeLabel(iteration, reference)}{' '}
      <math>
        <Quantity name={reference.quantity} layer={reference.layer} />
      </math>{' '}
      <span class="answer figures">= {formatNumber(role?.value ?? explanation.value)}</span>
    </>
  );
  // Data were not computed.
  const isGiven = explanation.kind === 'given';
  const isFolded = folded.value;
  return (
    <section
      class={`longhand sheet ${isFolded ? 'folded' : ''}`}
      data-control="longhand"
      data-part="equation"
      aria-label="In longhand"
    >
      <div class="head">
        <h2>
          {words ? (
            <>
              <span class="red">{now.number}</span> · {words.title}
            </>
          ) : (
            <>In longhand: {place}</>
          )}
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
          {words ? (
            <>
              <p class="plain">{words.plain}</p>
              <p class="exact faint">
                <b>Exactly.</b> <span class="figures">{words.exact}</span>
              </p>
            </>
          ) : (
            <>
              <p>{role?.sentence ?? sentenceOf(explanation, iteration)}</p>
              <Origin reference={reference} isParameter={role !== undefined} isGiven={isGiven} />
              {isStepByStep && now && wanted && (
                <button type="button" class="factor" onClick={askNothing}>
                  Back to step {now.number}
                </button>
              )}
            </>
          )}
          {!words && canMove(iteration, reference) && <MoveIt iteration={iteration} reference={reference} />}
          <p class="check" aria-live="polite">
            {found ? <Verdict check={found} explanation={explanation} /> : null}
          </p>
          {!isGiven && (
            <button type="button" disabled={working.value} onClick={() => void checkNumber(reference, entry)}>
              Check this number
            </button>
          )}
        </div>
        <Pictures iteration={iteration} explanation={explanation} isRead={role !== undefined} />
        <div class="sums">
          {words && <h3>In longhand: {place}</h3>}
          <SumTable lines={role?.lines ?? sumTable(explanation, labelsFor(iteration))} />
          {step.value?.phase === 'update' && iteration.m <= MAX_ON_PAGE && (
            <UpdateTold iteration={iteration} column={column} />
          )}
        </div>
        {words ? null : role ? (
          <p class="in-full figures" data-entry={entry} data-value={role.value}>
            <span class="whose">{entrySymbol(reference, iteration.m)}</span>{' '}
            <span class="value">= {formatNumber(role.value)}</span>
          </p>
        ) : (
          <Equation explanation={explanation} />
        )}
      </div>
    </section>
  );
}

/** Before the first step: what is to come. */
function Beginning() {
  return (
    <section class="longhand sheet beginning" aria-label="In longhand">
      <div class="head">
        <h2>One round of learning</h2>
      </div>
      <ol>
        <li>
          <b class="pen">Forward.</b> The picture goes through the network, and an answer comes out.
        </li>
        <li>
          <b class="pen">Backward.</b> The error of the answer goes back, and says for every weight which way
          to move.
        </li>
        <li>
          <b class="pen">Update.</b> Every weight takes a small step that way. So the next answer is better.
        </li>
      </ol>
      <p class="faint">
        Each square on this page is a real number. Press any square, unit or line to see how it is computed.
      </p>
    </section>
  );
}

function roleOf(iteration: Iteration, reference: AskedEntry): ParameterRole {
  const isBackward = steps.value[reference.at! - 1]?.phase === 'backward';
  return parameterRole(iteration, reference, isBackward, steps.value.length);
}

/** Of an operand: where it was pressed, and the way to the equation that computes it. */
function Origin({
  reference,
  isParameter,
  isGiven,
}: {
  readonly reference: AskedEntry;
  readonly isParameter: boolean;
  readonly isGiven: boolean;
}) {
  const { at, quantity, layer } = reference;
  if (at === undefined || isGiven) return null;
  const own = steps.value.find(({ result }) => result.quantity === quantity && result.layer === layer);
  const number = isParameter ? steps.value.length : own?.number;
  if (number === undefined) return null;
  return (
    <p class="origin faint">
      Equation {at} uses it. Equation {number} {isParameter ? 'updates' : 'computes'} it
      {isParameter ? (
        <>
          :{' '}
          <button type="button" class="factor" onClick={() => ask(formatReference(reference))}>
            show the update
          </button>
        </>
      ) : (
        ', as written here.'
      )}
    </p>
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

/** The result of a check: a slope beside the gradient, or a number beside the same one computed again. */
function Verdict({ check, explanation }: { check: Check; explanation: Explanation }) {
  if (check.kind === 'again') {
    const { how, value, again, agrees } = check;
    const apart = Math.abs(again - value);
    return (
      <span class={agrees ? 'green' : 'red'}>
        Computed again, {how}: {formatNumber(again, 9)}. The board has {formatNumber(value, 9)}{' '}
        {agrees ? '✓' : '✗'}
        {agrees && apart > 0 && ` They differ by ${formatNumber(apart, 2)}, which is rounding.`}
      </span>
    );
  }
  const { parameter, value, epsilon, lossBelow, lossAbove, slope, gradient, agrees, hasKink } = check;
  const { m } = explanation;
  const isSum = parameter.quantity === 'Z';
  return (
    <span class={agrees ? 'green' : hasKink ? '' : 'red'}>
      With {entrySymbol(parameter, m)} = {formatNumber(value)} ± {formatNumber(epsilon)}, the loss{' '}
      {isSum && m > 1 && 'of this example '}is {formatNumber(lossAbove, 9)} and {formatNumber(lossBelow, 9)}.
      That is a slope of {formatNumber(slope, 6)}; the {isSum ? 'error' : 'gradient'} is{' '}
      {formatNumber(gradient, 6)}{' '}
      {agrees ? '✓' : hasKink ? '(a ReLU turns on or off in between, so they may differ)' : '✗'}
      {explanation.kind === 'update' &&
        ` With this slope the new value is ${formatNumber(explanation.old.value - explanation.alpha * slope)}.`}
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
