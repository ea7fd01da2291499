import type { Settings, Step } from '@longhand/core';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Snapshot } from '../../../computations/snapshots.js';
import { showError } from '../../../state/notifications.js';
import type { DatasetPair } from '../../../workers/packed-dataset.js';
import type { Trained } from '../../../workers/training.worker.js';
import { type TrainingRun, TrainingWorker } from '../../../workers/training-worker.js';

export interface Training {
  readonly isRunning: boolean;
  readonly steps: readonly Step[];
  /** The network at some iterations, most of them early ones. */
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
    const started = worker.current.train(
      digits,
      { settings },
      ({ steps }) => {
        if (run.current !== started) return;
        all.push(...steps);
        setTraining((before) => ({ ...before, steps: [...before.steps, ...steps] }));
      },
      (snapshot) => {
        if (run.current !== started) return;
        setTraining((before) => ({ ...before, snapshots: [...before.snapshots, snapshot] }));
      },
    );
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
