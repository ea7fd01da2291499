import type { Measure, Settings } from '@longhand/core';

/** The settings of a whole run. The number of threads is the worker's own: it changes no result. */
export type RunSettings = Omit<Settings, 'threads'>;

/**
 * One piece of work: a run of a trial, from the end of its last rung to the end of this one. It says
 * all that decides the result, so that every worker comes to the same bits.
 */
export interface Task {
  /** SHA-256 of the settings, the data and `until`: 64 hexadecimal digits. */
  readonly id: string;
  /** Which trial of the sweep, from 1. */
  readonly trial: number;
  /** Which run of the trial, from 1. Each has a seed of its own. */
  readonly repetition: number;
  /** Which rung of successive halving, from 1. Other strategies have one. */
  readonly rung: number;
  /** All settings of the run. */
  readonly settings: RunSettings;
  /** The number of updates after which it stops. */
  readonly until: number;
  /** SHA-256 of the training data. */
  readonly data: string;
  /**
   * The task of the rung before: its state is where this one starts. Without that state, it begins
   * at the start, to the same bits.
   */
  readonly after?: string;
  /**
   * Whether the trained model goes into the store when the run ends, in the form of `encodeModel` and in the
   * place of the task's state. It changes no result. A store may lose it: the result has the SHA-256 of its
   * parameters, and whoever needs them trains once more, to the same bits.
   */
  readonly keepsModel?: true;
}

/** A point of a run's curve. */
export interface CurvePoint {
  /** How many updates came before. */
  readonly iteration: number;
  /** The loss of the batch, in nats. */
  readonly loss: number;
  /** Of the batch, 0–1. Absent in logs of earlier versions. */
  readonly accuracy?: number;
  /** Absent if dev was not evaluated here. */
  readonly dev?: { readonly loss: number; readonly accuracy: number };
}

/** What came of a task: measured, or failed for a reason that lies in its settings. */
export type TaskResult = TaskOutcome & {
  readonly id: string;
  /** The worker that computed it. */
  readonly worker: string;
  /** All workers that had a part in it, if there were several: one went on from another's state. */
  readonly workers?: readonly string[];
  /** Time of training alone, of the run so far, its earlier rungs included. */
  readonly seconds: number;
};

/** What a run came to: measured, or why it failed. */
export type TaskOutcome =
  | {
      readonly type: 'measured';
      readonly updates: number;
      /** SHA-256 of the parameters: 64 hexadecimal digits. */
      readonly parametersSha256: string;
      /** Of all training examples. Absent in the middle of a run: there it would cost as much as training. */
      readonly train?: Measure;
      readonly dev: Measure;
      readonly curve: readonly CurvePoint[];
    }
  /** The run diverged, or its settings do not fit the data. Another worker would come to the same. */
  | {
      readonly type: 'failed';
      readonly reason: string;
      /** The reason lies in the machine after all, such as too little memory: `--resume` tries it again. */
      readonly ofMachine?: true;
    };

/**
 * Where the states of tasks are kept, by the task's id: checkpoints in the form of `encodeCheckpoint`.
 * It may lose them: then a task is computed from its start again.
 */
export interface StateStore {
  /** The state of a task, if it is there. */
  load(id: string): Promise<Uint8Array | undefined>;
  /** Keeps a state in the place of the earlier one. */
  save(id: string, state: Uint8Array): Promise<void>;
  /** Forgets the states of these tasks. */
  remove(ids: readonly string[]): Promise<void>;
}
