import { EngineError } from '../errors.js';
import type { BatchResult } from './engine.js';
import type { Job } from './job.js';
import type { FromWorker, ToWorker } from './protocol.js';
import type { Site } from './site.js';
import type { SpawnWorker, WorkerHandle } from './spawn.js';

interface Waiting<Value> {
  resolve(value: Value): void;
  reject(error: Error): void;
}

/**
 * Workers on one shared memory that do jobs together. They start once; between jobs they wait for a message, which costs nothing, and do not
 * keep the process alive. If one of them dies, all end, and every call rejects from then on.
 */
export class Team {
  readonly threads: number;
  readonly workers: WorkerHandle[] = [];
  #failure: EngineError | undefined;
  #job: Waiting<BatchResult[]> | undefined;
  #ready: Waiting<void> | undefined;
  #readyCount = 0;

  private constructor(threads: number) {
    this.threads = threads;
  }

  /** @throws EngineError when a worker cannot be started */
  static async start(
    threads: number,
    memory: WebAssembly.Memory,
    site: Site,
    spawn: SpawnWorker,
  ): Promise<Team> {
    const team = new Team(threads);
    const ready = new Promise<void>((resolve, reject) => {
      team.#ready = { resolve, reject };
    });
    for (let rank = 0; rank < threads; rank++) {
      const worker = await spawn({
        onMessage: (message) => team.#receive(message as FromWorker),
        onFailure: (reason) => team.#fail(`worker ${rank + 1} of ${threads} died: ${reason}`),
      });
      team.workers.push(worker);
      worker.post({ type: 'join', memory, site, rank, threads } satisfies ToWorker);
    }
    await ready;
    team.#hold(false);
    return team;
  }

  /** Why the team ended, if it did. */
  get failure(): EngineError | undefined {
    return this.#failure;
  }

  /** Does one job with all the threads. One at a time. */
  run(job: Job): Promise<BatchResult[]> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#job = { resolve, reject };
      this.#hold(true);
      for (const worker of this.workers) worker.post({ type: 'run', job } satisfies ToWorker);
    });
  }

  async dispose(): Promise<void> {
    this.#fail('the engine was disposed of');
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }

  #receive(message: FromWorker): void {
    if (message.type === 'ready' && ++this.#readyCount === this.threads) this.#ready?.resolve();
    else if (message.type === 'failed') this.#fail(message.message);
    else if (message.type === 'done') {
      const job = this.#job;
      this.#job = undefined;
      this.#hold(false);
      job?.resolve(message.results);
    }
  }

  /** Ends everything: the others may be waiting at a barrier for the one that died, and nobody else could wake them. */
  #fail(reason: string): void {
    if (this.#failure) return;
    this.#failure = new EngineError(`the engine stopped: ${reason}`);
    for (const worker of this.workers) void worker.terminate();
    this.#ready?.reject(this.#failure);
    this.#job?.reject(this.#failure);
    this.#job = undefined;
  }

  #hold(busy: boolean): void {
    for (const worker of this.workers) worker.hold(busy);
  }
}
