import type { Checkpoint } from '../checkpoint.js';
import type { Dataset } from '../data/dataset.js';
import { createEngine } from '../engine/api/create-engine.js';
import type { BatchResult, Engine, EngineOptions, Examples } from '../engine/api/engine.js';
import { RunError } from '../errors.js';
import { loadPart } from '../load-part.js';
import type { Network } from '../maths/network.js';
import { withParameters } from '../maths/parameter-set.js';
import { learningRate } from '../maths/schedule.js';
import { EarlyStopping } from './early-stopping.js';
import { EpochOrder } from './epoch-order.js';
import type { Plan } from './plan.js';
import type { Measure, Signal, Step, StopReason, TrainingRun } from './training-run.js';

/** What a run is made of besides its network, its examples and its plan. */
export interface RunParts {
  readonly dev: Dataset | undefined;
  readonly reportEvery: number;
  readonly signal: Signal | undefined;
  readonly worker: EngineOptions['worker'] | undefined;
  readonly spawn: EngineOptions['spawn'] | undefined;
  readonly resume: Checkpoint | undefined;
}

/** A group of iterations that the engine does in one call, without a report in between. */
interface Group {
  readonly alpha: readonly number[];
  readonly batches: readonly { readonly from: number; readonly to: number }[];
  readonly order?: Uint32Array;
}

export class Run implements TrainingRun {
  milliseconds = 0;
  stopReason: StopReason | undefined;
  updates = 0;
  threads = 0;
  readonly iterations: number;
  /** With their variants, once the run has begun. */
  #training: Dataset;
  readonly #plan: Plan;
  readonly #parts: RunParts;
  readonly #earlyStopping: EarlyStopping;
  readonly #epochOrder: EpochOrder;
  #network: Network;
  #engine: Engine | undefined;
  #started = false;
  #disposed = false;
  /** The iterator in use. */
  #steps: AsyncGenerator<Step, void, undefined> | undefined;
  /** Whether the mean of the parameters now counts instead of the latest ones. */
  #averaged = false;
  /** Whether the parameters are those of an earlier iteration again. */
  #isRestored = false;

  constructor(network: Network, training: Dataset, plan: Plan, parts: RunParts) {
    this.#network = network;
    this.#training = training;
    this.#plan = plan;
    this.#parts = parts;
    this.iterations = plan.iterations;
    this.#earlyStopping = new EarlyStopping(plan, parts.resume?.best);
    this.#epochOrder = new EpochOrder(plan.examples, plan.batchesPerEpoch, plan.seed);
  }

  get network(): Network {
    return this.#engine ? this.#engine.network({ averaged: this.#averaged }) : this.#network;
  }

  [Symbol.asyncIterator](): AsyncGenerator<Step, void, undefined> {
    const steps = this.#iterate();
    this.#steps ??= steps;
    return steps;
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.#engine?.dispose();
    // A step that is being computed rejects; its caller hears of it.
    await this.#steps?.return().catch(() => undefined);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  async *#iterate(): AsyncGenerator<Step, void, undefined> {
    if (this.#disposed) throw new RunError('this run was disposed of: start another with train()');
    if (this.#started) throw new RunError('a run can be iterated over only once: start another with train()');
    this.#started = true;
    const engine = await startEngine(this.#network, this.#plan, this.#parts);
    this.#engine = engine;
    this.threads = engine.threads;
    try {
      yield* this.#stepsOf(engine);
    } finally {
      this.#network = this.network;
      this.#engine = undefined;
      await engine.dispose();
    }
  }

  async checkpoint(): Promise<Checkpoint> {
    if (!this.#engine || this.#isRestored) {
      throw new RunError('a run has a checkpoint only between two steps, while it is in progress');
    }
    const { parameters, memory, search, average } = await this.#engine.state();
    return {
      ...{ iteration: this.updates, milliseconds: this.milliseconds },
      ...{ parameters, memory, search, average, best: this.#earlyStopping.best },
    };
  }

  async #addVariants(): Promise<void> {
    const count = this.#plan.examples - this.#training.length;
    if (count === 0) return;
    const { withVariants } = await loadPart(import('../data/variants/variants.js'));
    this.#training = withVariants(this.#training, count, this.#plan.seed);
  }

  async *#stepsOf(engine: Engine): AsyncGenerator<Step, void, undefined> {
    const { batchesPerEpoch, iterations, devEvery } = this.#plan;
    const { dev, reportEvery, signal } = this.#parts;
    await this.#addVariants();
    const training = await engine.load(this.#training, { fullBatches: batchesPerEpoch === 1 });
    const devExamples = dev && (await engine.load(dev));
    let iteration = this.#resume(engine);
    // A resumed run does not give the step of its checkpoint again.
    const first = this.#parts.resume ? iteration + 1 : 0;
    const deadline = performance.now() + this.#plan.milliseconds - this.milliseconds;
    while (iteration < iterations && !this.stopReason) {
      const group = this.#groupAt(iteration);
      const result = await this.#descend(engine, training, group, iteration);
      iteration = this.updates;
      this.#averaged = iteration > this.#plan.averageFrom;
      const isEvaluated = iteration >= first && iteration % devEvery === 0;
      const evaluation = devExamples && isEvaluated ? await this.#evaluate(engine, devExamples) : undefined;
      if (evaluation) this.#compare(engine, evaluation, iteration);
      if (iteration >= first && (iteration % reportEvery === 0 || evaluation)) {
        yield this.#step(iteration, result, evaluation);
        if (signal?.aborted) return;
      }
      iteration++;
      if (performance.now() > deadline) this.stopReason ??= 'minutes';
    }
    yield await this.#lastStep(engine, training, devExamples, iteration);
  }

  /** The update that is still pending, the return to the best parameters, and their measures on all examples. */
  async #lastStep(
    engine: Engine,
    training: Examples,
    devExamples: Examples | undefined,
    iteration: number,
  ): Promise<Step> {
    const { averageFrom } = this.#plan;
    if (this.stopReason !== 'patience') {
      await this.#timed(() => engine.update(this.#rate(iteration - 1), averageFrom));
      this.updates = iteration;
      this.#averaged = iteration > averageFrom;
      if (this.#earlyStopping.best && devExamples)
        this.#compare(engine, await this.#evaluate(engine, devExamples), iteration);
      this.stopReason ??= 'length';
    }
    const { best } = this.#earlyStopping;
    let saved = iteration;
    if (best && best.iteration < iteration) {
      saved = best.iteration;
      this.#isRestored = true;
      engine.setNetwork(withParameters(this.#network, best.parameters));
      this.#averaged = false;
    }
    const result = await engine.measure(training, { averaged: this.#averaged });
    // In 64 bits a loss can be finite although the parameters exceed what 32 bits, and so a model
    // file, can hold.
    const { layers } = engine.network({ averaged: this.#averaged });
    const fits = layers.every(({ W, b }) => fitsFloat32(W.data) && fitsFloat32(b.data));
    if (!fits || !Number.isFinite(result.loss)) throw await this.#diagnosis(engine, saved);
    return this.#step(saved, result, devExamples && (await this.#evaluate(engine, devExamples)));
  }

  /** Iterations up to the next that is reported or evaluated, but not past the epoch: its order ends there. */
  #groupAt(iteration: number): Group {
    const { batchSize, batchesPerEpoch, devEvery, iterations } = this.#plan;
    const { dev, reportEvery } = this.#parts;
    const inEpoch = iteration % batchesPerEpoch;
    const length = Math.min(
      untilMultiple(iteration, reportEvery),
      dev ? untilMultiple(iteration, devEvery) : Number.POSITIVE_INFINITY,
      batchesPerEpoch - inEpoch,
      iterations - iteration,
    );
    const order = this.#epochOrder.at(iteration);
    return {
      batches: Array.from({ length }, (_, k) => ({
        from: (inEpoch + k) * batchSize,
        to: Math.min((inEpoch + k + 1) * batchSize, this.#plan.examples),
      })),
      // The update before a batch is the one that made its iteration.
      alpha: Array.from({ length }, (_, k) => this.#rate(iteration + k - 1)),
      ...(order && { order }),
    };
  }

  /** Does a group's iterations and returns the result of the last; `updates` then counts up to it. */
  async #descend(engine: Engine, training: Examples, group: Group, iteration: number): Promise<BatchResult> {
    const { averageFrom } = this.#plan;
    const results = await this.#timed(() => engine.descend(training, { ...group, averageFrom }));
    this.updates = iteration + results.length - 1;
    const result = results.at(-1)!;
    const { from, to } = group.batches[results.length - 1]!;
    if (!Number.isFinite(result.loss))
      throw await this.#diagnosis(engine, this.updates, group.order?.subarray(from, to));
    return result;
  }

  /** α of an update, counted from 0. */
  #rate(update: number): number {
    return learningRate(this.#plan, Math.max(0, update));
  }

  #evaluate(engine: Engine, examples: Examples): Promise<BatchResult> {
    return engine.measure(examples, { averaged: this.#averaged });
  }

  #compare(engine: Engine, evaluation: BatchResult, iteration: number): void {
    const parameters = () => engine.network({ averaged: this.#averaged }).layers;
    if (this.#earlyStopping.see(evaluation, iteration, parameters)) this.stopReason = 'patience';
  }

  /** Continues from a checkpoint, if there is one, and returns how many updates were made. */
  #resume(engine: Engine): number {
    const { resume } = this.#parts;
    if (!resume) return 0;
    const { iteration, milliseconds } = resume;
    engine.restore({ ...resume, updates: iteration });
    this.milliseconds = milliseconds;
    this.updates = iteration;
    return iteration;
  }

  #step(iteration: number, result: BatchResult, dev: BatchResult | undefined): Step {
    const { iterations, batchesPerEpoch } = this.#plan;
    return {
      iteration,
      iterations,
      epoch: iteration / batchesPerEpoch,
      ...measureOf(result),
      ...(dev ? { dev: measureOf(dev) } : {}),
    };
  }

  /** Why the loss of an iteration is not finite. */
  async #diagnosis(engine: Engine, iteration: number, places?: Uint32Array): Promise<Error> {
    const { diagnose } = await loadPart(import('./diagnose.js'));
    const batch = places ? this.#training.select(places) : this.#training;
    return diagnose(engine.network(), batch, { ...this.#plan, iteration });
  }

  async #timed<Result>(work: () => Promise<Result>): Promise<Result> {
    const before = performance.now();
    const result = await work();
    this.milliseconds += performance.now() - before;
    return result;
  }
}

async function startEngine(network: Network, plan: Plan, { worker, spawn }: RunParts): Promise<Engine> {
  const { optimizer, momentum, weightDecay, labelSmoothing, clipNorm, weightAveraging } = plan;
  const { inputDropout, dropout, seed, augmentation, pixelScale, threads } = plan;
  const training = {
    ...{ optimizer, momentum, weightDecay, labelSmoothing, inputDropout, dropout, seed, augmentation },
    clipNorm: clipNorm === 'none' ? Number.POSITIVE_INFINITY : clipNorm,
    weightAveraging: weightAveraging !== 'none',
  };
  if (plan.engine === 'maths') {
    const { createMathsEngine } = await loadPart(import('./maths-engine.js'));
    return createMathsEngine(network, { pixelScale, training });
  }
  return createEngine(network, {
    ...{ pixelScale, training },
    ...(threads === 'cores' ? {} : { threads }),
    ...(worker === undefined ? {} : { worker }),
    ...(spawn ? { spawn } : {}),
  });
}

function fitsFloat32(values: Float64Array): boolean {
  return values.every((value) => Number.isFinite(Math.fround(value)));
}

/** How many iterations a group has that starts at `iteration` and ends with the next multiple of `every`. */
function untilMultiple(iteration: number, every: number): number {
  return iteration % every === 0 ? 1 : every - (iteration % every) + 1;
}

function measureOf({ examples, loss, correct }: BatchResult): Measure {
  return { examples, loss, accuracy: correct / examples };
}
