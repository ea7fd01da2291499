import type { DisplacementField } from '../../data/augmentation/displacement-field.js';
import type { WasmMemory } from '../bindings/wasm-memory.js';
import type { Arena } from '../layout/arena.js';
import type { Plan } from '../layout/plan.js';
import type { Command, PendingUpdate } from '../passes/command.js';
import type { BatchResult, Predictions } from '../passes/results.js';
import type { DescendRequest, OptimizerState, TrainingState } from './backend.js';

/** What a backend in a worker is given, so that the worker's program does not hold it once more. */
export interface BackendParts {
  /** The kernels' binary. */
  readonly code: Uint8Array;
  /** The displacement field, with elastic distortion. */
  readonly field: DisplacementField | undefined;
}

/**
 * Messages to a worker. It is either a thread of a pool on shared memory, or a backend by itself. The
 * first one brings the kernels' binary.
 */
export type ToWorker =
  | {
      readonly type: 'join';
      readonly memory: WasmMemory;
      readonly arena: Arena;
      readonly rank: number;
      readonly threads: number;
      readonly code: Uint8Array;
    }
  | { readonly type: 'run'; readonly command: Command }
  | ({
      readonly type: 'backend';
      readonly plan: Plan;
      readonly parameters: Float32Array;
    } & BackendParts)
  | { readonly type: 'call'; readonly call: Call };

/** Tells a web worker to listen to a port, and to answer there, instead of to who started it. */
export interface PortMessage {
  readonly type: 'port';
  /** A `MessagePort`. */
  readonly port: object;
}

/** The calls of a backend in a worker. */
export type Call =
  | {
      readonly method: 'load';
      readonly pixels: Uint8Array;
      readonly labels: Uint8Array;
      readonly weights?: Float32Array;
      readonly inputs: number;
      readonly full: boolean;
    }
  | { readonly method: 'unload'; readonly examples: number }
  | { readonly method: 'descend'; readonly examples: number; readonly request: DescendRequest }
  | { readonly method: 'update'; readonly alpha: number; readonly pending: PendingUpdate }
  | { readonly method: 'measure'; readonly examples: number; readonly averaged: boolean }
  | { readonly method: 'predict'; readonly examples: number }
  | { readonly method: 'optimizerState' }
  | { readonly method: 'setParameters'; readonly values: Float32Array; readonly state?: TrainingState };

/** Messages from a worker. */
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
  /** A `known` error is the caller's to handle; any other is a defect and ends the worker. */
  | { readonly type: 'failed'; readonly message: string; readonly known: boolean };

export type Answer = number | OptimizerState | BatchResult | BatchResult[] | Predictions | undefined;
