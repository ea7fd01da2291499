import type { Dataset } from '../data/dataset.js';
import { EngineError, SettingError, ShapeError } from '../errors.js';
import { layerSizes, type Network } from '../maths/network.js';
import { type ParameterSet, withParameters } from '../maths/parameters.js';
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
import { checkFit } from './fit.js';
import type { DueUpdate, Host } from './host.js';
import { LocalHost } from './local-host.js';
import { type LayerValues, readParameters, writeParameters } from './parameters.js';
import type { Plan } from './plan.js';
import { planNetwork } from './plan-network.js';
import { RemoteHost } from './remote-host.js';
import { PLAIN } from './rules.js';
import { hasNodeThreads, spawnWorker } from './spawn.js';

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
  const plan = planNetwork(network, pixelScale, { ...PLAIN, ...options.rules });
  const host =
    threads === 0
      ? LocalHost.alone(plan, true)
      : canShareMemory()
        ? await LocalHost.withTeam(plan, threads, spawn)
        : await RemoteHost.start(plan, spawn);
  const engine = new WasmEngine(host, plan, network);
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
  readonly #host: Host;

  constructor(engine: WasmEngine, host: Host, name: number, length: number) {
    this.engine = engine;
    this.#host = host;
    this.name = name;
    this.length = length;
  }

  dispose(): void {
    this.#host.unload(this.name);
  }
}

class WasmEngine implements Engine {
  readonly #host: Host;
  readonly #plan: Plan;
  readonly #template: Network;
  /** Examples of the batch whose gradient waits, or 0. */
  #waiting = 0;
  #loss = 0;
  /** Updates since the parameters were set. */
  #updates = 0;
  /** Examples of the batch whose gradient is there, applied or not. */
  #measured = 0;
  /** Calls are done one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(host: Host, plan: Plan, template: Network) {
    this.#host = host;
    this.#plan = plan;
    this.#template = template;
  }

  get threads(): number {
    return this.#host.threads;
  }

  load(dataset: Dataset, { fullBatches = false }: LoadOptions = {}): Promise<Examples> {
    return this.#next(async () => {
      checkFit(this.#plan, dataset);
      return new LoadedExamples(
        this,
        this.#host,
        await this.#host.load(dataset, fullBatches),
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
      const waiting = this.#due(averageFrom);
      const results = await this.#host.descend(name, {
        batches: batches.map(({ from, to }, k) => ({
          from,
          to,
          alpha: typeof alpha === 'number' ? alpha : alpha[k]!,
        })),
        ...(order ? { order } : {}),
        waiting,
      });
      this.#updates += Math.max(0, results.length - (waiting.examples > 0 ? 0 : 1));
      const last = results.at(-1);
      if (last) {
        this.#waiting = this.#measured = last.examples;
        this.#loss = last.loss;
      }
      return results;
    });
  }

  update(alpha: number, averageFrom = 0): Promise<void> {
    return this.#next(async () => {
      if (this.#waiting > 0) {
        await this.#host.update(alpha, this.#due(averageFrom));
        this.#updates++;
      }
      this.#waiting = 0;
    });
  }

  measure(examples: Examples, { averaged = false }: { averaged?: boolean } = {}): Promise<BatchResult> {
    const { name } = this.#own(examples);
    return this.#next(() => this.#host.measure(name, averaged));
  }

  predict(examples: Examples): Promise<Predictions> {
    const { name } = this.#own(examples);
    return this.#next(() => this.#host.predict(name));
  }

  gradients(): { dW: LayerValues['W']; db: LayerValues['b'] }[] {
    const share = 1 / Math.max(1, this.#measured);
    const values = readParameters(
      this.#plan,
      this.#host.gradients(),
      share,
      share * this.#plan.learningScale,
    );
    return values.map(({ W, b }) => ({ dW: W, db: b }));
  }

  network({ averaged = false }: { averaged?: boolean } = {}): Network {
    const values = readParameters(this.#plan, averaged ? this.#host.average() : this.#host.parameters());
    return withParameters(this.#template, values);
  }

  setNetwork(network: Network): void {
    if (layerSizes(network).join() !== this.#plan.sizes.join()) {
      throw new ShapeError(
        `the engine is for layers of ${this.#plan.sizes.join(', ')} units, this network has ${layerSizes(network).join(', ')}`,
      );
    }
    this.#host.setParameters(this.#laidOut(network.layers));
    this.#waiting = 0;
    this.#updates = 0;
  }

  state(): Promise<EngineState> {
    return this.#next(async () => {
      const { average } = this.#plan.rules;
      const { memory, search } = await this.#host.memory();
      return {
        parameters: readParameters(this.#plan, this.#host.parameters()),
        updates: this.#updates,
        memory: memory.map((values) => readParameters(this.#plan, values)),
        search,
        average: average ? readParameters(this.#plan, this.#host.average()) : undefined,
      };
    });
  }

  restore({ parameters, updates, memory, search, average }: EngineState): void {
    const kept = {
      memory: memory.map((values) => this.#laidOut(values)),
      search,
      average: average ? this.#laidOut(average) : new Float32Array(),
    };
    this.#host.setParameters(this.#laidOut(parameters), kept);
    this.#waiting = 0;
    this.#updates = updates;
  }

  #laidOut(values: ParameterSet): Float32Array {
    const floats = new Float32Array(this.#plan.bytes / 4);
    writeParameters(this.#plan, values, floats);
    return floats;
  }

  dispose(): Promise<void> {
    return this.#host.dispose();
  }

  #due(averageFrom: number): DueUpdate {
    return { examples: this.#waiting, updates: this.#updates, averageFrom, loss: this.#loss };
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
