import { useEffect, useState } from 'preact/hooks';
import { announce } from '../../state/notifications.js';
import { startUnit, trainUnit, UNIT_ITERATIONS, type UnitSettings, type UnitState } from './single-unit.js';

/** How long all iterations take, in ms: slow enough to follow. */
const RUN_MS = 8000;

/** The training of the single unit, at a pace that can be followed. */
export interface UnitRun {
  readonly state: UnitState;
  readonly isRunning: boolean;
  readonly isDone: boolean;
  /** Starts, stops, or starts again after the end. */
  startOrStop(): void;
  /** One iteration. */
  step(): void;
  reset(): void;
}

/** @param startsNow whether it starts without waiting for the button, as from a link */
export function useUnitRun({ seed, hasBias }: UnitSettings, startsNow: boolean): UnitRun {
  const [state, setState] = useState<UnitState>(() => startUnit({ seed, hasBias }));
  const [isRunning, setRunning] = useState(startsNow);
  const isDone = state.iteration === UNIT_ITERATIONS;
  const reset = () => setState(startUnit({ seed, hasBias }));

  useEffect(() => {
    reset();
    setRunning(startsNow);
  }, [seed, hasBias, startsNow]);

  useEffect(() => {
    if (!isRunning) return;
    return everyFrame((iterations) => setState((current) => trainUnit(current, hasBias, iterations)));
  }, [isRunning, hasBias, seed]);

  useEffect(() => {
    if (isDone) setRunning(false);
  }, [isDone]);

  return {
    state,
    isRunning,
    isDone,
    startOrStop() {
      if (isDone) reset();
      if (!isRunning) announce('Training the unit.');
      setRunning(!isRunning);
    },
    step: () => setState(trainUnit(state, hasBias, 1)),
    reset,
  };
}

/**
 * Calls `train` with each frame, with the number of iterations that are due. The returned function
 * ends it.
 */
function everyFrame(train: (iterations: number) => void): () => void {
  let before = performance.now();
  let due = 0;
  let frame = requestAnimationFrame(function advance(now) {
    due += ((now - before) / RUN_MS) * UNIT_ITERATIONS;
    before = now;
    const iterations = Math.max(0, Math.floor(due));
    due -= iterations;
    train(iterations);
    frame = requestAnimationFrame(advance);
  });
  return () => cancelAnimationFrame(frame);
}
