import type { DisplacementField } from '../../data/augmentation/displacement-field.js';
import type { ExampleSource } from '../../data/example-source.js';
import { EngineError } from '../../errors.js';
import { instantiateKernels } from '../bindings/instantiate-kernels.js';
import { type PackingKernels, packingKernelsOf } from '../bindings/packing-kernels.js';
import { isFullBatch } from '../data/is-full-batch.js';
import { nothingPacked, type PackingWay, packExamples } from '../data/pack-examples.js';
import type { AllocatedExamples, PackedExamples } from '../data/packed-examples.js';
import { type Arena, buildArena, lbfgsNumbers, MAX_RESULTS } from '../layout/arena.js';
import { Memory } from '../layout/memory.js';
import { BLOCK_EXAMPLES, type Plan } from '../layout/plan.js';
import type { Command, PendingUpdate } from '../passes/command.js';
import type { BatchResult, Predictions } from '../passes/results.js';
import type { Backend, DescendRequest, OptimizerState, TrainingState } from './backend.js';
import type { Executor, StartExecutor } from './executor.js';
import { takeTurns } from './slices.js';

interface Loaded {
  readonly dataset: ExampleSource;
  packed: AllocatedExamples;
  /** The order of the last batches: the array that it was copied from, and its address. */
  order?: { readonly from: Uint32Array; readonly address: number };
}

/** How a local backend works. */
interface LocalOptions {
  /** Workers on shared memory; 0: the backend's own thread computes. */
  readonly threads: number;
  readonly startExecutor: StartExecutor;
  /** Whether the backend's thread works in slices, so that it stays responsive. */
  readonly inSlices: boolean;
  /** The kernels' binary. */
  readonly code: Uint8Array;
  /** The displacement field, with elastic distortion. */
  readonly field: DisplacementField | undefined;
}

/** A backend in this realm's memory: shared with a pool of workers, or of this thread alone. It does not compute: its executor does. */
export class LocalBackend implements Backend {
  readonly threads: number;
  readonly #memory: Memory;
  readonly #kernels: PackingKernels;
  readonly #arena: Arena;
  readonly #executor: Executor;
  readonly #inSlices: boolean;
  #disposed = false;
  readonly #loaded = new Map<number, Loaded>();
  #lastId = 0;

  private constructor(
    memory: Memory,
    kernels: PackingKernels,
    { arena, executor, inSlices }: { arena: Arena; executor: Executor; inSlices: boolean },
  ) {
    this.threads = executor.threads;
    this.#memory = memory;
    this.#kernels = kernels;
    this.#arena = arena;
    this.#executor = executor;
    this.#inSlices = inSlices;
  }

  /**
   * @param parameters the network's, in the layout of the plan
   * @throws EngineError when WebAssembly is not allowed, or cannot hold the network; WorkerStartError
   *   when a worker cannot be started
   */
  static async start(
    plan: Plan,
    parameters: Float32Array,
    { threads, startExecutor, inSlices, code, field }: LocalOptions,
  ): Promise<LocalBackend> {
    const memory = new Memory(threads > 0);
    const wasm = instantiateKernels(memory.wasm, memory.shared, code);
    const arena = buildArena(memory, plan, { threads: Math.max(1, threads), field });
    memory.floats(arena.parameters, parameters.length).set(parameters);
    const executor = await startExecutor({ arena, wasm, memory: memory.wasm });
    return new LocalBackend(memory, packingKernelsOf(wasm), { arena, executor, inSlices });
  }

  async load(dataset: ExampleSource, full: boolean): Promise<number> {
    this.#checkAlive();
    const most = MAX_RESULTS * BLOCK_EXAMPLES;
    if (dataset.length > most) {
      throw new EngineError(`${dataset.length} examples: the engine takes up to ${most}. Use fewer`);
    }
    const loaded: Loaded = { dataset, packed: nothingPacked(dataset) };
    if (full) await this.#packFor(loaded, 0, { from: 0, to: dataset.length });
    else await this.#pack(loaded, 'sparseRows');
    const id = ++this.#lastId;
    this.#loaded.set(id, loaded);
    return id;
  }

  unload(examples: number): void {
    const loaded = this.#loaded.get(examples);
    if (!loaded) return;
    this.#loaded.delete(examples);
    for (const address of loaded.packed.allocated) this.#memory.free(address);
    if (loaded.order) this.#memory.free(loaded.order.address);
  }

  async descend(examples: number, { batches, order, pending }: DescendRequest): Promise<BatchResult[]> {
    const loaded = this.#find(examples);
    const address = order ? this.#placeOrder(loaded, order) : 0;
    for (const batch of batches) await this.#packFor(loaded, address, batch);
    return this.#run({
      type: 'descend',
      examples: withoutAllocations(loaded.packed),
      batches,
      order: address,
      pending,
    });
  }

  async update(alpha: number, pending: PendingUpdate): Promise<void> {
    await this.#run({ type: 'update', alpha, pending });
  }

  async measure(examples: number, averaged: boolean): Promise<BatchResult> {
    const loaded = this.#find(examples);
    if (!loaded.packed.blocks2x2) await this.#pack(loaded, 'sparseRows');
    const packed = withoutAllocations(loaded.packed);
    const nowhere = { classes: 0, losses: 0, probabilities: 0 };
    const [result] = await this.#run({ type: 'measure', examples: packed, ...nowhere, averaged });
    return result!;
  }

  async predict(examples: number): Promise<Predictions> {
    const loaded = this.#find(examples);
    await this.#pack(loaded, 'sparseRows');
    const packed = withoutAllocations(loaded.packed);
    const { length } = packed;
    const outputs = this.#arena.plan.sizes.at(-1)!;
    const what = `the answers for ${length} examples`;
    const classes = this.#memory.allocate(length, what);
    const losses = this.#memory.allocate(4 * length, what);
    const probabilities = this.#memory.allocate(4 * length * outputs, what);
    try {
      const answers = { classes, losses, probabilities, averaged: false };
      await this.#run({ type: 'measure', examples: packed, ...answers });
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
    return this.#floats(this.#arena.parameters).slice();
  }

  average(): Float32Array {
    const { average } = this.#arena;
    return average ? this.#floats(average).slice() : new Float32Array();
  }

  gradients(): Float32Array {
    return this.#floats(this.#arena.gradients).slice();
  }

  optimizerState(): Promise<OptimizerState> {
    const { optimizerSlots, lbfgs } = this.#arena;
    return Promise.resolve({
      slots: optimizerSlots.map((address) => this.#floats(address).slice()),
      lbfgs: lbfgs ? [...lbfgsNumbers(this.#memory.wasm, lbfgs)] : [],
    });
  }

  setParameters(values: Float32Array, state?: TrainingState): void {
    const { parameters, optimizerSlots, average, lbfgs } = this.#arena;
    this.#floats(parameters).set(values);
    for (const [k, address] of optimizerSlots.entries()) {
      if (state) this.#floats(address).set(state.slots[k]!);
      else this.#floats(address).fill(0);
    }
    if (average && state) this.#floats(average).set(state.average);
    if (lbfgs) {
      const numbers = lbfgsNumbers(this.#memory.wasm, lbfgs);
      if (state) numbers.set(state.lbfgs);
      else numbers.fill(0);
    }
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#loaded.clear();
    await this.#executor.dispose();
  }

  /** @throws EngineError when the backend was disposed of or a worker died */
  #checkAlive(): void {
    if (this.#executor.failure) throw this.#executor.failure;
    if (this.#disposed) throw new EngineError('the engine stopped: it was disposed of');
  }

  /** A view of parameters, or of what has their layout; valid until the memory grows. */
  #floats(address: number): Float32Array {
    return this.#memory.floats(address, this.#arena.plan.bytes / 4);
  }

  async #run(command: Command): Promise<BatchResult[]> {
    this.#checkAlive();
    return this.#executor.run(command, () => this.#checkAlive());
  }

  /** Packs the examples as a batch needs them. */
  async #packFor(loaded: Loaded, order: number, batch: { from: number; to: number }): Promise<void> {
    const full = isFullBatch(this.#arena, { order, examples: loaded.packed }, batch);
    if (full && this.#arena.plan.quantizes) return this.#pack(loaded, 'blocks2x2');
    await this.#pack(loaded, 'sparseRows');
    if (full) await this.#pack(loaded, 'transposedRows');
  }

  /** Packs the examples in a way, unless they are packed so already. */
  async #pack(loaded: Loaded, way: PackingWay): Promise<void> {
    const { dataset, packed } = loaded;
    if (packed[way]) return;
    const source = { memory: this.#memory, kernels: this.#kernels, plan: this.#arena.plan, dataset };
    const steps = packExamples(way, source, packed);
    try {
      for (;;) {
        const { done, value } = steps.next();
        if (done) {
          loaded.packed = value;
          return;
        }
        if (value) await this.#run(value);
        if (this.#inSlices) await takeTurns(() => this.#checkAlive());
      }
    } finally {
      // Frees what was allocated, if the packing did not finish.
      steps.return(packed);
    }
  }

  #find(examples: number): Loaded {
    this.#checkAlive();
    const loaded = this.#loaded.get(examples);
    if (!loaded) throw new EngineError('these examples are not loaded: they were disposed of');
    return loaded;
  }

  /** Copies an order of the examples to memory, unless it is there already. */
  #placeOrder(loaded: Loaded, order: Uint32Array): number {
    if (loaded.order?.from === order) return loaded.order.address;
    const address =
      loaded.order?.address ?? this.#memory.allocate(4 * loaded.packed.length, 'the order of the examples');
    this.#memory.integers(address, order.length).set(order);
    loaded.order = { from: order, address };
    return address;
  }
}

/** Packed examples as the threads need them. */
function withoutAllocations({ allocated: _, ...packed }: AllocatedExamples): PackedExamples {
  return packed;
}
