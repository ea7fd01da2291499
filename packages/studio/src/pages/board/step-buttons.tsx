import { useEffect, useState } from 'preact/hooks';
import { announce } from '../../state/notifications.js';
import { step, steps, working } from './board-state.js';
import { choices, goTo } from './choices.js';

/** Between two steps while the cycle plays, in ms: time to look. */
const PLAY_MS = 1600;

/** One step on. After the update the next iteration begins, with the updated parameters. */
function next(): void {
  const { iteration } = choices.peek();
  const now = step.peek()?.number ?? 1;
  if (now < steps.peek().length) goTo(now + 1, iteration);
  else goTo(1, iteration + 1);
  announceStep();
}

function back(): void {
  const { iteration } = choices.peek();
  const now = step.peek()?.number ?? 1;
  if (now > 1) goTo(now - 1, iteration);
  else if (iteration > 0) goTo(steps.peek().length, iteration - 1);
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
