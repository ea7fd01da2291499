import { useEffect, useState } from 'preact/hooks';
import { digits } from '../../state/digits.js';
import { drawing } from '../../state/drawing.js';
import { ownModel } from '../../state/models.js';
import { announce, showError } from '../../state/notifications.js';
import { count } from '../../text.js';
import { networkDrawn, step, steps, working } from './board-state.js';
import { choices, choose, goTo, type NetworkChoice, readAlpha, type SizeChoice } from './choices.js';

/** Between two steps while the cycle plays, in ms: time to look. */
const PLAY_MS = 1600;

const NETWORK_NAMES: Readonly<Record<NetworkChoice, string>> = {
  '0': 'untrained',
  '10': 'after 10 iterations',
  '100': 'after 100 iterations',
  '500': 'after 500 iterations',
  draw: '784-128-10',
  own: 'loaded',
};

/** Next, and after the update the next turn, with the parameters as they are then. */
function next(): void {
  const { iteration: number } = choices.peek();
  const now = step.peek()?.number ?? 1;
  if (now < steps.peek().length) goTo(now + 1, number);
  else goTo(1, number + 1);
  announceStep();
}

function back(): void {
  const { iteration: number } = choices.peek();
  const now = step.peek()?.number ?? 1;
  if (now > 1) goTo(now - 1, number);
  else if (number > 0) goTo(steps.peek().length, number - 1);
  announceStep();
}

function announceStep(): void {
  const now = step.peek();
  if (now) announce(`Step ${now.number} of ${steps.peek().length}, ${now.phase}: ${now.spoken}`);
}

export function StepButtons() {
  const [plays, setPlays] = useState(false);
  useEffect(() => {
    if (!plays) return;
    const timer = setInterval(() => {
      if (!working.peek()) next();
    }, PLAY_MS);
    return () => clearInterval(timer);
  }, [plays]);
  const atStart = choices.value.step === 1 && choices.value.iteration === 0;
  return (
    <fieldset class="step-buttons">
      <legend class="hidden">Steps of the cycle</legend>
      <button type="button" disabled={atStart} onClick={() => goTo(1, 0)}>
        Reset
      </button>
      <button type="button" disabled={atStart || working.value} onClick={back}>
        Back
      </button>
      <button type="button" class="main" disabled={working.value} onClick={next}>
        Next
      </button>
      <button type="button" aria-pressed={plays} onClick={() => setPlays(!plays)}>
        {plays ? 'Pause' : 'Play'}
      </button>
    </fieldset>
  );
}

/** Which network, which digit, how many, and α. */
export function BoardChoices() {
  const { size, alpha } = choices.value;
  const data = digits.value;
  const own = ownModel.value;
  return (
    <div class="board-choices">
      <label>
        network{' '}
        <select
          value={networkDrawn.value}
          onChange={(event) => choose({ net: event.currentTarget.value as NetworkChoice })}
        >
          {Object.entries(NETWORK_NAMES).map(([value, name]) =>
            value === 'own' ? (
              own && (
                <option key={value} value={value}>
                  {own.name}
                </option>
              )
            ) : (
              <option key={value} value={value}>
                {name}
              </option>
            ),
          )}
        </select>
      </label>
      <DigitChooser />
      <label>
        <math aria-hidden="true">
          <mi>m</mi>
        </math>
        <span class="hidden">examples, m</span>{' '}
        <select
          class="how-many"
          value={size}
          onChange={(event) => choose({ m: event.currentTarget.value as SizeChoice })}
        >
          <option value="1">1</option>
          <option value="4">4</option>
          <option value="16">16</option>
          <option value="all">
            all {data ? `${count(data.complete ? data.training.length : 60000)}` : ''}
          </option>
        </select>
      </label>
      <AlphaInput key={alpha} alpha={alpha} />
    </div>
  );
}

function AlphaInput({ alpha }: { alpha: number }) {
  return (
    <label>
      <math aria-hidden="true">
        <mi>α</mi>
      </math>
      <span class="hidden">learning rate, alpha</span>{' '}
      <input
        class="figures"
        inputMode="decimal"
        size={5}
        defaultValue={String(alpha)}
        onChange={(event) => {
          const typed = readAlpha(event.currentTarget.value);
          if (typed !== undefined) choose({ alpha: typed });
          else {
            showError(
              new Error(
                `α: expected a number greater than 0, at most 1,000,000, found “${event.currentTarget.value}”`,
              ),
            );
            event.currentTarget.value = String(alpha);
          }
        }}
      />
    </label>
  );
}

function DigitChooser() {
  const { digit } = choices.value;
  const data = digits.value;
  if (!data) return null;
  const set = digit.set;
  const most = (which: 'test' | 'train') => {
    const { length } = which === 'test' ? data.test : data.training;
    return data.complete ? length : which === 'test' ? 10_000 : 60_000;
  };
  return (
    <span class="digit-chooser">
      <label>
        <span class="hidden">the digit from</span>
        <select
          value={set}
          onChange={(event) => {
            const chosen = event.currentTarget.value as typeof set;
            choose({ digit: chosen === 'drawn' ? { set: 'drawn' } : { set: chosen, index: 0 } });
          }}
        >
          <option value="test">test digit</option>
          <option value="train">training digit</option>
          {(drawing.value || set === 'drawn') && <option value="drawn">the digit drawn</option>}
        </select>
      </label>
      {set !== 'drawn' && (
        <input
          key={`${set} ${digit.index}`}
          class="figures"
          type="number"
          aria-label="number of the digit"
          min={0}
          max={most(set) - 1}
          defaultValue={String(digit.index)}
          onChange={(event) => {
            const typed = Number(event.currentTarget.value);
            if (Number.isInteger(typed) && typed >= 0 && typed < most(set))
              choose({ digit: { set, index: typed } });
            else {
              showError(
                new Error(
                  `${set} digit: expected a number from 0 to ${count(most(set) - 1)}, found “${event.currentTarget.value}”`,
                ),
              );
              event.currentTarget.value = String(digit.index);
            }
          }}
        />
      )}
    </span>
  );
}
