import type { Dataset } from '../../data/dataset.js';
import type { BatchResult, Predictions } from '../api/engine.js';

import type { Batch } from './command.js';

export interface DescendRequest {
  readonly batches: readonly Batch[];
  readonly order?: Uint32Array;
  readonly pendingExamples: PendingUpdate;
}

/** What an optimizer remembers. */
export type OptimizerState = Pick<SavedState, 'memory' | 'search'>;

/** What there is besides the parameters, in the layout of the plan. */
export interface SavedState {
  readonly memory: readonly Float32Array[];
  readonly search: readonly number[];
  /** Empty where none is kept. */
  readonly average: Float32Array;
}

/** The update that is due. */
export interface PendingUpdate {
  /** Examples of the batch whose gradient waits, or 0. */
  readonly examples: number;
  /** Updates before it. */
  readonly updates: number;
  /** The update from which on the mean of the parameters is kept, counted from 0. */
  readonly averageFrom: number;
  /** The batch's loss. */
  readonly loss: number;
}

/**
 * Where a network's numbers live and are worked on: this realm's own memory, with or without a team of workers, or, where memory
 * cannot be shared, a single worker's. Parameters and gradients are in the layout of the plan.
 */
export interface Backend {
  readonly threads: number;
  /** Packs examples, for passes over all of them too if `full`, and returns their number, by which later calls name them. */
  load(dataset: Dataset, full: boolean): Promise<number>;
  unload(examples: number): void;
  descend(examples: number, request: DescendRequest): Promise<BatchResult[]>;
  update(alpha: number, pendingExamples: PendingUpdate): Promise<void>;
  /** `averaged`: by the mean of the parameters. */
  measure(examples: number, averaged: boolean): Promise<BatchResult>;
  predict(examples: number): Promise<Predictions>;
  /** Copies of what is there now. */
  parameters(): Float32Array;
  average(): Float32Array;
  gradients(): Float32Array;
  /** Copies of what the optimizer remembers, in the layout of the plan. */
  memory(): Promise<OptimizerState>;
  /** The optimizer's memory starts anew, unless one is given. */
  setParameters(values: Float32Array, kept?: SavedState): void;
  dispose(): Promise<void>;
}
