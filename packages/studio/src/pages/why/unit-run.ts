import { useEffect, useState } from 'preact/hooks';
import { everyFrame } from '../../components/every-frame.js';
import {
  startUnit,
  trainUnit,
  UNIT_ITERATIONS,
  type UnitSettings,
  type UnitState,
} from '../../computations/single-unit.js';
import { announce } from '../../state/notifications.js';

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
    const train = (due: number) => setState((current) => trainUnit(current, hasBias, due));
    return everyFrame(train, UNIT_ITERATIONS, RUN_MS);
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
