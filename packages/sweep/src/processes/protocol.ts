import type { PackedDataset } from '@longhand/core/files';
import type { Task, TaskOutcome } from '../task.js';

/** What the pool says to one of its processes. */
export type Order =
  /** The first one. */
  | {
      readonly type: 'start';
      readonly dataset: PackedDataset;
      readonly threads: number;
      /** The folder of the states. */
      readonly states: string;
      /** The time between two saved states, in ms. */
      readonly every: number;
    }
  | { readonly type: 'task'; readonly task: Task }
  /** Say that you live. */
  | { readonly type: 'ping' }
  /** Save the state of the task, and end. */
  | { readonly type: 'stop' };

/** What a process of the pool says. */
export type Answer =
  | { readonly type: 'ready' }
  /** The answer to a ping: how long all threads have computed, in ms. */
  | { readonly type: 'pong'; readonly cpuMs: number }
  | { readonly type: 'progress'; readonly id: string; readonly updates: number }
  | { readonly type: 'result'; readonly id: string; readonly seconds: number; readonly outcome: TaskOutcome }
  /** The task cannot be done here; not for its settings, but for the machine. */
  | { readonly type: 'broken'; readonly id: string; readonly reason: string }
  | { readonly type: 'notice'; readonly message: string };
