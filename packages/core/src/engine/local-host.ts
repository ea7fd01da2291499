import type { Dataset } from '../data/dataset.js';
import { EngineError } from '../errors.js';
import { isGrouped } from './descend.js';
import type { BatchResult, Predictions } from './engine.js';
import type { DescendRequest, DueUpdate, Host, Kept, Remembered } from './host.js';
import { type Ink, packInk, unpacked } from './ink.js';
import type { Job, PackedExamples } from './job.js';
import { instantiateKernels, type Kernels } from './kernels.js';
import { Memory } from './memory.js';
import { BLOCK_EXAMPLES, type Plan } from './plan.js';
import { drain, drainInSlices, runJob, takeTurns } from './run-job.js';
import { numbersOf } from './search.js';
import { buildSite, MOST_RESULTS, type Site } from './site.js';
import type { SpawnWorker } from './spawn.js';
import { Team } from './team.js';

interface Loaded {
  readonly dataset: Dataset;
  ink: Ink;
  /** The order of the last batches: the array it came from, and where it lies. */
  order?: { readonly from: Uint32Array; readonly address: number };
}

/** A host in this realm's memory: shared, with a team, or its own, with this thread alone. */
export class LocalHost implements Host {
  readonly threads: number;
  readonly #memory: Memory;
  readonly #kernels: Kernels;
  readonly #site: Site;
  readonly #team: Team | undefined;
  readonly #patient: boolean;
  #disposed = false;
  readonly #loaded = new Map<number, Loaded>();
  #names = 0;

  private constructor(
    memory: Memory,
    kernels: Kernels,
    site: Site,
    team: Team | undefined,
    patient: boolean,
  ) {
    this.threads = team ? team.threads : 0;
    this.#memory = memory;
    this.#kernels = kernels;
    this.#site = site;
    this.#team = team;
    this.#patient = patient;
  }

  /** A host with a team of workers on shared memory. */
  static async withTeam(plan: Plan, threads: number, spawn: SpawnWorker): Promise<LocalHost> {
    const memory = new Memory(true);
    const kernels = instantiateKernels(memory.wasm, true);
    const site = buildSite(memory, plan, threads);
    const team = await Team.start(threads, memory.wasm, site, spawn);
    return new LocalHost(memory, kernels, site, team, true);
  }

  /** A host on this thread alone; `patient` works in slices, so that the thread stays free for others. */
  static alone(plan: Plan, patient: boolean): LocalHost {
    const memory = new Memory(false);
    const kernels = instantiateKernels(memory.wasm, false);
    return new LocalHost(memory, kernels, buildSite(memory, plan, 1), undefined, patient);
  }

  async load(dataset: Dataset, full: boolean): Promise<number> {
    this.#checkAlive();
    if (dataset.length > MOST_RESULTS * BLOCK_EXAMPLES) {
      throw new EngineError(
        `${dataset.length} examples: the engine takes up to ${MOST_RESULTS * BLOCK_EXAMPLES}`,
      );
    }
    const loaded: Loaded = { dataset, ink: unpacked(dataset) };
    if (full) await this.#prepare(loaded, 0, { from: 0, to: dataset.length });
    else await this.#need(loaded, 'runs');
    const name = ++this.#names;
    this.#loaded.set(name, loaded);
    return name;
  }

  unload(examples: number): void {
    const loaded = this.#loaded.get(examples);
    if (!loaded) return;
    this.#loaded.delete(examples);
    for (const address of loaded.ink.allocated) this.#memory.free(address);
    if (loaded.order) this.#memory.free(loaded.order.address);
  }

  async descend(examples: number, { batches, order, waiting }: DescendRequest): Promise<BatchResult[]> {
    const loaded = this.#named(examples);
    const address = order ? this.#place(loaded, order) : 0;
    for (const batch of batches) await this.#prepare(loaded, address, batch);
    return this.#run({
      type: 'descend',
      examples: packed(loaded.ink),
      batches,
      order: address,
      ...due(waiting),
    });
  }

  async update(alpha: number, waiting: DueUpdate): Promise<void> {
    await this.#run({ type: 'update', alpha, ...due(waiting) });
  }

  async measure(examples: number, averaged: boolean): Promise<BatchResult> {
    const loaded = this.#named(examples);
    if (!loaded.ink.quads) await this.#need(loaded, 'runs');
    const [result] = await this.#run({
      type: 'measure',
      examples: packed(loaded.ink),
      classes: 0,
      losses: 0,
      probabilities: 0,
      averaged,
    });
    return result!;
  }

  async predict(examples: number): Promise<Predictions> {
    const loaded = this.#named(examples);
    await this.#need(loaded, 'runs');
    const { ink } = loaded;
    const { length } = ink;
    const outputs = this.#site.plan.sizes.at(-1)!;
    const what = `the answers for ${length} examples`;
    const classes = this.#memory.allocate(length, what);
    const losses = this.#memory.allocate(4 * length, what);
    const probabilities = this.#memory.allocate(4 * length * outputs, what);
    try {
      await this.#run({
        type: 'measure',
        examples: packed(ink),
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
    return this.#memory.floats(this.#site.parameters, this.#site.plan.bytes / 4).slice();
  }

  average(): Float32Array {
    const { average, plan } = this.#site;
    return average ? this.#memory.floats(average, plan.bytes / 4).slice() : new Float32Array();
  }

  gradients(): Float32Array {
    return this.#memory.floats(this.#site.gradients, this.#site.plan.bytes / 4).slice();
  }

  memory(): Promise<Remembered> {
    const { memory, plan, search } = this.#site;
    return Promise.resolve({
      memory: memory.map((address) => this.#memory.floats(address, plan.bytes / 4).slice()),
      search: search ? [...numbersOf(this.#memory.wasm, search)] : [],
    });
  }

  setParameters(values: Float32Array, kept?: Kept): void {
    const { parameters, memory, average, search } = this.#site;
    const floats = (address: number) => this.#memory.floats(address, values.length);
    floats(parameters).set(values);
    for (const [k, address] of memory.entries()) {
      if (kept) floats(address).set(kept.memory[k]!);
      else floats(address).fill(0);
    }
    if (average && kept) floats(average).set(kept.average);
    if (search) {
      const numbers = numbersOf(this.#memory.wasm, search);
      if (kept) numbers.set(kept.search);
      else numbers.fill(0);
    }
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#loaded.clear();
    await this.#team?.dispose();
  }

  /** @throws EngineError when the host was disposed of or a worker died */
  #checkAlive(): void {
    if (this.#team?.failure) throw this.#team.failure;
    if (this.#disposed) throw new EngineError('the engine stopped: it was disposed of');
  }

  #drain<Result>(steps: Generator<void, Result>): Promise<Result> {
    return this.#patient ? drainInSlices(steps, () => this.#checkAlive()) : Promise.resolve(drain(steps));
  }

  async #run(job: Job): Promise<BatchResult[]> {
    this.#checkAlive();
    if (this.#team) return this.#team.run(job);
    const thread = {
      site: this.#site,
      kernels: this.#kernels,
      memory: this.#memory.wasm,
      rank: 0,
      threads: 1,
    };
    return this.#drain(runJob(thread, job));
  }

  /** Adds what a batch takes, if it is not there. */
  async #prepare(loaded: Loaded, order: number, batch: { from: number; to: number }): Promise<void> {
    const { plan } = this.#site;
    const grouped = isGrouped(this.#site, { order, examples: loaded.ink }, batch);
    if (grouped && plan.quantizes) return this.#need(loaded, 'quads');
    await this.#need(loaded, 'runs');
    if (grouped) await this.#need(loaded, 'pixelRuns');
  }

  /** Packs the examples in a way, unless they are. */
  async #need(loaded: Loaded, way: 'runs' | 'pixelRuns' | 'quads'): Promise<void> {
    const { dataset, ink } = loaded;
    if (ink[way]) return;
    const steps = packInk(way, this.#memory, this.#kernels, this.#site.plan, dataset, ink);
    try {
      for (;;) {
        const { done, value } = steps.next();
        if (done) {
          loaded.ink = value;
          return;
        }
        if (value) await this.#run(value);
        if (this.#patient) await takeTurns(() => this.#checkAlive());
      }
    } finally {
      // Gives back what it took, where it did not come to its end.
      steps.return(ink);
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
      loaded.order?.address ?? this.#memory.allocate(4 * loaded.ink.length, 'the order of the examples');
    this.#memory.integers(address, order.length).set(order);
    loaded.order = { from: order, address };
    return address;
  }
}

function due({ examples, ...update }: DueUpdate): Omit<DueUpdate, 'examples'> & { waiting: number } {
  return { waiting: examples, ...update };
}

function packed({ allocated: _, ...addresses }: Ink): PackedExamples {
  return addresses;
}
