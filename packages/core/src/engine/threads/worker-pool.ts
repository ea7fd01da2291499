import { EngineError } from '../../errors.js';
import type { BatchResult } from '../api/engine.js';
import type { Arena } from '../layout/arena.js';
import type { Command } from './command.js';
import type { FromWorker, ToWorker } from './protocol.js';
import type { SpawnWorker, WorkerHandle } from './spawn.js';

interface Waiting<Value> {
  resolve(value: Value): void;
  reject(error: Error): void;
}

/**
 * Workers on one shared memory that do jobs together. They start once; between jobs they wait for a message, which costs nothing, and do not
 * keep the process alive. If one of them dies, all end, and every call rejects from then on.
 */
export class WorkerPool {
  readonly threads: number;
  readonly workers: WorkerHandle[] = [];
  #failure: EngineError | undefined;
  #command: Waiting<BatchResult[]> | undefined;
  #ready: Waiting<void> | undefined;
  #readyCount = 0;

  private constructor(threads: number) {
    this.threads = threads;
  }

  /** @throws EngineError when a worker cannot be started */
  static async start(
    threads: number,
    memory: WebAssembly.Memory,
    arena: Arena,
    spawn: SpawnWorker,
  ): Promise<WorkerPool> {
    const pool = new WorkerPool(threads);
    const ready = new Promise<void>((resolve, reject) => {
      pool.#ready = { resolve, reject };
    });
    for (let rank = 0; rank < threads; rank++) {
      const worker = await spawn({
        onMessage: (message) => pool.#receive(message as FromWorker),
        onFailure: (reason) => pool.#fail(`worker ${rank + 1} of ${threads} died: ${reason}`),
      });
      pool.workers.push(worker);
      worker.post({ type: 'join', memory, arena, rank, threads } satisfies ToWorker);
    }
    await ready;
    pool.#hold(false);
    return pool;
  }

  /** Why the team ended, if it did. */
  get failure(): EngineError | undefined {
    return this.#failure;
  }

  /** Does one job with all the threads. One at a time. */
  run(command: Command): Promise<BatchResult[]> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#command = { resolve, reject };
      this.#hold(true);
      for (const worker of this.workers) worker.post({ type: 'run', command } satisfies ToWorker);
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
      const command = this.#command;
      this.#command = undefined;
      this.#hold(false);
      command?.resolve(message.results);
    }
  }

  /** Ends everything: the others may be waiting at a barrier for the one that died, and nobody else could wake them. */
  #fail(reason: string): void {
    if (this.#failure) return;
    this.#failure = new EngineError(`the engine stopped: ${reason}`);
    for (const worker of this.workers) void worker.terminate();
    this.#ready?.reject(this.#failure);
    this.#command?.reject(this.#failure);
    this.#command = undefined;
  }

  #hold(busy: boolean): void {
    for (const worker of this.workers) worker.hold(busy);
  }
}
