import type { Dataset } from '../../data/dataset.js';
import { copyPixels, labelsOf } from '../../data/pack-dataset.js';
import { EngineError } from '../../errors.js';
import type { BatchResult, Predictions } from '../api/engine.js';
import type { Plan } from '../layout/plan.js';
import { drainInSlices } from '../passes/run-command.js';
import type { Backend, DescendRequest, OptimizerState, PendingUpdate, SavedState } from './backend.js';
import type { Answer, Call, FromWorker, ToWorker } from './protocol.js';
import type { SpawnWorker, WorkerHandle } from './spawn.js';

interface Waiting {
  resolve(value: Answer): void;
  reject(error: Error): void;
}

/**
 * A host inside one worker with a memory of its own, for pages that may not share memory. Parameters and gradients come along with every answer
 * that may have changed them.
 */
export class RemoteBackend implements Backend {
  readonly threads = 1;
  #worker!: WorkerHandle;
  #parameters: Float32Array;
  #gradients: Float32Array;
  #average: Float32Array = new Float32Array();
  #failure: EngineError | undefined;
  #asked: Waiting[] = [];

  private constructor(plan: Plan) {
    this.#parameters = new Float32Array(plan.bytes / 4);
    this.#gradients = new Float32Array(plan.bytes / 4);
  }

  /** @throws EngineError when the worker cannot be started */
  static async start(plan: Plan, spawn: SpawnWorker): Promise<RemoteBackend> {
    const backend = new RemoteBackend(plan);
    backend.#worker = await spawn({
      onMessage: (message) => backend.#receive(message as FromWorker),
      onFailure: (reason) => backend.#fail(`its worker died: ${reason}`),
    });
    await backend.#ask({ type: 'host', plan });
    return backend;
  }

  async load(dataset: Dataset, full: boolean): Promise<number> {
    const pixels = new Uint8Array(dataset.length * dataset.inputs);
    const labels = new Uint8Array(dataset.length);
    await drainInSlices(copyExamples(dataset, pixels, labels), () => {
      if (this.#failure) throw this.#failure;
    });
    const call: Call = {
      method: 'load',
      pixels,
      labels,
      width: dataset.inputs,
      classes: dataset.classNames.length,
      full,
    };
    return (await this.#call(call, [pixels.buffer, labels.buffer])) as number;
  }

  unload(examples: number): void {
    if (!this.#failure) void this.#call({ method: 'unload', examples }).catch(() => undefined);
  }

  async descend(examples: number, request: DescendRequest): Promise<BatchResult[]> {
    return (await this.#call({ method: 'descend', examples, request })) as BatchResult[];
  }

  async update(alpha: number, pendingExamples: PendingUpdate): Promise<void> {
    await this.#call({ method: 'update', alpha, pendingExamples });
  }

  async measure(examples: number, averaged: boolean): Promise<BatchResult> {
    return (await this.#call({ method: 'measure', examples, averaged })) as BatchResult;
  }

  async predict(examples: number): Promise<Predictions> {
    return (await this.#call({ method: 'predict', examples })) as Predictions;
  }

  parameters(): Float32Array {
    return this.#parameters.slice();
  }

  average(): Float32Array {
    return this.#average.slice();
  }

  gradients(): Float32Array {
    return this.#gradients.slice();
  }

  async memory(): Promise<OptimizerState> {
    return (await this.#call({ method: 'memory' })) as OptimizerState;
  }

  setParameters(values: Float32Array, kept?: SavedState): void {
    this.#parameters = values.slice();
    if (kept) this.#average = kept.average.slice();
    void this.#call({ method: 'setParameters', values, ...(kept ? { kept } : {}) }).catch(() => undefined);
  }

  async dispose(): Promise<void> {
    this.#fail('the engine was disposed of');
    await this.#worker.terminate();
  }

  #call(call: Call, transfer?: ArrayBuffer[]): Promise<Answer> {
    return this.#ask({ type: 'call', call }, transfer);
  }

  #ask(message: ToWorker, transfer?: ArrayBuffer[]): Promise<Answer> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#asked.push({ resolve, reject });
      this.#worker.hold(true);
      this.#worker.post(message, transfer);
    });
  }

  /** Answers come in the order of the questions. */
  #receive(message: FromWorker): void {
    if (message.type === 'failed' && !message.known) {
      this.#fail(message.message);
      return;
    }
    const asked = this.#asked.shift();
    if (this.#asked.length === 0) this.#worker.hold(false);
    if (message.type === 'failed') asked?.reject(new EngineError(message.message));
    else if (message.type === 'answer') {
      if (message.parameters) this.#parameters = message.parameters;
      if (message.average) this.#average = message.average;
      if (message.gradients) this.#gradients = message.gradients;
      asked?.resolve(message.value);
    } else asked?.resolve(undefined);
  }

  #fail(reason: string): void {
    if (this.#failure) return;
    this.#failure = new EngineError(`the engine stopped: ${reason}`);
    void this.#worker?.terminate();
    for (const { reject } of this.#asked.splice(0)) reject(this.#failure);
  }
}

/** Examples copied in one go: about a millisecond of the caller's time. */
const SLICE_EXAMPLES = 1024;

function* copyExamples(dataset: Dataset, pixels: Uint8Array, labels: Uint8Array): Generator<void, void> {
  labels.set(labelsOf(dataset));
  for (let from = 0; from < dataset.length; from += SLICE_EXAMPLES) {
    yield;
    const to = Math.min(from + SLICE_EXAMPLES, dataset.length);
    copyPixels(dataset, pixels.subarray(from * dataset.inputs), { from, to });
  }
}
