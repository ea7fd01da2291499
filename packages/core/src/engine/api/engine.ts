import type { Dataset } from '../../data/dataset.js';
import type { AsyncDisposal } from '../../dispose.js';
import type { LayerGradient } from '../../maths/backward.js';
import type { Network } from '../../maths/network.js';
import type { ParameterSet } from '../../maths/parameter-set.js';
import type { TrainingConfiguration } from '../layout/training-configuration.js';
import type { BatchResult, Predictions } from '../passes/results.js';
import type { SpawnWorker, WorkerSource } from '../threads/worker-handle.js';

export type { BatchResult, Predictions } from '../passes/results.js';

/**
 * What can train a network on data. There are two: the fast engine of this folder and, for learning
 * and for the tests, the maths itself (training/maths-engine.ts).
 */
export interface Engine extends AsyncDisposal {
  /** The number of workers; 0: the caller's own thread computes. */
  readonly threads: number;
  /**
   * Packs examples as this engine needs them. They exist until `dispose()` of them or of the engine.
   *
   * @throws DataError when they do not fit the network; EngineError when WebAssembly cannot hold them
   */
  load(dataset: Dataset, options?: LoadOptions): Promise<Examples>;
  /**
   * For each batch in turn: first makes the pending update, W ← W − α dW and b ← b − α db, with the
   * gradient of the batch before it (of an earlier call, too). Then forward, loss and backward over
   * the batch. So each result belongs to the parameters that produced it, and after the call
   * `network()` returns the parameters of the last batch. There is no pending update at first and
   * after `setNetwork`.
   *
   * It stops after the first batch whose loss is not finite, which is then the last result:
   * `network()` returns the parameters that produced it.
   *
   * @throws SettingError when a batch or the order names places that do not exist, or one twice
   */
  descend(examples: Examples, options: DescendOptions): Promise<BatchResult[]>;
  /**
   * Makes the pending update, if there is one. Call it when training ends: with L-BFGS it sets the
   * best parameters that were found, not the next to be tried.
   */
  update(alpha: number, averageFrom?: number): Promise<void>;
  /**
   * Forward and loss over all the examples, without dropout and label smoothing. A pending update
   * stays pending.
   */
  measure(examples: Examples, options?: { readonly averaged?: boolean }): Promise<BatchResult>;
  /** Forward over all the examples. */
  predict(examples: Examples): Promise<Predictions>;
  /** The gradient of the mean loss of the last batch. */
  gradients(): Pick<LayerGradient, 'dW' | 'db'>[];
  /** A copy of the parameters; with `averaged`, of their running average. */
  network(options?: { readonly averaged?: boolean }): Network;
  /**
   * Sets the parameters to those of a network of the same shape. Resets the pending update and the
   * optimizer's state.
   *
   * @throws ShapeError when the network has another shape
   */
  setNetwork(network: Network): void;
  /**
   * A copy of everything that the next update depends on, apart from examples, settings and a
   * pending update.
   */
  state(): Promise<EngineState>;
  /** Continues from such a state. Resets the pending update. */
  restore(state: EngineState): void;
  /**
   * Ends the workers and frees the memory. A call that is running rejects. Where the runtime has
   * `Symbol.asyncDispose`, `await using` calls it.
   */
  dispose(): Promise<void>;
}

/** What `Engine.state` returns, for `Engine.restore`. */
export interface EngineState {
  /** The parameters, as W and b of each layer. */
  readonly parameters: ParameterSet;
  /** The number of updates. */
  readonly updates: number;
  /** The state slots of the optimizer (maths/optimizer.ts). */
  readonly memory: readonly ParameterSet[];
  /** The numbers of L-BFGS; empty with other optimizers. */
  readonly search: readonly number[];
  /** The running average of the parameters; undefined without weight averaging. */
  readonly average: ParameterSet | undefined;
}

/** How an engine computes. */
export interface EngineOptions {
  /**
   * The number of workers; the default is the number of the machine's cores. With 0, the caller's
   * own thread computes, in slices of at most 20 ms. The results have the same bits with any number.
   */
  readonly threads?: number;
  /** The factor that turns a pixel's byte into an input of the network. The default is 1/255. */
  readonly pixelScale?: number;
  /** How the network is trained. The default is plain gradient descent. */
  readonly training?: Partial<TrainingConfiguration>;
  /**
   * Where `@longhand/core/worker` is, if it is not where the bundler put it: its address, or a
   * function that makes a worker of it, which is called once for each thread.
   */
  readonly worker?: WorkerSource;
  /**
   * How workers are started, in place of `worker`. By default the engine starts them itself, which
   * does not work reliably in a web worker in every browser.
   */
  readonly spawn?: SpawnWorker;
}

/** How examples are loaded into the engine. */
export interface LoadOptions {
  /**
   * Whether full-batch passes over the examples will follow. Then what they need is packed now, not
   * with the first of them. The default is false.
   */
  readonly fullBatches?: boolean;
}

/** Loaded examples. */
export interface Examples {
  /** How many examples there are. */
  readonly length: number;
  /** Frees their memory. */
  dispose(): void;
}

/** The batches of one call, and the learning rate. */
export interface DescendOptions {
  /** The learning rate α of every update, or of each. */
  readonly alpha: number | readonly number[];
  /** Each batch: from place `from` up to, but not including, place `to` of the order. */
  readonly batches: readonly { readonly from: number; readonly to: number }[];
  /**
   * The order of the examples: their indices, each at most once. By default it is the order in which
   * they were loaded. An array is copied once, so pass a new array for a new order.
   */
  readonly order?: Uint32Array;
  /** The update with which the running average of the parameters begins. The default is 0. */
  readonly averageFrom?: number;
}
