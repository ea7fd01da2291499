import type { Dataset } from '../data/dataset.js';
import type { BatchResult, Predictions } from './engine.js';

export interface DescendRequest {
  readonly alpha: number;
  readonly batches: readonly { readonly from: number; readonly to: number }[];
  readonly order?: Uint32Array;
  /** Examples of the batch whose gradient waits, or 0. */
  readonly waiting: number;
}

/**
 * Where a network's numbers live and are worked on: this realm's own memory, with or without a team of workers, or, where memory
 * cannot be shared, a single worker's. Parameters and gradients are in the layout of the plan.
 */
export interface Host {
  readonly threads: number;
  /** Packs examples, for passes over all of them too if `full`, and returns their number, by which later calls name them. */
  load(dataset: Dataset, full: boolean): Promise<number>;
  unload(examples: number): void;
  descend(examples: number, request: DescendRequest): Promise<BatchResult[]>;
  update(alpha: number, waiting: number): Promise<void>;
  measure(examples: number): Promise<BatchResult>;
  predict(examples: number): Promise<Predictions>;
  /** Copies of what is there now. */
  parameters(): Float32Array;
  gradients(): Float32Array;
  setParameters(values: Float32Array): void;
  dispose(): Promise<void>;
}
