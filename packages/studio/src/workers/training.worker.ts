// Where the page trains and asks whole sets of digits, so that its own thread stays free to draw. It has the data once;
// the engine's workers are started by the page.
import {
  completeSettings,
  createNetwork,
  createPredictor,
  Dataset,
  evaluate,
  type Json,
  type Model,
  PIXEL_SCALE,
  parametersSha256,
  type Settings,
  type Step,
  train,
  type WorkerHandle,
  type WorkerListener,
} from '@longhand/core';
import { decodeModel, encodeModel } from '@longhand/core/files';
import type {
  Control,
  FromTrainingWorker,
  PackedDataset,
  RunRequest,
  SetName,
  ToTrainingWorker,
} from './training-messages.js';

/** Between two messages of a run's progress, in ms: as often as a curve need move. */
const REPORT_MS = 50;
/** Between two pictures of the weights, in ms: copying them takes longer. */
const PICTURE_MS = 100;

interface Digits {
  readonly training: Dataset;
  readonly test: Dataset;
}

let digits: Digits | undefined;
const runs = new Map<number, PauseControl>();
/** Of the engine's workers, by their number. */
const listeners = new Map<number, WorkerListener>();
let spawned = 0;

addEventListener('message', ({ data }: MessageEvent<ToTrainingWorker>) => {
  switch (data.type) {
    case 'digits':
      digits = { training: new Dataset(data.digits.training), test: new Dataset(data.digits.test) };
      break;
    case 'train':
      carryOut(data.id, () => trainRun(data.id, data.request));
      break;
    case 'died':
      listeners.get(data.worker)?.onFailure(data.reason);
      break;
    case 'control':
      runs.get(data.id)?.control(data.control);
      break;
    case 'answers':
      carryOut(data.id, () => answer(data.id, data.model, data.set));
      break;
  }
});

function carryOut(id: number, work: () => Promise<void>): void {
  work().catch((error: unknown) => {
    post({ type: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  });
}

function post(message: FromTrainingWorker, transfer: Transferable[] = []): void {
  postMessage(message, { transfer });
}

function requireDigits(): Digits {
  if (!digits) throw new Error('the digits have not been handed over yet');
  return digits;
}

async function trainRun(id: number, request: RunRequest): Promise<void> {
  const { training: all, test } = requireDigits();
  const settings = completeSettings(request.settings);
  const { seed } = settings;
  // A tenth at most, so that a small set of one's own leaves something to train on.
  const held = Math.min(settings.dev, Math.floor(all.length / 10));
  const { training, dev } = all.split({ dev: held, seed });
  const examples = request.extra ? join(training, request.extra) : training;
  const start = request.from && decodeModel(request.from, 'the model');
  const network =
    start?.network ??
    createNetwork({
      layers: [all.inputs, ...settings.hidden, all.classNames.length],
      activation: settings.activation,
      initialisation: settings.initialisation,
      seed,
    });
  const control = new PauseControl(request.paused ?? false);
  runs.set(id, control);
  const {
    hidden: _hidden,
    activation: _activation,
    initialisation: _initialisation,
    dev: _dev,
    ...options
  } = settings;
  const { devEvery = devLooksEvery(settings, examples.length) } = request.settings;
  const run = train(network, examples, {
    ...options,
    devEvery,
    spawn,
    ...(dev.length > 0 ? { dev } : {}),
    reportEvery: reportsEvery(settings, examples.length),
  });
  let steps: Step[] = [];
  let [reported, pictured] = [0, 0];
  const report = (now: number) => {
    const W1 = Float32Array.from(run.network.layers[0]!.W.data);
    const { milliseconds, threads } = run;
    post({ type: 'progress', id, progress: { steps, milliseconds, threads, W1, paused: control.paused } }, [
      W1.buffer,
    ]);
    steps = [];
    reported = now;
  };
  try {
    for await (const step of run) {
      steps.push(step);
      const now = performance.now();
      const due = now - reported >= (pictured === 0 || now - pictured >= PICTURE_MS ? REPORT_MS : PICTURE_MS);
      if (due || control.paused) {
        report(now);
        pictured = now;
      }
      if (step.iteration < step.iterations) await control.waitWhilePaused();
      if (control.stopped) break;
    }
    report(performance.now());
    const { network: trained, milliseconds, threads } = run;
    const pixelScale = settings.pixels === 'raw' ? 1 : PIXEL_SCALE;
    const { examples: tested, loss, accuracy } = evaluate(trained, test, { pixelScale });
    const model: Model = {
      network: trained,
      record: {
        width: all.width,
        height: all.height,
        classNames: all.classNames,
        ...(all.features && { features: all.features }),
        pixelScale,
        settings: recordOf(settings),
        results: { stopped: control.stopped },
      },
    };
    const file = encodeModel(model);
    const result = {
      model: file,
      sha256: await parametersSha256(trained),
      test: { examples: tested, loss, accuracy },
      milliseconds,
      threads,
      stopped: control.stopped,
    };
    post({ type: 'trained', id, trained: result }, [file.buffer as ArrayBuffer]);
  } finally {
    runs.delete(id);
  }
}

async function answer(id: number, file: Uint8Array, set: SetName): Promise<void> {
  const { network, record } = decodeModel(file, 'the model');
  const answers = createPredictor(network, { pixelScale: record.pixelScale }).predictAll(
    requireDigits()[set],
  );
  const { probabilities, losses, classes } = answers;
  post({ type: 'answered', id, answers }, [
    probabilities.buffer,
    losses.buffer,
    classes.buffer,
  ] as ArrayBuffer[]);
}

/** Has the page start a worker of the engine, and talks to it through a port. */
async function spawn(listener: WorkerListener): Promise<WorkerHandle> {
  const worker = ++spawned;
  const { port1, port2 } = new MessageChannel();
  listeners.set(worker, listener);
  port1.onmessage = ({ data }) => listener.onMessage(data);
  post({ type: 'spawn', worker, port: port2 }, [port2]);
  return {
    post: (message, transfer = []) => port1.postMessage(message, transfer),
    hold: () => undefined,
    async terminate() {
      listeners.delete(worker);
      port1.close();
      post({ type: 'terminate', worker });
    },
  };
}

/** Every iteration over the whole set; of mini-batches, twenty points an epoch. */
function reportsEvery({ batch }: Settings, examples: number): number {
  return batch === 'full' ? 1 : Math.max(1, Math.round(examples / batch / 20));
}

/** As the command does: what the table says for full batches, ten times an epoch for mini-batches. */
function devLooksEvery({ batch, devEvery }: Settings, examples: number): number {
  return batch === 'full' ? devEvery : Math.max(1, Math.round(examples / batch / 10));
}

/** The settings as a model file keeps them; the number of threads changes nothing in a model. */
function recordOf(settings: Settings): Record<string, Json> {
  const { threads: _threads, ...kept } = settings;
  return kept as unknown as Record<string, Json>;
}

/** The examples of a dataset and some more, in one. */
function join(dataset: Dataset, extra: PackedDataset): Dataset {
  const { width, height, classNames, features, inputs, length } = dataset;
  const more = extra.labels.length;
  const pixels = new Uint8Array((length + more) * inputs);
  const labels = new Uint8Array(length + more);
  for (let i = 0; i < length; i++) {
    pixels.set(dataset.pixels(i), i * inputs);
    labels[i] = dataset.label(i);
  }
  pixels.set(extra.pixels, length * inputs);
  labels.set(extra.labels, length);
  return new Dataset({ pixels, labels, width, height, classNames, ...(features && { features }) });
}

/** Lets a run pass, one report at a time or not at all. */
class PauseControl {
  paused: boolean;
  stopped = false;
  #open: (() => void) | undefined;
  /** Steps asked for before the run came to the gate. */
  #owed = 0;

  constructor(paused: boolean) {
    this.paused = paused;
  }

  control(control: Control): void {
    if (control === 'stop') this.stopped = true;
    if (control === 'pause') this.paused = true;
    else {
      if (control === 'resume') this.paused = false;
      if (control === 'step' && !this.#open) this.#owed++;
      this.#open?.();
      this.#open = undefined;
    }
  }

  /** Resolves when the run may go on. A message can arrive meanwhile: the engine waits for its workers between steps. */
  waitWhilePaused(): Promise<void> {
    if (!this.paused || this.stopped) {
      this.#owed = 0;
      return Promise.resolve();
    }
    if (this.#owed > 0) {
      this.#owed--;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#open = resolve;
    });
  }
}
