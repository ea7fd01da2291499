import { layerSizes, type Measure, type Settings, type Step } from '@longhand/core';
import { completeSettings, formatSetting, SETTINGS } from '@longhand/core/settings';
import { devExamples } from '@longhand/core/training';
import { computed, signal } from '@preact/signals';
import { type Diagnosis, diagnose } from '../computations/diagnose.js';
import { labelOf } from '../setting-labels.js';
import { amount, percent, shortHash } from '../text.js';
import { unpackNetwork } from '../workers/network-message.js';
import type { Progress, Trained } from '../workers/training.worker.js';
import { type TrainingRun, trainingWorker } from '../workers/training-worker.js';
import { type Digits, digits, loadAll, loading, MNIST } from './digits.js';
import { addModel, type NamedModel } from './models.js';
import { inform, notify, showError } from './notifications.js';

/** One point on a run's curves. */
export interface Point {
  /** How many times the run has gone through the data. */
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
}

/**
 * `stopped` can be continued, `finished` was ended early and tested, `closed` was ended without
 * opening the test set.
 */
export type RunState =
  | 'waiting'
  | 'running'
  | 'paused'
  | 'stopped'
  | 'done'
  | 'finished'
  | 'closed'
  | 'failed';

/** Beyond this many points, every second one is dropped: a curve has no more pixels. */
const MAX_POINTS = 1200;

let next = 1;

/** One training run: its settings, its curves as they grow, and its result. */
export class Run {
  readonly number = next++;
  readonly settings: Settings;
  /** The settings that differ from the defaults. */
  readonly given: Partial<Settings>;
  /**
   * The start of the hash that the run should end with, according to the link that it came from.
   */
  readonly expected: string | undefined;
  readonly digits = signal<Digits | undefined>(undefined);
  readonly state = signal<RunState>('waiting');
  /** The last step reported. */
  readonly step = signal<Step | undefined>(undefined);
  readonly dev = signal<Measure | undefined>(undefined);
  /** The weights of the first layer, unit by unit. */
  readonly W1 = signal<Float32Array | undefined>(undefined);
  /** Time spent in training alone. */
  readonly milliseconds = signal(0);
  readonly threads = signal(0);
  readonly trained = signal<Trained | undefined>(undefined);
  readonly model = signal<NamedModel | undefined>(undefined);
  readonly shown = signal(true);
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

  constructor(given: Partial<Settings>, expected?: string) {
    this.given = given;
    this.expected = expected;
    this.settings = completeSettings(given);
  }

  /** How it differs from a run with the defaults: `hidden layers 128 · α 0.3`. */
  get name(): string {
    const words = SETTINGS.flatMap((setting) => {
      const value = this.given[setting.name];
      if (value === undefined) return [];
      return [`${setting.symbol ?? labelOf(setting.name)} ${formatSetting(setting, value)}`];
    });
    return words.length > 0 ? words.join(' · ') : 'the board’s settings';
  }

  get examples(): number {
    const data = this.digits.value;
    if (!data) return 0;
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
   * limit stopped the run.
   */
  get replays(): boolean {
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
    if (!data || this.state.peek() !== 'waiting') return;
    this.digits.value = data;
    this.state.value = paused ? 'paused' : 'running';
    this.#training = trainingWorker.train(data, { settings: this.given, paused }, (progress) =>
      this.#grow(progress),
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

  pause(): void {
    this.#training?.control('pause');
    if (this.state.peek() === 'running') this.state.value = 'paused';
  }

  /** Continues a paused or stopped run. */
  resume(): void {
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
    this.trained.value = trained;
    this.state.value = trained.stopped ? (trained.test ? 'finished' : 'closed') : 'done';
    if (trained.test) countOpening(this.digits.peek()!.name);
    this.milliseconds.value = trained.milliseconds;
    const { record, sha256 } = trained;
    const network = unpackNetwork(trained.network);
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
    if (!trained || !step) return undefined;
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

/** All runs since the page was opened, oldest first. */
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
  { paused, expected }: { paused?: boolean; expected?: string } = {},
): Run {
  const run = new Run(given, expected);
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

/** How often the test set of some data was opened since the page was, by the name of the data. */
const openings = signal<Readonly<Record<string, number>>>({});

function countOpening(name: string): void {
  openings.value = { ...openings.peek(), [name]: openingsOf(name) + 1 };
}

/** How often a run has been tested on the test set of these data since the page was opened. */
export function openingsOf(name: string): number {
  return openings.value[name] ?? 0;
}

export function removeRun(run: Run): void {
  run.close();
  runs.value = runs.value.filter((other) => other !== run);
  if (current.value === run) current.value = undefined;
}

/**
 * Clears the panel for the next run. A finished run is kept for comparison; an unfinished one is
 * removed.
 */
export function putAside(run: Run): void {
  if (run.trained.peek()) current.value = undefined;
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
