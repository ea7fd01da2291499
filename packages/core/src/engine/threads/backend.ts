import type { ExampleSource } from '../../data/example-source.js';
import type { Batch, PendingUpdate } from '../passes/command.js';
import type { BatchResult, Predictions } from '../passes/results.js';

/** What `Backend.descend` is asked for. */
export interface DescendRequest {
  readonly batches: readonly Batch[];
  readonly order?: Uint32Array;
  readonly pending: PendingUpdate;
}

/** The state of an optimizer, in the layout of the plan. */
export interface OptimizerState {
  readonly slots: readonly Float32Array[];
  /** The numbers of L-BFGS; empty with other optimizers. */
  readonly lbfgs: readonly number[];
}

/** What training has besides the parameters, in the layout of the plan. */
export interface TrainingState extends OptimizerState {
  /** The running average of the parameters; empty without weight averaging. */
  readonly average: Float32Array;
}

/**
 * Where a network is stored and computed: the caller's own memory, with or without a pool of
 * workers, or the memory of a single worker where memory cannot be shared. Parameters and gradients
 * are in the layout of the plan.
 */
export interface Backend {
  readonly threads: number;
  /**
   * Packs examples. Returns the number by which later calls name them.
   *
   * @param full whether they are packed for full-batch passes, too
   */
  load(dataset: ExampleSource, full: boolean): Promise<number>;
  unload(examples: number): void;
  descend(examples: number, request: DescendRequest): Promise<BatchResult[]>;
  update(alpha: number, pending: PendingUpdate): Promise<void>;
  /** @param averaged whether the running average of the parameters computes it */
  measure(examples: number, averaged: boolean): Promise<BatchResult>;
  predict(examples: number): Promise<Predictions>;
  /** A copy of the parameters. */
  parameters(): Float32Array;
  /** A copy of their running average. */
  average(): Float32Array;
  /** A copy of the gradients. */
  gradients(): Float32Array;
  /** A copy of the optimizer's state. */
  optimizerState(): Promise<OptimizerState>;
  /** Sets the parameters, and the training state with them. Without one, it is set to zeros. */
  setParameters(values: Float32Array, state?: TrainingState): void;
  dispose(): Promise<void>;
}
