import type { Dataset } from '../../data/dataset.js';
import { EngineError, SettingError, ShapeError } from '../../errors.js';
import { layerSizes, type Network } from '../../maths/network.js';
import { type ParameterSet, withParameters } from '../../maths/parameters.js';
import { checkFit } from '../data/check-fit.js';
import { type LayerValues, readParameters, writeParameters } from '../layout/parameters.js';
import type { Plan } from '../layout/plan.js';
import { planNetwork } from '../layout/plan-network.js';
import { DEFAULT_TRAINING } from '../layout/training-configuration.js';
import type { Backend, PendingUpdate } from '../threads/backend.js';
import { LocalBackend } from '../threads/local-backend.js';
import { RemoteBackend } from '../threads/remote-backend.js';
import { hasNodeThreads, spawnWorker } from '../threads/spawn.js';
import type {
  BatchResult,
  DescendOptions,
  Engine,
  EngineOptions,
  EngineState,
  Examples,
  LoadOptions,
  Predictions,
} from './engine.js';

/**
 * The fast engine for a network: WebAssembly SIMD on 32-bit floats, ink only, in workers.
 *
 * @throws EngineError when the network is of a kind the engine does not know, a worker cannot be started or memory runs out;
 * SettingError when `threads` is out of range
 */
export async function createEngine(network: Network, options: EngineOptions = {}): Promise<Engine> {
  const { pixelScale = 1 / 255, threads = await cores(), spawn = spawnWorker } = options;
  if (!Number.isInteger(threads) || threads < 0) {
    throw new SettingError(`threads: expected an integer from 0, found ${threads}`);
  }
  const plan = planNetwork(network, pixelScale, { ...DEFAULT_TRAINING, ...options.training });
  const backend =
    threads === 0
      ? LocalBackend.alone(plan, true)
      : canShareMemory()
        ? await LocalBackend.withPool(plan, threads, spawn)
        : await RemoteBackend.start(plan, spawn);
  const engine = new WasmEngine(backend, plan, network);
  engine.setNetwork(network);
  return engine;
}

/** The machine's cores. */
async function cores(): Promise<number> {
  const known = (globalThis.navigator as { hardwareConcurrency?: number } | undefined)?.hardwareConcurrency;
  if (known) return known;
  if (!hasNodeThreads()) return 1;
  const name = ['node', 'os'].join(':');
  const os: typeof import('node:os') = await import(/* @vite-ignore */ name);
  return os.availableParallelism();
}

/** A page may share memory only when it is isolated from other origins; runtimes that are no page have no such flag. */
function canShareMemory(): boolean {
  return typeof SharedArrayBuffer === 'function' && globalThis.crossOriginIsolated !== false;
}

class LoadedExamples implements Examples {
  readonly length: number;
  readonly engine: WasmEngine;
  readonly name: number;
  /** The last that was found to be an order of these. */
  order: Uint32Array | undefined;
  readonly #backend: Backend;

  constructor(engine: WasmEngine, backend: Backend, name: number, length: number) {
    this.engine = engine;
    this.#backend = backend;
    this.name = name;
    this.length = length;
  }

  dispose(): void {
    this.#backend.unload(this.name);
  }
}

class WasmEngine implements Engine {
  readonly #backend: Backend;
  readonly #plan: Plan;
  readonly #template: Network;
  /** Examples of the batch whose gradient waits, or 0. */
  #pendingExamples = 0;
  #loss = 0;
  /** Updates since the parameters were set. */
  #updates = 0;
  /** Examples of the batch whose gradient is there, applied or not. */
  #measured = 0;
  /** Calls are done one after the other. */
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
      return new LoadedExamples(
        this,
        this.#backend,
        await this.#backend.load(dataset, fullBatches),
        dataset.length,
      );
    });
  }

  descend(
    examples: Examples,
    { alpha, batches, order, averageFrom = 0 }: DescendOptions,
  ): Promise<BatchResult[]> {
    const loaded = this.#own(examples);
    const { name, length } = loaded;
    const most = order?.length ?? length;
    for (const { from, to } of batches) {
      if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < to && to <= most)) {
        throw new SettingError(`a batch from ${from} to ${to}: expected places within ${most} examples`);
      }
    }
    // An epoch asks many times by the same order: it is looked through once, as it is copied once.
    if (order && order !== loaded.order) {
      if (most > length || order.some((place) => place >= length)) {
        throw new SettingError(`an order must name places from 0 to ${length - 1}, each once`);
      }
      loaded.order = order;
    }
    return this.#next(async () => {
      const pendingExamples = this.#due(averageFrom);
      const results = await this.#backend.descend(name, {
        batches: batches.map(({ from, to }, k) => ({
          from,
          to,
          alpha: typeof alpha === 'number' ? alpha : alpha[k]!,
        })),
        ...(order ? { order } : {}),
        pendingExamples,
      });
      this.#updates += Math.max(0, results.length - (pendingExamples.examples > 0 ? 0 : 1));
      const last = results.at(-1);
      if (last) {
        this.#pendingExamples = this.#measured = last.examples;
        this.#loss = last.loss;
      }
      return results;
    });
  }

  update(alpha: number, averageFrom = 0): Promise<void> {
    return this.#next(async () => {
      if (this.#pendingExamples > 0) {
        await this.#backend.update(alpha, this.#due(averageFrom));
        this.#updates++;
      }
      this.#pendingExamples = 0;
    });
  }

  measure(examples: Examples, { averaged = false }: { averaged?: boolean } = {}): Promise<BatchResult> {
    const { name } = this.#own(examples);
    return this.#next(() => this.#backend.measure(name, averaged));
  }

  predict(examples: Examples): Promise<Predictions> {
    const { name } = this.#own(examples);
    return this.#next(() => this.#backend.predict(name));
  }

  gradients(): { dW: LayerValues['W']; db: LayerValues['b'] }[] {
    const share = 1 / Math.max(1, this.#measured);
    const values = readParameters(
      this.#plan,
      this.#backend.gradients(),
      share,
      share * this.#plan.trainingScale,
    );
    return values.map(({ W, b }) => ({ dW: W, db: b }));
  }

  network({ averaged = false }: { averaged?: boolean } = {}): Network {
    const values = readParameters(
      this.#plan,
      averaged ? this.#backend.average() : this.#backend.parameters(),
    );
    return withParameters(this.#template, values);
  }

  setNetwork(network: Network): void {
    if (layerSizes(network).join() !== this.#plan.sizes.join()) {
      throw new ShapeError(
        `the engine is for layers of ${this.#plan.sizes.join(', ')} units, this network has ${layerSizes(network).join(', ')}`,
      );
    }
    this.#backend.setParameters(this.#laidOut(network.layers));
    this.#pendingExamples = 0;
    this.#updates = 0;
  }

  state(): Promise<EngineState> {
    return this.#next(async () => {
      const { weightAveraging } = this.#plan.training;
      const { memory, search } = await this.#backend.memory();
      return {
        parameters: readParameters(this.#plan, this.#backend.parameters()),
        updates: this.#updates,
        memory: memory.map((values) => readParameters(this.#plan, values)),
        search,
        average: weightAveraging ? readParameters(this.#plan, this.#backend.average()) : undefined,
      };
    });
  }

  restore({ parameters, updates, memory, search, average }: EngineState): void {
    const kept = {
      memory: memory.map((values) => this.#laidOut(values)),
      search,
      average: average ? this.#laidOut(average) : new Float32Array(),
    };
    this.#backend.setParameters(this.#laidOut(parameters), kept);
    this.#pendingExamples = 0;
    this.#updates = updates;
  }

  #laidOut(values: ParameterSet): Float32Array {
    const floats = new Float32Array(this.#plan.bytes / 4);
    writeParameters(this.#plan, values, floats);
    return floats;
  }

  dispose(): Promise<void> {
    return this.#backend.dispose();
  }

  #due(averageFrom: number): PendingUpdate {
    return { examples: this.#pendingExamples, updates: this.#updates, averageFrom, loss: this.#loss };
  }

  #own(examples: Examples): LoadedExamples {
    if (examples instanceof LoadedExamples && examples.engine === this) return examples;
    throw new EngineError('these examples were loaded in another engine');
  }

  #next<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
