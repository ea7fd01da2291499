import type { BestSoFar, Checkpoint } from '../checkpoint.js';
import { type Augmentation, augmentationFor } from '../data/augmentation/augmentation.js';
import type { Dataset } from '../data/dataset.js';
import { PIXEL_SCALE } from '../data/design-matrix.js';
import { createEngine } from '../engine/api/create-engine.js';
import type { BatchResult, Engine, EngineOptions, Examples } from '../engine/api/engine.js';
import { DataError, SettingError } from '../errors.js';
import { layerSizes, type Network } from '../maths/network.js';
import { OPTIMIZERS } from '../maths/optimizers.js';
import { withParameters } from '../maths/parameters.js';
import { learningRate } from '../maths/schedule.js';
import { createRandom, permutation } from '../random.js';
import { completeSettings, type Settings } from '../settings.js';
import { diagnose } from './diagnose.js';
import { createMathsEngine } from './maths-engine.js';

/** The settings that concern a run over a network and data that are there already; defaults as in the table of settings. */
export interface TrainOptions
  extends Partial<
    Pick<
      Settings,
      | 'inputDropout'
      | 'shift'
      | 'rotate'
      | 'scale'
      | 'shear'
      | 'elastic'
      | 'elasticSigma'
      | 'alpha'
      | 'schedule'
      | 'warmup'
      | 'stepEvery'
      | 'stepFactor'
      | 'optimizer'
      | 'momentum'
      | 'weightDecay'
      | 'clipNorm'
      | 'labelSmoothing'
      | 'dropout'
      | 'weightAveraging'
      | 'batchSize'
      | 'iterations'
      | 'epochs'
      | 'minutes'
      | 'devEvery'
      | 'patience'
      | 'monitor'
      | 'seed'
      | 'engine'
      | 'threads'
      | 'pixels'
    >
  > {
  /** Examples to watch, every `devEvery` iterations (default 10; an epoch, with mini-batches) and at the end. They are never trained on. */
  readonly dev?: Dataset;
  /** A step is given every so many iterations, and for the last. Default 1. More cost less time between mini-batches. */
  readonly reportEvery?: number;
  /** Ends the run after the current iteration, as `break` would. */
  readonly signal?: AbortSignal;
  /** How the engine's workers are started. */
  readonly spawn?: EngineOptions['spawn'];
  /**
   * Goes on from there, to the same bits as the run that it is of would have come to: with the same network, data and settings. The step
   * it was taken at is not given again.
   */
  readonly resume?: Checkpoint;
}

export interface Measure {
  readonly examples: number;
  /** Mean cross-entropy, in nats. */
  readonly loss: number;
  /** 0–1. */
  readonly accuracy: number;
}

/** One iteration: what the parameters after `iteration` updates do. */
export interface Step extends Measure {
  /** How many updates the parameters have seen: 0 is the start. */
  readonly iteration: number;
  /** How many updates the run will make. */
  readonly iterations: number;
  /** Epochs gone by: `iteration` in passes over the data. */
  readonly epoch: number;
  /** The dev examples, with the same parameters. */
  readonly dev?: Measure;
}

/**
 * A run under way: iterate over it once, at your own pace; no step is computed before it is asked for. `loss` and
 * `accuracy` of a step are those of its batch with the parameters that `network` has at that moment; the last step, after the last update,
 * is measured on all the training examples.
 */
export interface TrainingRun extends AsyncIterable<Step> {
  /** The network as it is after the step given last. */
  readonly network: Network;
  /** How many updates the run makes. */
  readonly iterations: number;
  /** Time spent in training alone, in ms: no loading, no dev set, nothing the caller did between steps. */
  readonly milliseconds: number;
  /** Threads at work, 0 for the caller's own; known from the first step on. */
  readonly threads: number;
  /** Updates made so far; more than the last step's `iteration` where the best parameters are older ones. */
  readonly made: number;
  /** Why the run ended by itself; nothing while it is under way, and when it was interrupted. */
  readonly ended: Ending | undefined;
  /**
   * What `resume` goes on from: of the step given last, and only while the run is under way.
   *
   * @throws SettingError when it is not
   */
  checkpoint(): Promise<Checkpoint>;
}

/** All iterations were made, dev has not got better for too long, or the time was over. */
export type Ending = 'length' | 'patience' | 'minutes';

/**
 * Trains by gradient descent. The network handed in is not changed: `run.network` is the trained one.
 *
 * @throws SettingError for a setting out of range, DataError when pixels and labels do not fit the network;
 * while iterating, DivergenceError for a value that is not finite and EngineError when a worker dies or memory runs out
 */
export function train(network: Network, training: Dataset, options: TrainOptions = {}): TrainingRun {
  const { dev, reportEvery = 1, signal, spawn, resume, ...given } = options;
  const settings = completeSettings(given);
  checkFits(network, training, 'training');
  if (dev) checkFits(network, dev, 'dev');
  if (!Number.isInteger(reportEvery) || reportEvery < 1) {
    throw new SettingError(`reportEvery: expected a positive integer, found ${reportEvery}`);
  }
  if (resume) checkResume(network, settings, resume);
  const batch = settings.batchSize === 'full' ? training.length : settings.batchSize;
  if (batch > training.length) {
    throw new SettingError(`--batch-size ${batch}: larger than the ${training.length} training examples`);
  }
  const batchesPerEpoch = Math.ceil(training.length / batch);
  const iterations = settings.iterations ?? settings.epochs! * batchesPerEpoch;
  const plan: Plan = {
    ...settings,
    batch,
    batchesPerEpoch,
    iterations,
    distortion: augmentationFor(settings, training),
    pixelScale: settings.pixels === 'raw' ? 1 : PIXEL_SCALE,
    // Between mini-batches, ten iterations are too soon for another look at dev: an epoch is the field's measure.
    devEvery: given.devEvery ?? (batchesPerEpoch > 1 ? batchesPerEpoch : settings.devEvery),
    warmup: settings.warmup * batchesPerEpoch,
    stepEvery: settings.stepEvery * batchesPerEpoch,
    averageFrom:
      settings.weightAveraging === 'none'
        ? Number.POSITIVE_INFINITY
        : Math.max(0, iterations - Math.round(settings.weightAveraging * batchesPerEpoch)),
    milliseconds: settings.minutes === 'none' ? Number.POSITIVE_INFINITY : settings.minutes * 60_000,
    reportEvery,
    dev: dev && dev.length > 0 ? dev : undefined,
    signal,
    spawn,
    resume,
  };
  return new Run(network, training, plan);
}

interface Plan extends Omit<Settings, 'dev' | 'batch' | 'iterations'> {
  readonly batch: number;
  readonly batchesPerEpoch: number;
  readonly iterations: number;
  readonly pixelScale: number;
  readonly distortion: Augmentation | undefined;
  readonly reportEvery: number;
  /** Updates, where the settings count epochs. */
  readonly warmup: number;
  readonly stepEvery: number;
  readonly averageFrom: number;
  /** The time there is. */
  readonly milliseconds: number;
  readonly dev: Dataset | undefined;
  readonly signal: AbortSignal | undefined;
  readonly spawn: EngineOptions['spawn'] | undefined;
  readonly resume: Checkpoint | undefined;
}

class Run implements TrainingRun {
  milliseconds = 0;
  ended: Ending | undefined;
  made = 0;
  threads = 0;
  readonly iterations: number;
  readonly #training: Dataset;
  readonly #plan: Plan;
  #network: Network;
  #engine: Engine | undefined;
  #started = false;
  #best: BestSoFar | undefined;
  /** Whether the mean of the parameters counts by now, in place of the last ones. */
  #averaged = false;

  constructor(network: Network, training: Dataset, plan: Plan) {
    this.#network = network;
    this.#training = training;
    this.#plan = plan;
    this.iterations = plan.iterations;
  }

  get network(): Network {
    return this.#engine ? this.#engine.network({ averaged: this.#averaged }) : this.#network;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Step, void, undefined> {
    if (this.#started)
      throw new SettingError('a run can be iterated over only once: start another with train()');
    this.#started = true;
    const { engine: kind, threads, pixelScale, spawn } = this.#plan;
    const { optimizer, momentum, weightDecay, labelSmoothing, clipNorm, weightAveraging } = this.#plan;
    const { inputDropout, dropout, seed, distortion } = this.#plan;
    const training = {
      ...{ optimizer, momentum, weightDecay, labelSmoothing, inputDropout, dropout, seed },
      augmentation: distortion,
      clipNorm: clipNorm === 'none' ? Number.POSITIVE_INFINITY : clipNorm,
      weightAveraging: weightAveraging !== 'none',
    };
    const engine =
      kind === 'maths'
        ? createMathsEngine(this.#network, { pixelScale, training })
        : await createEngine(this.#network, {
            pixelScale,
            training,
            ...(threads === 'cores' ? {} : { threads }),
            ...(spawn ? { spawn } : {}),
          });
    this.#engine = engine;
    this.threads = engine.threads;
    try {
      yield* this.#descend(engine);
    } finally {
      this.#network = this.network;
      this.#engine = undefined;
      await engine.dispose();
    }
  }

  async *#descend(engine: Engine): AsyncGenerator<Step, void, undefined> {
    const { batch, batchesPerEpoch, iterations, dev, devEvery, reportEvery, seed, signal, averageFrom } =
      this.#plan;
    const training = await engine.load(this.#training, { fullBatches: batchesPerEpoch === 1 });
    const watched = dev && (await engine.load(dev));
    const random = createRandom(seed, 'batches');
    let order: Uint32Array | undefined;
    let iteration = this.#resume(engine);
    /** The step that was given before; −1 for none. */
    const resumed = this.#plan.resume ? iteration : -1;
    if (batchesPerEpoch > 1) {
      for (let epoch = 0; epoch * batchesPerEpoch < iteration; epoch++)
        order = permutation(training.length, random);
    }
    const due = performance.now() + this.#plan.milliseconds - this.milliseconds;
    while (iteration < iterations && !this.ended) {
      const inEpoch = iteration % batchesPerEpoch;
      if (inEpoch === 0 && batchesPerEpoch > 1) order = permutation(training.length, random);
      // Up to the next iteration that is reported or watched, but never past the epoch: its order ends there.
      const untilStop = Math.min(
        untilMultiple(iteration, reportEvery),
        dev ? untilMultiple(iteration, devEvery) : Number.POSITIVE_INFINITY,
        batchesPerEpoch - inEpoch,
        iterations - iteration,
      );
      const batches = Array.from({ length: untilStop }, (_, k) => ({
        from: (inEpoch + k) * batch,
        to: Math.min((inEpoch + k + 1) * batch, training.length),
      }));
      // The update before a batch is the one that made its iteration.
      const alpha = batches.map((_, k) => this.#rate(iteration + k - 1));
      const results = await this.#timed(() =>
        engine.descend(training, { alpha, batches, averageFrom, ...(order ? { order } : {}) }),
      );
      iteration += results.length - 1;
      this.made = iteration;
      const result = results.at(-1)!;
      const places = batches[results.length - 1]!;
      this.#checkFinite(
        engine,
        iteration,
        result.loss,
        order ? order.subarray(places.from, places.to) : undefined,
      );
      this.#averaged = iteration > averageFrom;
      // What a resumed run begins with was seen before.
      const isNew = iteration > resumed;
      const isLook = isNew && iteration % devEvery === 0;
      const look = watched && isLook ? await this.#look(engine, watched) : undefined;
      if (look) this.#compare(engine, look, iteration);
      if (isNew && (iteration % reportEvery === 0 || look)) {
        yield this.#step(iteration, result, look);
        if (signal?.aborted) return;
      }
      iteration++;
      if (performance.now() > due) this.ended ??= 'minutes';
    }
    if (this.ended !== 'patience') {
      await this.#timed(() => engine.update(this.#rate(iteration - 1), averageFrom));
      this.made = iteration;
      this.#averaged = iteration > averageFrom;
      if (this.#best && watched) this.#compare(engine, await this.#look(engine, watched), iteration);
      this.ended ??= 'length';
    }
    const best = this.#best;
    if (best && best.iteration < iteration) {
      iteration = best.iteration;
      engine.setNetwork(withParameters(this.#network, best.parameters));
      this.#averaged = false;
    }
    const result = await engine.measure(training, { averaged: this.#averaged });
    // In 64 bits a loss can be finite where the parameters are past what 32 bits, and so a model file, can hold.
    const { layers } = engine.network({ averaged: this.#averaged });
    const isHeld = layers.every(({ W, b }) => fitsFloat32(W.data) && fitsFloat32(b.data));
    this.#checkFinite(engine, iteration, isHeld ? result.loss : Number.NaN);
    yield this.#step(iteration, result, watched && (await this.#look(engine, watched)));
  }

  /** α of an update, counted from 0. */
  #rate(update: number): number {
    return learningRate(this.#plan, Math.max(0, update));
  }

  #look(engine: Engine, watched: Examples): Promise<BatchResult> {
    return engine.measure(watched, { averaged: this.#averaged });
  }

  /** Keeps the better of the best so far and the parameters there are now; too long without a better one, and the run has ended. */
  #compare(engine: Engine, look: BatchResult, iteration: number): void {
    const { patience, monitor } = this.#plan;
    if (patience === 'none') return;
    const score = monitor === 'loss' ? -look.loss : look.correct;
    const best = this.#best;
    if (!best || score > best.score) {
      const { layers } = engine.network({ averaged: this.#averaged });
      this.#best = { iteration, score, parameters: layers, looksSince: 0 };
      return;
    }
    const looksSince = best.looksSince + 1;
    this.#best = { ...best, looksSince };
    if (looksSince >= patience) this.ended = 'patience';
  }

  async checkpoint(): Promise<Checkpoint> {
    if (!this.#engine || this.ended) {
      throw new SettingError('a run has a checkpoint only between two steps, while it is under way');
    }
    const { parameters, memory, search, average } = await this.#engine.state();
    return {
      iteration: this.made,
      milliseconds: this.milliseconds,
      parameters,
      memory,
      search,
      average,
      best: this.#best,
    };
  }

  /** Goes on where a checkpoint was taken, if there is one; returns how many updates were made. */
  #resume(engine: Engine): number {
    const { resume } = this.#plan;
    if (!resume) return 0;
    const { iteration, milliseconds, best } = resume;
    engine.restore({ ...resume, updates: iteration });
    this.milliseconds = milliseconds;
    this.made = iteration;
    this.#best = best;
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

  #checkFinite(engine: Engine, iteration: number, loss: number, places?: Uint32Array | undefined): void {
    if (Number.isFinite(loss)) return;
    const batch = places ? this.#training.select(places) : this.#training;
    throw diagnose(engine.network(), batch, { ...this.#plan, iteration });
  }

  async #timed<Result>(work: () => Promise<Result>): Promise<Result> {
    const before = performance.now();
    const result = await work();
    this.milliseconds += performance.now() - before;
    return result;
  }
}

/** @throws SettingError when a checkpoint cannot be one of a run of this network with this optimizer */
function checkResume(network: Network, { optimizer }: Settings, { parameters, memory }: Checkpoint): void {
  const [made, found] = [{ ...network, layers: parameters as Network['layers'] }, network].map((of) =>
    layerSizes(of).join(', '),
  );
  if (made !== found) {
    throw new SettingError(`the checkpoint is of a network of ${made} units, this one has ${found}`);
  }
  if (memory.length !== OPTIMIZERS[optimizer].stateSlots) {
    throw new SettingError(`the checkpoint was made by another optimizer than ${optimizer}`);
  }
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

function checkFits(
  network: Network,
  { inputs, width, height, classNames, length }: Dataset,
  what: string,
): void {
  const sizes = layerSizes(network);
  if (length === 0) throw new DataError(`${what}: there are no examples`);
  if (inputs !== sizes[0]) {
    throw new DataError(
      `${what}: pictures of ${width} × ${height} have ${inputs} pixels, the network takes ${sizes[0]}`,
    );
  }
  if (classNames.length !== sizes.at(-1)) {
    throw new DataError(
      `${what}: ${classNames.length} classes, but the network answers one of ${sizes.at(-1)}`,
    );
  }
}
