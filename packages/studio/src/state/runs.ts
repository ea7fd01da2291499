import {
  type Checkpoint,
  layerSizes,
  type Measure,
  type Network,
  type Settings,
  type Step,
} from '@longhand/core';
import { completeSettings, formatSetting, SETTINGS } from '@longhand/core/settings';
import { devExamples } from '@longhand/core/training';
import { computed, signal } from '@preact/signals';
import { type Diagnosis, diagnose } from '../computations/diagnose.js';
import {
  type NetworkShape,
  networkOf,
  parametersOf,
  type Snapshot,
  shapeOf,
} from '../computations/snapshots.js';
import { labelOf } from '../setting-labels.js';
import { amount, percent, shortHash } from '../text.js';
import { packNetwork, unpackNetwork } from '../workers/network-message.js';
import type { Kept, Progress, Trained } from '../workers/training.worker.js';
import { type TrainingRun, trainingWorker } from '../workers/training-worker.js';
import { type Digits, digits, loadAll, loading, MNIST } from './digits.js';
import { addModel, type NamedModel, ownModels } from './models.js';
import { inform, notify, showError } from './notifications.js';
import { countOpening } from './openings.js';
import {
  columnsOf,
  type Point,
  pointsOf,
  type RunData,
  type RunRecord,
  type RunResult,
} from './run-record.js';

/**
 * `stopped` can be continued, `finished` was ended early and tested, `closed` was ended without
 * opening the test set. `interrupted` was going on when the page was closed, and can be continued.
 */
export type RunState =
  | 'waiting'
  | 'running'
  | 'paused'
  | 'stopped'
  | 'done'
  | 'finished'
  | 'closed'
  | 'failed'
  | 'interrupted';

/** Beyond this many points, every second one is dropped: a curve has no more pixels. */
const MAX_POINTS = 1200;

/** When the page was opened: part of what identifies a run for ever. */
const OPENED = Date.now().toString(36);
let next = 1;

/** A new run, or one that was kept. */
interface RunStart {
  readonly given: Partial<Settings>;
  readonly expected?: string | undefined;
  /** A model to go on from, in place of a fresh network. */
  readonly from?: NamedModel | undefined;
  readonly record?: RunRecord | undefined;
}

/** One training run: its settings, its curves as they grow, and its result. */
export class Run {
  readonly number: number;
  /** Identifies it among all runs, also those of other days. */
  readonly id: string;
  readonly settings: Settings;
  /** The settings that differ from the defaults. */
  readonly given: Partial<Settings>;
  /**
   * The start of the hash that the run should end with, according to the link that it came from.
   */
  readonly expected: string | undefined;
  /** The model that it goes on from. */
  readonly from: NamedModel | undefined;
  /** What the page calls that model. It stays when the model is gone. */
  readonly fromName: string | undefined;
  /** What the user calls it, and what they wrote about it. */
  readonly title = signal('');
  readonly note = signal('');
  /** The data, as long as they are here. */
  readonly digits = signal<Digits | undefined>(undefined);
  /** What is known of the data, also when they are gone. */
  readonly about = signal<RunData | undefined>(undefined);
  readonly state = signal<RunState>('waiting');
  /** The last step reported. */
  readonly step = signal<Step | undefined>(undefined);
  readonly dev = signal<Measure | undefined>(undefined);
  /** The weights of the first layer, unit by unit. */
  readonly W1 = signal<Float32Array | undefined>(undefined);
  /** Time spent in training alone. */
  readonly milliseconds = signal(0);
  readonly threads = signal(0);
  readonly trained = signal<RunResult | undefined>(undefined);
  readonly model = signal<NamedModel | undefined>(undefined);
  readonly shown = signal(true);
  /** Its parameters at some iterations, from the first to the last. */
  snapshots: Snapshot[] = [];
  /** Which of them the page shows; `undefined` for the end. */
  readonly lookedAt = signal<number | undefined>(undefined);
  /** The network without its parameters, once the run has ended. */
  shape: NetworkShape | undefined;
  /** What it can go on from. */
  readonly kept = signal<Kept | undefined>(undefined);
  /** The last iteration that the page reported before it was closed, of an interrupted run. */
  closedAt: number | undefined;
  /** Increases whenever the curves have grown. */
  readonly growth = signal(0);
  training: Point[] = [];
  /** The loss before the first update, in nats. */
  firstLoss = Number.NaN;
  /** The largest loss so far. */
  worstLoss = 0;
  watched: Point[] = [];
  #training: TrainingRun | undefined;
  /** Of so many points, one is kept. */
  #stride = 1;
  #seen = 0;
  /** Training examples, of a run that was kept. */
  readonly #examples: number = 0;

  constructor({ given, expected, from, record }: RunStart) {
    this.given = given;
    this.expected = expected;
    this.from = from;
    this.fromName = from?.name ?? record?.from;
    this.settings = completeSettings(given);
    this.number = record ? record.number : next;
    next = Math.max(next, this.number + 1);
    this.id = record?.id ?? `${OPENED}-${this.number}`;
    if (!record) return;
    const { title, note, about, state, step, dev, milliseconds, threads, result } = record;
    this.title.value = title;
    this.note.value = note;
    this.about.value = about;
    this.#examples = record.examples;
    this.state.value = state;
    this.step.value = step;
    this.dev.value = dev;
    this.milliseconds.value = milliseconds;
    this.threads.value = threads;
    this.trained.value = result;
    this.training = pointsOf(record.training);
    this.watched = pointsOf(record.watched);
    this.firstLoss = record.firstLoss;
    this.worstLoss = record.worstLoss;
    this.shape = record.shape;
    this.snapshots = [...record.snapshots];
    this.W1.value = this.#firstWeights(record.snapshots.at(-1));
    const { checkpoint } = record;
    if (checkpoint && step) {
      this.kept.value = { checkpoint, step };
      this.W1.value = Float32Array.from(checkpoint.parameters[0]!.W.data);
    }
    this.#seen = this.training.length;
    this.model.value = ownModels.peek().find(({ sha256 }) => sha256 === result?.sha256);
  }

  /** The run as plain data, to keep it; nothing while it is going on. */
  get record(): RunRecord | undefined {
    const state = this.state.value;
    if (state === 'interrupted') return this.recordToGoOn;
    if (state !== 'done' && state !== 'finished' && state !== 'closed' && state !== 'failed')
      return undefined;
    return this.#recordIn(state);
  }

  /** What is kept of a run while it is going on: all up to its last checkpoint. */
  get recordToGoOn(): RunRecord | undefined {
    const [state, kept] = [this.state.value, this.kept.value];
    const isGoingOn = state === 'running' || state === 'paused' || state === 'stopped';
    if (!kept || !(isGoingOn || state === 'interrupted')) return undefined;
    const { checkpoint, step } = kept;
    const until = (points: readonly Point[]) => columnsOf(points.filter(({ epoch }) => epoch <= step.epoch));
    return {
      ...this.#recordIn('interrupted')!,
      ...{ step, checkpoint, milliseconds: checkpoint.milliseconds },
      ...{ training: until(this.training), watched: until(this.watched) },
      snapshots: this.snapshots.filter(({ iteration }) => iteration <= step.iteration),
    };
  }

  #recordIn(state: RunRecord['state']): RunRecord | undefined {
    // It ended before it began.
    if (!this.step.value) return undefined;
    const { id, number, given, fromName: from, examples, firstLoss, worstLoss, shape, snapshots } = this;
    return {
      ...{ id, number, given, from, examples, firstLoss, worstLoss, shape, snapshots, state },
      title: this.title.value,
      note: this.note.value,
      about: this.about.value,
      step: this.step.value,
      dev: this.dev.value,
      milliseconds: this.milliseconds.value,
      threads: this.threads.value,
      training: columnsOf(this.training),
      watched: columnsOf(this.watched),
      result: this.trained.value,
    };
  }

  /** The weights of the first layer in a snapshot. */
  #firstWeights(snapshot: Snapshot | undefined): Float32Array | undefined {
    const [first] = this.shape?.layers ?? [];
    return first && snapshot?.parameters.subarray(0, first.units * first.inputs);
  }

  /** The snapshot that the page shows; nothing at the run's end. */
  get snapshot(): Snapshot | undefined {
    const at = this.lookedAt.value;
    return at === undefined ? undefined : this.snapshots[at];
  }

  /** The weights of the first layer that the page shows. */
  get shownW1(): Float32Array | undefined {
    return this.snapshot ? this.#firstWeights(this.snapshot) : this.W1.value;
  }

  /** The weights of the first layer before the first update, if they were kept. */
  get startW1(): Float32Array | undefined {
    const [start] = this.snapshots;
    return start?.iteration === 0 ? this.#firstWeights(start) : undefined;
  }

  /** How it differs from a run with the defaults: `hidden layers 128 · α 0.3`. */
  get name(): string {
    const words = SETTINGS.flatMap((setting) => {
      const value = this.given[setting.name];
      if (value === undefined) return [];
      return [`${setting.symbol ?? labelOf(setting.name)} ${formatSetting(setting, value)}`];
    });
    if (this.fromName !== undefined) words.unshift(`goes on from ${this.fromName}`);
    return words.length > 0 ? words.join(' · ') : 'the board’s settings';
  }

  get examples(): number {
    const data = this.digits.value;
    if (!data) return this.#examples;
    const { length } = data.training;
    return length - devExamples(this.given, length);
  }

  /** The run's length in epochs. */
  get epochs(): number {
    return lengthInEpochs(this.settings, this.examples);
  }

  /** Iterations per second of training alone. */
  get rate(): number {
    const { iteration = 0 } = this.step.value ?? {};
    return this.milliseconds.value > 0 ? (1000 * iteration) / this.milliseconds.value : 0;
  }

  /**
   * Whether the settings give these parameters on every machine: neither the user nor the time
   * limit stopped the run, and it began with a fresh network.
   */
  get replays(): boolean {
    if (this.fromName !== undefined) return false;
    const { iteration = 0, iterations } = this.step.value ?? {};
    return this.state.value === 'done' && (this.settings.minutes === 'none' || iteration === iterations);
  }

  get examplesPerStep(): number {
    const { batchSize: batch } = this.settings;
    return batch === 'full' ? this.examples : batch;
  }

  /** Waits for the data, then trains in the worker: to the end, or one step and then a pause. */
  async start({ paused = false } = {}): Promise<void> {
    const data = await dataToTrainOn();
    const resume = this.kept.peek()?.checkpoint;
    if (resume && this.state.peek() === 'waiting' && !this.#isOf(data)) {
      this.state.value = 'interrupted';
      const { name } = this.about.peek()!;
      if (data)
        showError(`Run ${this.number} trains on ${name}, which is not open. Open it, then press Continue.`);
      return;
    }
    if (!data || this.state.peek() !== 'waiting') return;
    this.digits.value = data;
    const { name, training } = data;
    const { length, inputs, width, height, classNames } = training;
    this.about.value = { name, length, inputs, width, height, classes: classNames.length };
    this.state.value = paused ? 'paused' : 'running';
    if (this.from) this.shape = shapeOf(this.from.network);
    const from = this.#start(resume);
    this.#training = trainingWorker.train(
      data,
      { settings: this.given, paused, ...(from && { from: packNetwork(from) }), ...(resume && { resume }) },
      (progress) => this.#grow(progress),
      (snapshot) => this.snapshots.push(snapshot),
      (kept) => {
        this.kept.value = kept;
      },
    );
    // A run that starts paused is before its first update.
    if (paused) this.advance();
    try {
      await this.#end(await this.#training.done);
    } catch (error) {
      this.state.value = 'failed';
      showError(error);
    }
  }

  /** Whether these are the data that it was interrupted on. */
  #isOf(data: Digits | undefined): boolean {
    const { name, length } = this.about.peek() ?? {};
    return data?.name === name && data?.training.length === length;
  }

  /** The network that it begins with, if that is no fresh one. A checkpoint has its own parameters. */
  #start(resume: Checkpoint | undefined): Network | undefined {
    if (this.from || this.fromName === undefined) return this.from?.network;
    return resume && this.shape && networkOf(this.shape, parametersOf({ layers: resume.parameters }));
  }

  pause(): void {
    this.#training?.control('pause');
    if (this.state.peek() === 'running') this.state.value = 'paused';
  }

  /** Continues a paused, stopped or interrupted run. */
  resume(): void {
    if (this.state.peek() === 'interrupted') {
      if (busy.peek()) return;
      closeStopped(this);
      this.state.value = 'waiting';
      void this.start();
      return;
    }
    if (this.state.peek() !== 'paused' && this.state.peek() !== 'stopped') return;
    closeStopped(this);
    this.#training?.control('resume');
    this.state.value = 'running';
  }

  /** Lets a paused run continue up to its next report. */
  advance(): void {
    this.#training?.control('step');
  }

  /** Stops it. It can be continued, until another run starts. */
  stop(): void {
    if (!this.#training) {
      this.state.value = 'closed';
      return;
    }
    this.#training.control('pause');
    this.state.value = 'stopped';
  }

  /** Ends it where it is, and opens the test set. */
  finish(): void {
    this.#training?.stop();
  }

  /** Ends it where it is. The test set stays closed. */
  close(): void {
    if (this.state.peek() === 'waiting') this.state.value = 'closed';
    this.#training?.close();
  }

  #grow({ steps, milliseconds, threads, W1 }: Progress): void {
    for (const step of steps) {
      const { epoch, dev } = step;
      if (this.#seen === 0) this.firstLoss = step.loss;
      this.worstLoss = Math.max(this.worstLoss, step.loss);
      if (this.#seen++ % this.#stride === 0)
        this.training.push({ epoch, loss: step.loss, accuracy: step.accuracy });
      if (dev) {
        this.watched.push({ epoch, loss: dev.loss, accuracy: dev.accuracy });
        this.dev.value = dev;
      }
    }
    if (this.training.length > MAX_POINTS) {
      this.training = this.training.filter((_, k) => k % 2 === 0);
      this.#stride *= 2;
    }
    this.step.value = steps.at(-1) ?? this.step.peek();
    this.milliseconds.value = milliseconds;
    this.threads.value = threads;
    this.W1.value = W1;
    this.growth.value++;
  }

  async #end(trained: Trained): Promise<void> {
    // The user removed the run in the meantime: its result is not used.
    if (!runs.peek().includes(this)) return;
    const { record, sha256, network: packed, ...found } = trained;
    const network = unpackNetwork(packed);
    this.shape = shapeOf(network);
    this.trained.value = { ...found, sha256 };
    this.state.value = trained.stopped ? (trained.test ? 'finished' : 'closed') : 'done';
    if (trained.test) countOpening(this.digits.peek()!.name);
    this.milliseconds.value = trained.milliseconds;
    const name = `${layerSizes(network).join('-')}, trained here (${shortHash(sha256)})`;
    const named: NamedModel = { network, record, name, sha256 };
    this.model.value = named;
    addModel(named);
    if (trained.test) this.#tell(trained.test);
  }

  /** What the run shows about itself at its end; nothing before. */
  get diagnosis(): Diagnosis | undefined {
    const { settings } = this;
    const [trained, step] = [this.trained.value, this.step.value];
    if (!trained?.vitals || !step) return undefined;
    const { vitals } = trained;
    const { loss, iteration: iterations } = step;
    const accuracy = (trained.test ?? step).accuracy;
    const { firstLoss, worstLoss } = this;
    return diagnose({ settings, vitals, accuracy, firstLoss, worstLoss, loss, iterations });
  }

  #tell({ accuracy, examples }: Measure): void {
    const result = `${percent(accuracy, 2)} on the ${amount(examples, 'test example')}`;
    if (this.diagnosis?.hasLearned) notify(`Trained: ${result}.`);
    else
      inform(
        `Run ${this.number} has not learned: ${result} is about chance. Below the curves it says what to try.`,
      );
  }
}

/** How many epochs the settings ask for, with so many training examples. */
export function lengthInEpochs(
  { epochs, iterations = 0, batchSize: batch }: Settings,
  examples: number,
): number {
  if (epochs) return epochs;
  return batch === 'full' || examples === 0 ? iterations : iterations / Math.ceil(examples / batch);
}

/** All runs, oldest first: those since the page was opened, and those that the browser kept (kept-runs.ts). */
export const runs = signal<readonly Run[]>([]);
/** The run that is shown in full. */
export const current = signal<Run | undefined>(undefined);
/** Whether a run is in progress: the worker trains one at a time. */
export const busy = computed(() =>
  runs.value.some(({ state }) => ['waiting', 'running', 'paused'].includes(state.value)),
);

/** Starts a run and shows it. */
export function startRun(
  given: Partial<Settings>,
  { paused, expected, from }: { paused?: boolean; expected?: string; from?: NamedModel } = {},
): Run {
  const run = new Run({ given, expected, from });
  closeStopped(run);
  runs.value = [...runs.value, run];
  current.value = run;
  void run.start({ paused });
  return run;
}

/** Ends the stopped runs for another one: each holds its own copy of the training data. */
function closeStopped(other: Run): void {
  for (const run of runs.peek()) if (run !== other && run.state.peek() === 'stopped') run.close();
}

export function removeRun(run: Run): void {
  run.close();
  runs.value = runs.value.filter((other) => other !== run);
  if (current.value === run) current.value = undefined;
}

/**
 * Clears the panel for the next run. A finished or interrupted run is kept; any other is removed.
 */
export function putAside(run: Run): void {
  if (run.trained.peek() || run.state.peek() === 'interrupted') current.value = undefined;
  else removeRun(run);
}

/** The user's own data, or all of MNIST; `undefined` if it could not be loaded. */
async function dataToTrainOn(): Promise<Digits | undefined> {
  const own = digits.peek();
  if (own && (own.complete || own.name !== MNIST)) return own;
  await loadAll();
  const loaded = digits.peek();
  if (loaded?.complete) return loaded;
  if (loading.peek().state === 'failed')
    showError(new Error((loading.peek() as { message: string }).message));
  return undefined;
}
