import { EngineError } from '../../errors.js';
import type { WasmMemory } from '../bindings/wasm-memory.js';
import type { Arena } from '../layout/arena.js';
import type { Command } from '../passes/command.js';
import type { BatchResult } from '../passes/results.js';
import type { Executor } from './executor.js';
import type { FromWorker, ToWorker } from './protocol.js';
import { inStartTime } from './start-time.js';
import type { SpawnWorker, WorkerHandle } from './worker-handle.js';
import { WorkerStartError } from './worker-start-error.js';

interface Promised<Value> {
  resolve(value: Value): void;
  reject(error: Error): void;
}

/**
 * Workers on one shared memory that carry out commands together. They start once. Between commands
 * they wait for a message, which costs nothing, and do not keep the process alive. If one of them
 * dies, all end, and every call rejects from then on.
 */
export class WorkerPool implements Executor {
  readonly threads: number;
  readonly workers: WorkerHandle[] = [];
  #failure: EngineError | undefined;
  #running: Promised<BatchResult[]> | undefined;
  #ready: Promised<void> | undefined;
  #readyCount = 0;

  private constructor(threads: number) {
    this.threads = threads;
  }

  /** @throws WorkerStartError when a worker cannot be started */
  static async start(
    threads: number,
    memory: WasmMemory,
    { arena, spawn, code }: { arena: Arena; spawn: SpawnWorker; code: Uint8Array },
  ): Promise<WorkerPool> {
    const pool = new WorkerPool(threads);
    const ready = new Promise<void>((resolve, reject) => {
      pool.#ready = { resolve, reject };
    });
    // A worker may fail while another is being started.
    ready.catch(() => undefined);
    try {
      for (let rank = 0; rank < threads; rank++) {
        const worker = await spawn({
          onMessage: (message) => pool.#receive(message as FromWorker),
          onFailure: (reason) => pool.#fail(`worker ${rank + 1} of ${threads} died: ${reason}`),
        });
        pool.workers.push(worker);
        worker.post({ type: 'join', memory, arena, rank, threads, code } satisfies ToWorker);
      }
      await inStartTime(ready);
    } catch (error) {
      const { message } = error as Error;
      pool.#fail(message);
      for (const worker of pool.workers) void worker.terminate();
      throw new WorkerStartError(message);
    }
    pool.#hold(false);
    return pool;
  }

  /** Why the pool ended, if it did. */
  get failure(): EngineError | undefined {
    return this.#failure;
  }

  /** Carries out one command with all threads. One command at a time. */
  run(command: Command): Promise<BatchResult[]> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#running = { resolve, reject };
      this.#hold(true);
      for (const worker of this.workers) worker.post({ type: 'run', command } satisfies ToWorker);
    });
  }

  async dispose(): Promise<void> {
    this.#fail('it was disposed of');
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }

  #receive(message: FromWorker): void {
    if (message.type === 'ready' && ++this.#readyCount === this.threads) this.#ready?.resolve();
    else if (message.type === 'failed') this.#fail(message.message);
    else if (message.type === 'done') {
      const running = this.#running;
      this.#running = undefined;
      this.#hold(false);
      running?.resolve(message.results);
    }
  }

  /** Ends all workers: the others may wait at a barrier for the one that died, and nobody could wake them. */
  #fail(reason: string): void {
    if (this.#failure) return;
    this.#failure = new EngineError(`the engine stopped: ${reason}`);
    for (const worker of this.workers) void worker.terminate();
    this.#ready?.reject(this.#failure);
    this.#running?.reject(this.#failure);
    this.#running = undefined;
  }

  #hold(busy: boolean): void {
    for (const worker of this.workers) worker.hold(busy);
  }
}
