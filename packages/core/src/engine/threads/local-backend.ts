import type { Dataset } from '../../data/dataset.js';
import { EngineError } from '../../errors.js';
import type { BatchResult, Predictions } from '../api/engine.js';
import { instantiateKernels, type Kernels } from '../bindings/kernels.js';
import { type AllocatedExamples, noneYet, packExamples } from '../data/pack-examples.js';
import { type Arena, buildArena, MAX_RESULTS } from '../layout/arena.js';
import { Memory } from '../layout/memory.js';
import { BLOCK_EXAMPLES, type Plan } from '../layout/plan.js';
import { isGrouped } from '../passes/descend.js';
import { lbfgsNumbers } from '../passes/lbfgs.js';
import { drain, drainInSlices, runCommand, takeTurns } from '../passes/run-command.js';
import type { Backend, DescendRequest, OptimizerState, PendingUpdate, SavedState } from './backend.js';
import type { Command, PackedExamples } from './command.js';
import type { SpawnWorker } from './spawn.js';
import { WorkerPool } from './worker-pool.js';

interface Loaded {
  readonly dataset: Dataset;
  packed: AllocatedExamples;
  /** The order of the last batches: the array it came from, and where it lies. */
  order?: { readonly from: Uint32Array; readonly address: number };
}

/** A host in this realm's memory: shared, with a team, or its own, with this thread alone. */
export class LocalBackend implements Backend {
  readonly threads: number;
  readonly #memory: Memory;
  readonly #kernels: Kernels;
  readonly #arena: Arena;
  readonly #pool: WorkerPool | undefined;
  readonly #patient: boolean;
  #disposed = false;
  readonly #loaded = new Map<number, Loaded>();
  #names = 0;

  private constructor(
    memory: Memory,
    kernels: Kernels,
    arena: Arena,
    pool: WorkerPool | undefined,
    patient: boolean,
  ) {
    this.threads = pool ? pool.threads : 0;
    this.#memory = memory;
    this.#kernels = kernels;
    this.#arena = arena;
    this.#pool = pool;
    this.#patient = patient;
  }

  /** A host with a team of workers on shared memory. */
  static async withPool(plan: Plan, threads: number, spawn: SpawnWorker): Promise<LocalBackend> {
    const memory = new Memory(true);
    const kernels = instantiateKernels(memory.wasm, true);
    const arena = buildArena(memory, plan, threads);
    const pool = await WorkerPool.start(threads, memory.wasm, arena, spawn);
    return new LocalBackend(memory, kernels, arena, pool, true);
  }

  /** A host on this thread alone; `patient` works in slices, so that the thread stays free for others. */
  static alone(plan: Plan, patient: boolean): LocalBackend {
    const memory = new Memory(false);
    const kernels = instantiateKernels(memory.wasm, false);
    return new LocalBackend(memory, kernels, buildArena(memory, plan, 1), undefined, patient);
  }

  async load(dataset: Dataset, full: boolean): Promise<number> {
    this.#checkAlive();
    if (dataset.length > MAX_RESULTS * BLOCK_EXAMPLES) {
      throw new EngineError(
        `${dataset.length} examples: the engine takes up to ${MAX_RESULTS * BLOCK_EXAMPLES}`,
      );
    }
    const loaded: Loaded = { dataset, packed: noneYet(dataset) };
    if (full) await this.#prepare(loaded, 0, { from: 0, to: dataset.length });
    else await this.#need(loaded, 'sparseRows');
    const name = ++this.#names;
    this.#loaded.set(name, loaded);
    return name;
  }

  unload(examples: number): void {
    const loaded = this.#loaded.get(examples);
    if (!loaded) return;
    this.#loaded.delete(examples);
    for (const address of loaded.packed.allocated) this.#memory.free(address);
    if (loaded.order) this.#memory.free(loaded.order.address);
  }

  async descend(
    examples: number,
    { batches, order, pendingExamples }: DescendRequest,
  ): Promise<BatchResult[]> {
    const loaded = this.#named(examples);
    const address = order ? this.#place(loaded, order) : 0;
    for (const batch of batches) await this.#prepare(loaded, address, batch);
    return this.#run({
      type: 'descend',
      examples: addressesOf(loaded.packed),
      batches,
      order: address,
      ...due(pendingExamples),
    });
  }

  async update(alpha: number, pendingExamples: PendingUpdate): Promise<void> {
    await this.#run({ type: 'update', alpha, ...due(pendingExamples) });
  }

  async measure(examples: number, averaged: boolean): Promise<BatchResult> {
    const loaded = this.#named(examples);
    if (!loaded.packed.blocks2x2) await this.#need(loaded, 'sparseRows');
    const [result] = await this.#run({
      type: 'measure',
      examples: addressesOf(loaded.packed),
      classes: 0,
      losses: 0,
      probabilities: 0,
      averaged,
    });
    return result!;
  }

  async predict(examples: number): Promise<Predictions> {
    const loaded = this.#named(examples);
    await this.#need(loaded, 'sparseRows');
    const { packed } = loaded;
    const { length } = packed;
    const outputs = this.#arena.plan.sizes.at(-1)!;
    const what = `the answers for ${length} examples`;
    const classes = this.#memory.allocate(length, what);
    const losses = this.#memory.allocate(4 * length, what);
    const probabilities = this.#memory.allocate(4 * length * outputs, what);
    try {
      await this.#run({
        type: 'measure',
        examples: addressesOf(packed),
        classes,
        losses,
        probabilities,
        averaged: false,
      });
      return {
        classes: this.#memory.bytes(classes, length).slice(),
        losses: this.#memory.floats(losses, length).slice(),
        probabilities: this.#memory.floats(probabilities, length * outputs).slice(),
      };
    } finally {
      for (const address of [classes, losses, probabilities]) this.#memory.free(address);
    }
  }

  parameters(): Float32Array {
    return this.#memory.floats(this.#arena.parameters, this.#arena.plan.bytes / 4).slice();
  }

  average(): Float32Array {
    const { average, plan } = this.#arena;
    return average ? this.#memory.floats(average, plan.bytes / 4).slice() : new Float32Array();
  }

  gradients(): Float32Array {
    return this.#memory.floats(this.#arena.gradients, this.#arena.plan.bytes / 4).slice();
  }

  memory(): Promise<OptimizerState> {
    const { memory, plan, search } = this.#arena;
    return Promise.resolve({
      memory: memory.map((address) => this.#memory.floats(address, plan.bytes / 4).slice()),
      search: search ? [...lbfgsNumbers(this.#memory.wasm, search)] : [],
    });
  }

  setParameters(values: Float32Array, kept?: SavedState): void {
    const { parameters, memory, average, search } = this.#arena;
    const floats = (address: number) => this.#memory.floats(address, values.length);
    floats(parameters).set(values);
    for (const [k, address] of memory.entries()) {
      if (kept) floats(address).set(kept.memory[k]!);
      else floats(address).fill(0);
    }
    if (average && kept) floats(average).set(kept.average);
    if (search) {
      const numbers = lbfgsNumbers(this.#memory.wasm, search);
      if (kept) numbers.set(kept.search);
      else numbers.fill(0);
    }
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#loaded.clear();
    await this.#pool?.dispose();
  }

  /** @throws EngineError when the host was disposed of or a worker died */
  #checkAlive(): void {
    if (this.#pool?.failure) throw this.#pool.failure;
    if (this.#disposed) throw new EngineError('the engine stopped: it was disposed of');
  }

  #drain<Result>(steps: Generator<void, Result>): Promise<Result> {
    return this.#patient ? drainInSlices(steps, () => this.#checkAlive()) : Promise.resolve(drain(steps));
  }

  async #run(command: Command): Promise<BatchResult[]> {
    this.#checkAlive();
    if (this.#pool) return this.#pool.run(command);
    const worker = {
      arena: this.#arena,
      kernels: this.#kernels,
      memory: this.#memory.wasm,
      rank: 0,
      threads: 1,
    };
    return this.#drain(runCommand(worker, command));
  }

  /** Adds what a batch takes, if it is not there. */
  async #prepare(loaded: Loaded, order: number, batch: { from: number; to: number }): Promise<void> {
    const { plan } = this.#arena;
    const grouped = isGrouped(this.#arena, { order, examples: loaded.packed }, batch);
    if (grouped && plan.quantizes) return this.#need(loaded, 'blocks2x2');
    await this.#need(loaded, 'sparseRows');
    if (grouped) await this.#need(loaded, 'transposedRows');
  }

  /** Packs the examples in a way, unless they are. */
  async #need(loaded: Loaded, way: 'sparseRows' | 'transposedRows' | 'blocks2x2'): Promise<void> {
    const { dataset, packed } = loaded;
    if (packed[way]) return;
    const steps = packExamples(way, this.#memory, this.#kernels, this.#arena.plan, dataset, packed);
    try {
      for (;;) {
        const { done, value } = steps.next();
        if (done) {
          loaded.packed = value;
          return;
        }
        if (value) await this.#run(value);
        if (this.#patient) await takeTurns(() => this.#checkAlive());
      }
    } finally {
      // Gives back what it took, where it did not come to its end.
      steps.return(packed);
    }
  }

  #named(examples: number): Loaded {
    this.#checkAlive();
    const loaded = this.#loaded.get(examples);
    if (!loaded) throw new EngineError('these examples are not loaded in this engine, or were disposed of');
    return loaded;
  }

  #place(loaded: Loaded, order: Uint32Array): number {
    if (loaded.order?.from === order) return loaded.order.address;
    const address =
      loaded.order?.address ?? this.#memory.allocate(4 * loaded.packed.length, 'the order of the examples');
    this.#memory.integers(address, order.length).set(order);
    loaded.order = { from: order, address };
    return address;
  }
}

function due({
  examples,
  ...update
}: PendingUpdate): Omit<PendingUpdate, 'examples'> & { pendingExamples: number } {
  return { pendingExamples: examples, ...update };
}

function addressesOf({ allocated: _, ...addresses }: AllocatedExamples): PackedExamples {
  return addresses;
}
