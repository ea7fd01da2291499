import { copyPixels, type ExampleSource, labelsOf, weightsOf } from '../../data/example-source.js';
import { EngineError } from '../../errors.js';
import type { Plan } from '../layout/plan.js';
import type { PendingUpdate } from '../passes/command.js';
import type { BatchResult, Predictions } from '../passes/results.js';
import type { Backend, DescendRequest, OptimizerState, TrainingState } from './backend.js';
import type { Answer, BackendParts, Call, FromWorker, ToWorker } from './protocol.js';
import { drainInSlices } from './slices.js';
import { inStartTime } from './start-time.js';
import type { SpawnWorker, WorkerHandle } from './worker-handle.js';
import { WorkerStartError } from './worker-start-error.js';

interface Promised {
  resolve(value: Answer): void;
  reject(error: Error): void;
}

/**
 * A backend inside one worker with a memory of its own, for pages that may not share memory. Every
 * answer that may have changed parameters and gradients brings them along.
 */
export class RemoteBackend implements Backend {
  readonly threads = 1;
  #worker!: WorkerHandle;
  #parameters: Float32Array;
  #gradients: Float32Array;
  #average: Float32Array = new Float32Array();
  #failure: EngineError | undefined;
  #asked: Promised[] = [];

  private constructor(parameters: Float32Array) {
    this.#parameters = parameters;
    this.#gradients = new Float32Array(parameters.length);
  }

  /**
   * @param parameters the network's, in the layout of the plan
   * @throws WorkerStartError when the worker cannot be started; EngineError when WebAssembly is not
   *   allowed there, or cannot hold the network
   */
  static async start(
    plan: Plan,
    parameters: Float32Array,
    { spawn, ...parts }: { spawn: SpawnWorker } & BackendParts,
  ): Promise<RemoteBackend> {
    const backend = new RemoteBackend(parameters);
    try {
      backend.#worker = await spawn({
        onMessage: (message) => backend.#receive(message as FromWorker),
        onFailure: (reason) => backend.#fail(`its worker died: ${reason}`),
      });
      await inStartTime(backend.#ask({ type: 'backend', plan, parameters, ...parts }));
    } catch (error) {
      void backend.#worker?.terminate();
      // What the worker itself says, it would say on the caller's thread, too.
      if (error instanceof EngineError && error !== backend.#failure) throw error;
      throw new WorkerStartError((error as Error).message);
    }
    return backend;
  }

  async load(dataset: ExampleSource, full: boolean): Promise<number> {
    const pixels = new Uint8Array(dataset.length * dataset.inputs);
    const labels = new Uint8Array(dataset.length);
    const weights = weightsOf(dataset);
    await drainInSlices(copyExamples(dataset, pixels, labels), () => {
      if (this.#failure) throw this.#failure;
    });
    const call: Call = {
      method: 'load',
      pixels,
      labels,
      ...(weights && { weights }),
      inputs: dataset.inputs,
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

  async update(alpha: number, pending: PendingUpdate): Promise<void> {
    await this.#call({ method: 'update', alpha, pending });
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

  async optimizerState(): Promise<OptimizerState> {
    return (await this.#call({ method: 'optimizerState' })) as OptimizerState;
  }

  setParameters(values: Float32Array, state?: TrainingState): void {
    this.#parameters = values.slice();
    if (state) this.#average = state.average.slice();
    const call: Call = { method: 'setParameters', values, ...(state ? { state } : {}) };
    void this.#call(call).catch(() => undefined);
  }

  async dispose(): Promise<void> {
    this.#fail('it was disposed of');
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

/** Examples that are copied at once, which takes the caller's thread about a millisecond. */
const SLICE_EXAMPLES = 1024;

function* copyExamples(
  dataset: ExampleSource,
  pixels: Uint8Array,
  labels: Uint8Array,
): Generator<void, void> {
  labels.set(labelsOf(dataset));
  for (let from = 0; from < dataset.length; from += SLICE_EXAMPLES) {
    yield;
    const to = Math.min(from + SLICE_EXAMPLES, dataset.length);
    copyPixels(dataset, pixels.subarray(from * dataset.inputs), { from, to });
  }
}
