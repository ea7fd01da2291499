import type { BatchResult, Predictions } from '../api/engine.js';
import type { Arena } from '../layout/arena.js';
import type { Plan } from '../layout/plan.js';
import type { DescendRequest, OptimizerState, PendingUpdate, SavedState } from './backend.js';
import type { Command } from './command.js';

/** What a worker is told: to be one thread of a team on shared memory, or to host a network by itself. */
export type ToWorker =
  | {
      readonly type: 'join';
      readonly memory: WebAssembly.Memory;
      readonly arena: Arena;
      readonly rank: number;
      readonly threads: number;
    }
  | { readonly type: 'run'; readonly command: Command }
  | { readonly type: 'host'; readonly plan: Plan }
  | { readonly type: 'call'; readonly call: Call };

/** Tells a web worker to hear, and to answer, a port in place of whoever started it. */
export interface Introduction {
  readonly type: 'port';
  readonly port: MessagePort;
}

/** What a worker that hosts a network by itself can be asked. */
export type Call =
  | {
      readonly method: 'load';
      readonly pixels: Uint8Array;
      readonly labels: Uint8Array;
      readonly width: number;
      readonly classes: number;
      readonly full: boolean;
    }
  | { readonly method: 'unload'; readonly examples: number }
  | { readonly method: 'descend'; readonly examples: number; readonly request: DescendRequest }
  | { readonly method: 'update'; readonly alpha: number; readonly pendingExamples: PendingUpdate }
  | { readonly method: 'measure'; readonly examples: number; readonly averaged: boolean }
  | { readonly method: 'predict'; readonly examples: number }
  | { readonly method: 'memory' }
  | { readonly method: 'setParameters'; readonly values: Float32Array; readonly kept?: SavedState };

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'done'; readonly results: BatchResult[] }
  | {
      readonly type: 'answer';
      readonly value: Answer;
      readonly parameters?: Float32Array;
      readonly average?: Float32Array;
      readonly gradients?: Float32Array;
    }
  /** `known` errors are the caller's to read; others are defects and end the worker. */
  | { readonly type: 'failed'; readonly message: string; readonly known: boolean };

export type Answer = number | OptimizerState | BatchResult | BatchResult[] | Predictions | undefined;
