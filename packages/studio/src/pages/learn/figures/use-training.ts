import type { Settings, Step } from '@longhand/core';
import { useEffect, useRef, useState } from 'preact/hooks';
import { showError } from '../../../state/notifications.js';
import type { DatasetPair } from '../../../workers/packed-dataset.js';
import type { Trained } from '../../../workers/training.worker.js';
import { type TrainingRun, TrainingWorker } from '../../../workers/training-worker.js';

/** The network at one moment of a run. */
export interface Snapshot {
  readonly step: Step;
  /** The weights of the first layer, unit by unit. */
  readonly W1: Float32Array;
  /** Time spent in training so far, in ms. */
  readonly milliseconds: number;
}

export interface Training {
  readonly isRunning: boolean;
  readonly steps: readonly Step[];
  readonly snapshots: readonly Snapshot[];
  readonly trained: Trained | undefined;
}

const NOTHING: Training = { isRunning: false, steps: [], snapshots: [], trained: undefined };

/** A run that has ended, and all of its steps; the last one is measured on all training digits. */
export interface Result {
  readonly trained: Trained;
  readonly steps: readonly Step[];
}

/** Trains with the engine in a worker of its own, which ends with the figure. */
export function useTraining() {
  const [training, setTraining] = useState<Training>(NOTHING);
  const worker = useRef<TrainingWorker | undefined>(undefined);
  const run = useRef<TrainingRun | undefined>(undefined);
  useEffect(
    () => () => {
      run.current = undefined;
      worker.current?.end();
    },
    [],
  );

  /** Starts a run. The promise resolves to its result, or to nothing if it failed. */
  async function start(digits: DatasetPair, settings: Partial<Settings>): Promise<Result | undefined> {
    const all: Step[] = [];
    worker.current ??= new TrainingWorker();
    setTraining({ ...NOTHING, isRunning: true });
    const started = worker.current.train(digits, { settings }, ({ steps, W1, milliseconds }) => {
      const step = steps.at(-1);
      if (run.current !== started || !step) return;
      all.push(...steps);
      setTraining((before) => ({
        ...before,
        steps: [...before.steps, ...steps],
        snapshots: [...before.snapshots, { step, W1, milliseconds }],
      }));
    });
    run.current = started;
    let trained: Trained | undefined;
    try {
      trained = await started.done;
    } catch (error) {
      showError(error);
    }
    if (run.current !== started) return undefined;
    setTraining((before) => ({ ...before, isRunning: false, trained }));
    return trained && { trained, steps: all };
  }

  return { ...training, start, stop: () => run.current?.stop() };
}
