import type { Checkpoint } from '../checkpoint.js';
import type { AsyncDisposal } from '../dispose.js';
import type { Network } from '../maths/network.js';

/** What was measured on some examples. */
export interface Measure {
  /** How many examples were measured. */
  readonly examples: number;
  /** Mean cross-entropy, in nats. */
  readonly loss: number;
  /** 0–1. */
  readonly accuracy: number;
}

/** One iteration: what the parameters after `iteration` updates do. */
export interface Step extends Measure {
  /** How many updates the parameters have had: 0 is the start. */
  readonly iteration: number;
  /** How many updates the run will make. */
  readonly iterations: number;
  /** `iteration` in passes over the data. */
  readonly epoch: number;
  /** The dev examples, measured with the same parameters. */
  readonly dev?: Measure;
}

/**
 * A run in progress. Iterate over it once, at your own pace: no step is computed before you ask for
 * it. `loss` and `accuracy` of a step are those of its batch, with the parameters that `network` has
 * at that moment; with class weights or weights of examples, each loss counts with its weight. The
 * last step, after the last update, is measured on all training examples, which then all count 1.
 */
export interface TrainingRun extends AsyncIterable<Step>, AsyncDisposal {
  /** The network after the latest step. */
  readonly network: Network;
  /** How many updates the run makes. */
  readonly iterations: number;
  /** Time spent on training alone, in ms: without loading, dev evaluations and the caller's own work. */
  readonly milliseconds: number;
  /** Threads at work, 0 for the caller's own. Known from the first step on. */
  readonly threads: number;
  /** Updates made so far. The last step's `iteration` is smaller when the best parameters are older. */
  readonly updates: number;
  /** Why the run stopped. `undefined` while it is running, and when it was interrupted. */
  readonly stopReason: StopReason | undefined;
  /**
   * What `resume` continues from: the state at the latest step, until the iteration ends. At the last
   * step it is what a longer run continues from.
   *
   * @throws RunError before the first step and after the iteration, and when the last step went back to
   *   earlier parameters
   */
  checkpoint(): Promise<Checkpoint>;
  /**
   * Ends the run: its workers end and its memory is free. `network` keeps the latest parameters. A step
   * that is being computed rejects. A run that was iterated to its end, or left with `break`, needs no
   * `dispose`. Where the runtime has `Symbol.asyncDispose`, `await using` calls it.
   */
  dispose(): Promise<void>;
}

/** As much of an `AbortSignal` as a run needs. */
export interface Signal {
  /** Whether the run should end. */
  readonly aborted: boolean;
}

/** All iterations were made, dev did not improve for too long, or the time limit was reached. */
export type StopReason = 'length' | 'patience' | 'minutes';
