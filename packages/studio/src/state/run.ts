import {
  type Checkpoint,
  layerSizes,
  type Measure,
  type Network,
  type Settings,
  type Step,
} from '@longhand/core';
import { completeSettings } from '@longhand/core/settings';
import { signal } from '@preact/signals';
import {
  type NetworkShape,
  networkOf,
  parametersOf,
  type Snapshot,
  shapeOf,
} from '../computations/snapshots.js';
import { shortHash } from '../text.js';
import { packNetwork, unpackNetwork } from '../workers/network-message.js';
import type { Kept, Progress, Trained } from '../workers/training.worker.js';
import { type TrainingRun, trainingWorker } from '../workers/training-worker.js';
import type { Digits } from './digits.js';
import { addModel, type NamedModel } from './models.js';
import { showError } from './notifications.js';
import { countOpening } from './openings.js';
import { RunCurves } from './run-curves.js';
import type { RunData, RunRecord, RunResult, RunState } from './run-record.js';
import { dataToTrainOn } from './training-data.js';

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
  readonly curves: RunCurves;
  /** Training examples without dev, of a run that was kept. */
  readonly keptExamples: number;
  #training: TrainingRun | undefined;
  #isRemoved = false;

  constructor({ given, expected, from, record }: RunStart) {
    this.given = given;
    this.expected = expected;
    this.from = from;
    this.fromName = from?.name ?? record?.from;
    this.settings = completeSettings(given);
    this.number = record ? record.number : next;
    next = Math.max(next, this.number + 1);
    this.id = record?.id ?? `${OPENED}-${this.number}`;
    this.curves = new RunCurves(record);
    this.keptExamples = record?.examples ?? 0;
  }

  /**
   * Waits for the data, then trains in the worker, or does one step and then pauses.
   *
   * @returns when the run has ended, in whatever way
   */
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

  /** Continues an interrupted run, up to its end. */
  restart(): Promise<void> {
    this.state.value = 'waiting';
    return this.start();
  }

  /** Continues a paused or stopped run. */
  resume(): void {
    if (this.state.peek() !== 'paused' && this.state.peek() !== 'stopped') return;
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

  /** Ends it: the user has removed it. */
  remove(): void {
    this.#isRemoved = true;
    this.close();
  }

  #grow({ steps, milliseconds, threads, W1 }: Progress): void {
    this.curves.add(steps);
    this.dev.value = steps.findLast(({ dev }) => dev)?.dev ?? this.dev.peek();
    this.step.value = steps.at(-1) ?? this.step.peek();
    this.milliseconds.value = milliseconds;
    this.threads.value = threads;
    this.W1.value = W1;
    this.growth.value++;
  }

  async #end(trained: Trained): Promise<void> {
    // Its result is not used.
    if (this.#isRemoved) return;
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
  }
}
