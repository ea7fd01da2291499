import type { Dataset } from '../../data/dataset.js';
import type { LayerGradient } from '../../maths/backward.js';
import type { Network } from '../../maths/network.js';
import type { ParameterSet } from '../../maths/parameters.js';
import type { TrainingConfiguration } from '../layout/training-configuration.js';
import type { SpawnWorker } from '../threads/spawn.js';

/**
 * What can step a network over data. Two things can: the fast engine of this folder and, for the curious and
 * for the tests, the maths itself (`training/maths-engine.ts`).
 */
export interface Engine {
  /** Threads at work; 0 is the caller's own. */
  readonly threads: number;
  /** Packs examples the way this engine wants them. They live until `dispose()` of either. */
  load(dataset: Dataset, options?: LoadOptions): Promise<Examples>;
  /**
   * For each batch in turn: first W ← W − α dW, b ← b − α db with the gradient of the batch before (of an earlier call
   * too; not when there is none, or `setNetwork` came between), then forward, loss and backward over the batch.
   * So the results belong to the parameters that produced them, and after the call `network()` has the
   * parameters of the last batch.
   *
   * Stops after the first batch whose loss is not finite, which is then the last result: `network()` holds the
   * parameters that gave it.
   */
  descend(examples: Examples, options: DescendOptions): Promise<BatchResult[]>;
  /**
   * W ← W − α dW, b ← b − α db with the gradient that waits, if one does. Nothing follows it but measuring: with L-BFGS the parameters are
   * then the best that there were, not the next to be tried.
   */
  update(alpha: number, averageFrom?: number): Promise<void>;
  /** Forward and loss over all the examples, nothing dropped out or smoothed. Leaves a gradient that waits as it is. */
  measure(examples: Examples, options?: { readonly averaged?: boolean }): Promise<BatchResult>;
  /** Forward over all the examples. */
  predict(examples: Examples): Promise<Predictions>;
  /** The gradient of the mean loss that waits to be applied. */
  gradients(): Pick<LayerGradient, 'dW' | 'db'>[];
  /** The parameters as they are now, as a copy; `averaged`: their mean, if one is kept. */
  network(options?: { readonly averaged?: boolean }): Network;
  /** Takes over the parameters of a network of the same shape; forgets a gradient that waits, and what the optimizer remembers. */
  setNetwork(network: Network): void;
  /** All that the next update depends on besides examples and settings, as copies. A gradient that waits is not among it. */
  state(): Promise<EngineState>;
  /** Goes on from there, as if it had got there itself; forgets a gradient that waits. */
  restore(state: EngineState): void;
  /** Ends the workers and frees the memory. A call under way rejects. */
  dispose(): Promise<void>;
}

/** What `Engine.state` gives, for `Engine.restore`. */
export interface EngineState {
  readonly parameters: ParameterSet;
  /** How many updates there were. */
  readonly updates: number;
  /** What the optimizer remembers (maths/optimizer.ts). */
  readonly memory: readonly ParameterSet[];
  /** The numbers of L-BFGS; else none. */
  readonly search: readonly number[];
  /** The mean of the parameters, by rules that keep it. */
  readonly average: ParameterSet | undefined;
}

export interface EngineOptions {
  /**
   * Workers to share the work, a positive integer; default: the machine's cores. 0 works on the caller's own thread, in
   * slices of at most 20 ms. The results have the same bits with any of them.
   */
  readonly threads?: number;
  /** What a pixel's byte is multiplied by before it enters the network. Default 1/255. */
  readonly pixelScale?: number;
  /** How it is trained, where that is not plain gradient descent. */
  readonly training?: Partial<TrainingConfiguration>;
  /** How workers are started. Default: from here, which in a web worker is not to be relied on in every browser. */
  readonly spawn?: SpawnWorker;
}

export interface LoadOptions {
  /**
   * That passes over all the examples in this order will come. What they need is made ready now, not with the first of them. Default false.
   */
  readonly fullBatches?: boolean;
}

export interface Examples {
  readonly length: number;
  dispose(): void;
}

export interface DescendOptions {
  /** The learning rate α of each batch's update, or of all. */
  readonly alpha: number | readonly number[];
  /** From example `from` up to, but not including, `to`, as places in `order`. */
  readonly batches: readonly { readonly from: number; readonly to: number }[];
  /** The order in which `batches` counts the examples. Default: as loaded. It is copied once: another order is another array. */
  readonly order?: Uint32Array;
  /** The update from which on the mean of the parameters is kept, counted from 0, by rules that keep it. Default 0. */
  readonly averageFrom?: number;
}

export interface BatchResult {
  readonly examples: number;
  /** Mean cross-entropy, in nats. */
  readonly loss: number;
  /** How many examples the network answered rightly. */
  readonly correct: number;
}

export interface Predictions {
  /** The answers' probabilities, example by example: m × n_L. */
  readonly probabilities: Float32Array;
  /** The cross-entropy of each example, in nats, by logsumexp, so that it is finite where a probability has become 0. */
  readonly losses: Float32Array;
  /** The most likely class of each example; the lowest of equals. */
  readonly classes: Uint8Array;
}
