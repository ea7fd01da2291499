import type { Dataset } from '../../data/dataset.js';
import { EngineError, ShapeError } from '../../errors.js';
import { layerSizes, type Network } from '../../maths/network.js';
import { type ParameterSet, withParameters } from '../../maths/parameter-set.js';
import { checkFit } from '../data/check-fit.js';
import { layOutParameters, readParameters } from '../layout/parameters.js';
import type { Plan } from '../layout/plan.js';
import type { PendingUpdate } from '../passes/command.js';
import type { Backend } from '../threads/backend.js';
import { checkBatches, checkOrder } from './check-batches.js';
import type {
  BatchResult,
  DescendOptions,
  Engine,
  EngineState,
  Examples,
  LoadOptions,
  Predictions,
} from './engine.js';

class LoadedExamples implements Examples {
  readonly engine: WasmEngine;
  /** The backend's number for them. */
  readonly id: number;
  readonly length: number;
  /** The last order that was checked. */
  checkedOrder: Uint32Array | undefined;
  readonly #backend: Backend;

  constructor(engine: WasmEngine, backend: Backend, id: number, length: number) {
    this.engine = engine;
    this.#backend = backend;
    this.id = id;
    this.length = length;
  }

  dispose(): void {
    this.#backend.unload(this.id);
  }
}

/** The engine on top of a backend. Calls are carried out one after the other. */
export class WasmEngine implements Engine {
  readonly #backend: Backend;
  readonly #plan: Plan;
  /** Shapes and activations of the network; the parameters are the backend's. */
  readonly #template: Network;
  /** Examples of the batch whose update is pending, or 0; and its mean loss. */
  #pendingExamples = 0;
  #loss = 0;
  /** Updates since the parameters were set. */
  #updates = 0;
  /** Examples of the batch that the gradients are of. */
  #gradientExamples = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(backend: Backend, plan: Plan, template: Network) {
    this.#backend = backend;
    this.#plan = plan;
    this.#template = template;
  }

  get threads(): number {
    return this.#backend.threads;
  }

  load(dataset: Dataset, { fullBatches = false }: LoadOptions = {}): Promise<Examples> {
    return this.#next(async () => {
      checkFit(this.#plan, dataset);
      const id = await this.#backend.load(dataset, fullBatches);
      return new LoadedExamples(this, this.#backend, id, dataset.length);
    });
  }

  descend(
    examples: Examples,
    { alpha, batches, order, averageFrom = 0 }: DescendOptions,
  ): Promise<BatchResult[]> {
    const loaded = this.#own(examples);
    checkBatches(batches, order?.length ?? loaded.length);
    // An epoch calls many times with the same order: it is checked once, as it is copied once.
    if (order && order !== loaded.checkedOrder) {
      checkOrder(order, loaded.length);
      loaded.checkedOrder = order;
    }
    return this.#next(async () => {
      const pending = this.#pending(averageFrom);
      const results = await this.#backend.descend(loaded.id, {
        batches: batches.map(({ from, to }, k) => ({
          from,
          to,
          alpha: typeof alpha === 'number' ? alpha : alpha[k]!,
        })),
        ...(order ? { order } : {}),
        pending,
      });
      this.#updates += Math.max(0, results.length - (pending.examples > 0 ? 0 : 1));
      const last = results.at(-1);
      if (last) {
        this.#pendingExamples = this.#gradientExamples = last.examples;
        this.#loss = last.loss;
      }
      return results;
    });
  }

  update(alpha: number, averageFrom = 0): Promise<void> {
    return this.#next(async () => {
      if (this.#pendingExamples > 0) {
        await this.#backend.update(alpha, this.#pending(averageFrom));
        this.#updates++;
      }
      this.#pendingExamples = 0;
    });
  }

  measure(examples: Examples, { averaged = false }: { averaged?: boolean } = {}): Promise<BatchResult> {
    const { id } = this.#own(examples);
    return this.#next(() => this.#backend.measure(id, averaged));
  }

  predict(examples: Examples): Promise<Predictions> {
    const { id } = this.#own(examples);
    return this.#next(() => this.#backend.predict(id));
  }

  gradients(): { dW: ParameterSet[number]['W']; db: ParameterSet[number]['b'] }[] {
    const mean = 1 / Math.max(1, this.#gradientExamples);
    const values = readParameters(
      this.#plan,
      this.#backend.gradients(),
      mean,
      mean * this.#plan.trainingScale,
    );
    return values.map(({ W, b }) => ({ dW: W, db: b }));
  }

  network({ averaged = false }: { averaged?: boolean } = {}): Network {
    const floats = averaged ? this.#backend.average() : this.#backend.parameters();
    return withParameters(this.#template, readParameters(this.#plan, floats));
  }

  setNetwork(network: Network): void {
    const [expected, found] = [this.#plan.sizes.join(', '), layerSizes(network).join(', ')];
    if (found !== expected) {
      throw new ShapeError(
        `a network with layers of ${found} units: the engine is for layers of ${expected}`,
      );
    }
    this.#backend.setParameters(layOutParameters(this.#plan, network.layers));
    this.#pendingExamples = 0;
    this.#updates = 0;
  }

  state(): Promise<EngineState> {
    return this.#next(async () => {
      const { weightAveraging } = this.#plan.training;
      const { slots, lbfgs } = await this.#backend.optimizerState();
      return {
        parameters: readParameters(this.#plan, this.#backend.parameters()),
        updates: this.#updates,
        memory: slots.map((values) => readParameters(this.#plan, values)),
        search: lbfgs,
        average: weightAveraging ? readParameters(this.#plan, this.#backend.average()) : undefined,
      };
    });
  }

  restore({ parameters, updates, memory, search, average }: EngineState): void {
    this.#backend.setParameters(layOutParameters(this.#plan, parameters), {
      slots: memory.map((values) => layOutParameters(this.#plan, values)),
      lbfgs: search,
      average: average ? layOutParameters(this.#plan, average) : new Float32Array(),
    });
    this.#pendingExamples = 0;
    this.#updates = updates;
  }

  dispose(): Promise<void> {
    return this.#backend.dispose();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  #pending(averageFrom: number): PendingUpdate {
    return { examples: this.#pendingExamples, loss: this.#loss, updates: this.#updates, averageFrom };
  }

  #own(examples: Examples): LoadedExamples {
    if (examples instanceof LoadedExamples && examples.engine === this) return examples;
    throw new EngineError('these examples are not of this engine: load them with its load()');
  }

  #next<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
