import { useEffect, useState } from 'preact/hooks';
import { useStepKeys } from '../../components/step-keys.js';
import { changeQuery, query } from '../../state/location.js';
import { announce } from '../../state/notifications.js';
import { iteration, step, steps, working } from './board-state.js';
import { choices, goTo } from './choices.js';
import { stepTitle } from './step-words.js';

/** Between two steps while the cycle plays, in ms: time to look. */
const PLAY_MS = 1600;
/** How many times as fast the cycle can play. */
const SPEEDS = ['0.5', '1', '2', '4'];

/** One step on. After the update the next iteration begins, with the updated parameters. */
function next(): void {
  if (working.peek()) return;
  const { iteration } = choices.peek();
  const now = step.peek()?.number ?? 0;
  if (now < steps.peek().length) goTo(now + 1, iteration);
  else goTo(1, iteration + 1);
  announceStep();
}

function back(): void {
  if (working.peek()) return;
  const { iteration } = choices.peek();
  const now = step.peek()?.number ?? 0;
  if (now > (iteration > 0 ? 1 : firstStep())) goTo(now - 1, iteration);
  else if (iteration > 0) goTo(steps.peek().length, iteration - 1);
  announceStep();
}

/** Where the first iteration begins: step by step, nothing is computed yet. */
function firstStep(): number {
  return choices.peek().isStepByStep ? 0 : 1;
}

function announceStep(): void {
  const now = step.peek();
  if (!now) return;
  const title = stepTitle(now, iteration.peek()!);
  announce(`Step ${now.number} of ${steps.peek().length}, ${now.phase}: ${title}: ${now.spoken}`);
}

/** Step by step, the address says so from the first change on. */
function setSpeed(speed: string | undefined): void {
  changeQuery({ ...(choices.peek().isStepByStep && { show: 'steps' }), speed });
}

export function StepButtons() {
  const [plays, setPlays] = useState(false);
  const speed = SPEEDS.find((each) => each === query.value.get('speed')) ?? '1';
  useStepKeys(next, back);
  useEffect(() => {
    if (!plays) return;
    const timer = setInterval(next, PLAY_MS / Number(speed));
    return () => clearInterval(timer);
  }, [plays, speed]);
  const atStart = choices.value.step <= firstStep() && choices.value.iteration === 0;
  return (
    <fieldset class="step-buttons" data-control="steps" data-part="equation network">
      <legend class="hidden">Steps of the cycle</legend>
      <button type="button" disabled={atStart} onClick={() => goTo(firstStep(), 0)}>
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
      <label class="speed">
        <span class="hidden">speed of Play</span>
        <select
          value={speed}
          onChange={({ currentTarget: { value } }) => setSpeed(value === '1' ? undefined : value)}
        >
          {SPEEDS.map((each) => (
            <option key={each} value={each}>
              {each} ×
            </option>
          ))}
        </select>
      </label>
    </fieldset>
  );
}
