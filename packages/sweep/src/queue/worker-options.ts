import type { TaskReport } from '../run/run-task.js';
import type { StateStore, Task } from '../task.js';
import type { QueueConnection } from './connection.js';

/** Does one task. When the signal is aborted, it saves its state and throws. */
export type Work = (task: Task, context: WorkContext) => Promise<TaskReport>;

/** What the work at a task may use. */
export interface WorkContext {
  /** Where states are kept. */
  readonly states: StateStore;
  /** Aborted when the task is to be handed back: save its state, and throw. */
  readonly signal: AbortSignal;
  /** Is told how many updates the run has made. */
  readonly onProgress: (updates: number) => void;
}

/** Data that a worker has. */
export interface WorkerData {
  /** For messages. */
  readonly name: string;
  /** SHA-256 of the training data. */
  readonly fingerprint: string;
}

/** How a worker takes tasks from a queue. */
export interface WorkerLoopOptions {
  /** The queue. */
  readonly connection: QueueConnection;
  /** The start of all its keys. */
  readonly prefix?: string;
  /** Default: the host's name. A number is added if a worker of this name is at the queue. */
  readonly name?: string;
  /** The data that this worker has: it takes tasks on these alone. */
  readonly data: readonly WorkerData[];
  /** How many tasks at once. */
  readonly processes: number;
  /** Computes a task. */
  readonly work: Work;
  /** After so long without a sign of life, its tasks go to other workers, in ms. Default 30,000. */
  readonly lockMs?: number;
  /** Ends the worker after so long without a task, in ms. */
  readonly idleExitMs?: number;
  /** Hands back the tasks with their states, and ends. */
  readonly signal: AbortSignal;
  /** Who is told what it does. */
  readonly listener: WorkerListener;
}

/** Is told what a worker does. */
export interface WorkerListener {
  /** It has its place at the queue. */
  onStart?(name: string): void;
  /** A task has begun. */
  onTask?(task: Task): void;
  /** A task has ended; without a report, it was handed back, lost, or could not be computed. */
  onEnd?(task: Task, report: TaskReport | undefined): void;
  /** One line about something that does not end the worker. */
  onNotice(message: string): void;
}

/** Why a worker ended. */
export type WorkerEnd =
  | { readonly type: 'interrupted' | 'idle' }
  | { readonly type: 'left out'; readonly reason: string };
