import type { Task, TaskResult } from './task.js';

/** Who works at the tasks of a sweep: processes of this machine, or workers at a queue. */
export interface Crew {
  /**
   * Has tasks done. Results come in any order, each exactly once.
   *
   * @returns when every task has a result, or the signal was aborted
   */
  run(tasks: readonly Task[], told: CrewListener, signal: AbortSignal): Promise<void>;
  /** Forgets the states of tasks that no task will continue. */
  forget(ids: readonly string[]): Promise<void>;
  /** Ends all that the crew has started. */
  close(): Promise<void>;
}

/** Is told what the crew does. */
export interface CrewListener {
  /** A result has come. */
  onResult(result: TaskResult): void;
  /** How far a task is: updates that it has made. */
  onProgress(id: string, worker: string, updates: number): void;
  /** The workers at hand, whenever that changes. */
  onWorkers(workers: readonly string[]): void;
  /**
   * A worker computed wrong bits and was left out. No result counts that it had a part in, of
   * earlier calls of `run` too; of the tasks of this call, the crew gives new results.
   */
  onDistrusted?(worker: string): void;
  /** One line about something that does not end the sweep: a worker that was lost, a queue that is away. */
  onNotice(message: string): void;
}
