// Trains and evaluates whole sets of digits, so that the page's own thread stays free to draw. The
// page starts the engine's workers (see startEngineWorker in core for why).
import {
  type BuiltRun,
  buildRun,
  type Checkpoint,
  Dataset,
  evaluate,
  type Measure,
  type ModelRecord,
  parametersSha256,
  type Settings,
  type Step,
  train,
  type WorkerHandle,
  type WorkerListener,
} from '@longhand/core';
import { createPredictor, type Predictions } from '@longhand/core/engine';
import type { DoubtRecord } from '@longhand/core/evaluation';
import { type Lesson, learnDoubt, teach } from '@longhand/core/training';
import { iterationsToKeep, parametersOf, type Snapshot, snapshotsFor } from '../computations/snapshots.js';
import { type Vitals, vitalsOf } from '../computations/vitals.js';
import type { Call } from './calls.js';
import { type NetworkMessage, packNetwork, unpackNetwork } from './network-message.js';
import type { DatasetPair, PackedDigits } from './packed-dataset.js';
import { type Control, PauseControl } from './pause-control.js';
import { serve, withTransfer } from './serve.js';

/** Time between two reports of a run, in ms: as often as a curve needs to move. */
const REPORT_MS = 50;
/** Time between two pictures of the weights, in ms, once copying them takes longer. */
const PICTURE_MS = 100;

/** Time between two checkpoints of a run, in ms: what a closed page loses. The first one comes earlier. */
const CHECKPOINT_MS = 2000;
const FIRST_CHECKPOINT_MS = 500;

/** What to train. */
export interface RunRequest {
  /** Identifies the run in later calls. */
  readonly run: number;
  readonly settings: Partial<Settings>;
  /** A network to start from in place of a fresh one. */
  readonly from?: NetworkMessage;
  /** A checkpoint of this run to go on from. */
  readonly resume?: Checkpoint;
  /** Start paused, before the first update. */
  readonly paused?: boolean;
}

/** What a run can go on from, and its figures there. */
export interface Kept {
  readonly checkpoint: Checkpoint;
  readonly step: Step;
}

/** The points of the curves since the last report, and the state of the network now. */
export interface Progress {
  readonly steps: readonly Step[];
  /** Time spent in training alone, in ms. */
  readonly milliseconds: number;
  readonly threads: number;
  /** The weights of the first layer, unit by unit: n₁ × n₀. */
  readonly W1: Float32Array;
  readonly paused: boolean;
}

/**
 * What a run reports: its progress, its parameters at some iterations, what it can go on from, or that it needs a worker of the engine, or
 * no longer needs it.
 */
export type TrainingReport =
  | { readonly progress: Progress }
  | { readonly snapshot: Snapshot }
  | { readonly kept: Kept }
  | { readonly startWorker: number; readonly port: MessagePort }
  | { readonly endWorker: number };

export interface Trained {
  readonly network: NetworkMessage;
  readonly record: ModelRecord;
  readonly sha256: string;
  /** On the test set; missing if the run was closed without opening it. */
  readonly test: Measure | undefined;
  readonly vitals: Vitals;
  readonly milliseconds: number;
  readonly threads: number;
  /** Whether the page stopped it early. */
  readonly stopped: boolean;
}

/** A drawing that a model reads wrongly. */
export interface TeachMessage {
  readonly network: NetworkMessage;
  readonly record: ModelRecord;
  /** The drawing's frames, 28 × 28 bytes each. */
  readonly frames: readonly Uint8Array[];
  readonly label: number;
}

/** A lesson, with the taught model as a message. */
export interface LessonMessage extends Omit<Lesson, 'model'> {
  readonly network: NetworkMessage;
  readonly record: ModelRecord;
}

/** A trained network, and the settings of its run. */
export interface DoubtMessage {
  readonly network: NetworkMessage;
  readonly settings: Partial<Settings>;
}

export type SetName = 'training' | 'test';

export interface AnswersRequest {
  readonly network: NetworkMessage;
  readonly pixelScale: number;
  readonly set: SetName;
}

let digits: DatasetPair | undefined;
const runs = new Map<number, PauseControl>();
/** Runs that end without opening the test set. */
const untested = new Set<number>();
/** The listeners of the engine's workers, by the worker's number. */
const listeners = new Map<number, WorkerListener>();
let startedWorkers = 0;

const methods = {
  setDigits({ training, test }: PackedDigits): void {
    digits = { training: new Dataset(training), test: new Dataset(test) };
  },

  /** Cancelling the call stops the run; the call then resolves to the result so far. */
  train: trainRun,

  control({ run, control }: { readonly run: number; readonly control: Control }): void {
    runs.get(run)?.set(control);
  },

  /** The run that is cancelled next ends without opening the test set. */
  leaveUntested({ run }: { readonly run: number }): void {
    untested.add(run);
  },

  /** The answers of a network for every digit of a set. */
  answers({ network, pixelScale, set }: AnswersRequest): Predictions {
    const predictor = createPredictor(unpackNetwork(network), { pixelScale });
    const answers = predictor.predictAll(requireDigits()[set]);
    const { probabilities, losses, classes } = answers;
    return withTransfer(answers, [probabilities.buffer, losses.buffer, classes.buffer]);
  },

  /** Teaches a model a drawing, and measures what that changes. Reports the share that is done, 0–1. */
  teach({ network, record, frames, label }: TeachMessage, { report }: Call<number>): LessonMessage {
    const model = { network: unpackNetwork(network), record };
    const { model: taught, ...lesson } = teach({
      ...{ model, label, pictures: [frames] },
      ...requireDigits(),
      onProgress: (share) => report(share),
    });
    return { ...lesson, network: packNetwork(taught.network), record: taught.record };
  },

  /** What a model learns about its own doubt. Reports the share that is done, 0–1. */
  learnDoubt({ network, settings: given }: DoubtMessage, { report }: Call<number>) {
    const { training, dev, settings } = buildRun({ settings: given, dataset: requireDigits().training });
    return learnDoubt({
      ...{ network: unpackNetwork(network), training, dev, settings },
      engine: { threads: 0 },
      onProgress: (share) => report(share),
    }) satisfies Promise<DoubtRecord | undefined>;
  },

  /** One of the engine's workers ended, or cannot go on. */
  workerFailed({ worker, reason }: { readonly worker: number; readonly reason: string }): void {
    listeners.get(worker)?.onFailure(reason);
  },
};

export type TrainingMethods = typeof methods;

serve(methods);

function requireDigits(): DatasetPair {
  if (!digits) throw new Error('the worker was asked before it had the digits');
  return digits;
}

async function trainRun(request: RunRequest, { report, signal }: Call<TrainingReport>): Promise<Trained> {
  const { training: dataset, test } = requireDigits();
  const built = buildRun({
    settings: request.settings,
    dataset,
    ...(request.from && { from: unpackNetwork(request.from) }),
  });
  const run = train(built.network, built.training, {
    ...built.options,
    spawn: (listener) => startWorker(listener, report),
    reportEvery: reportInterval(built),
    ...(request.resume && { resume: request.resume }),
  });
  const pause = new PauseControl(request.paused ?? false, signal);
  runs.set(request.run, pause);
  let steps: Step[] = [];
  let [reported, pictured] = [0, 0];
  const reportProgress = (now: number) => {
    const W1 = Float32Array.from(run.network.layers[0]!.W.data);
    const { milliseconds, threads } = run;
    report({ progress: { steps, milliseconds, threads, W1, paused: pause.paused } }, [W1.buffer]);
    steps = [];
    reported = now;
  };
  const { layers } = built.network;
  const size = layers.reduce((sum, { W, b }) => sum + W.data.length + b.data.length, 0);
  const { iteration: resumed = -1 } = request.resume ?? {};
  const toKeep = iterationsToKeep(run.iterations, snapshotsFor(size)).filter((wanted) => wanted > resumed);
  let kept: number | undefined;
  const keepSnapshot = ({ iteration, epoch, loss, accuracy, dev }: Step) => {
    const parameters = parametersOf(run.network);
    const snapshot = { iteration, epoch, loss, accuracy, dev: dev?.accuracy, parameters };
    report({ snapshot }, [parameters.buffer]);
    kept = iteration;
  };
  let nextCheckpoint = performance.now() + FIRST_CHECKPOINT_MS;
  const keepCheckpoint = async (step: Step) => {
    report({ kept: { checkpoint: sendable(await run.checkpoint()), step } });
    nextCheckpoint = performance.now() + CHECKPOINT_MS;
  };
  let last: Step | undefined;
  try {
    for await (const step of run) {
      steps.push(step);
      last = step;
      // Steps come at the distance of the reports: the first one that is not too early is kept.
      if (step.iteration >= (toKeep[0] ?? Number.POSITIVE_INFINITY)) {
        keepSnapshot(step);
        while (toKeep.length > 0 && toKeep[0]! <= step.iteration) toKeep.shift();
      }
      const now = performance.now();
      const due = now - reported >= (pictured === 0 || now - pictured >= PICTURE_MS ? REPORT_MS : PICTURE_MS);
      if (due || pause.paused) {
        reportProgress(now);
        pictured = now;
      }
      if (step.iteration < step.iterations) {
        if (pause.paused || now >= nextCheckpoint) await keepCheckpoint(step);
        await pause.waitWhilePaused();
      }
      if (signal.aborted) break;
    }
    if (signal.aborted && last && last.iteration !== kept) keepSnapshot(last);
    reportProgress(performance.now());
    const { network: trained, milliseconds, threads } = run;
    const stopped = signal.aborted;
    const record = built.record({ stopped });
    const opened = untested.has(request.run) ? undefined : evaluate(trained, test, record);
    return {
      network: packNetwork(trained),
      record,
      sha256: await parametersSha256(trained),
      test: opened && { examples: opened.examples, loss: opened.loss, accuracy: opened.accuracy },
      vitals: vitalsOf(trained, built.training, record.pixelScale),
      milliseconds,
      threads,
      stopped,
    };
  } finally {
    runs.delete(request.run);
    untested.delete(request.run);
  }
}

/** Has the page start a worker of the engine, which this worker talks to through a port. */
async function startWorker(
  listener: WorkerListener,
  report: Call<TrainingReport>['report'],
): Promise<WorkerHandle> {
  const worker = ++startedWorkers;
  const { port1, port2 } = new MessageChannel();
  listeners.set(worker, listener);
  port1.onmessage = ({ data }) => listener.onMessage(data);
  report({ startWorker: worker, port: port2 }, [port2]);
  return {
    post: (message, transfer = []) => port1.postMessage(message, transfer),
    hold: () => undefined,
    async terminate() {
      listeners.delete(worker);
      port1.close();
      report({ endWorker: worker });
    },
  };
}

/** With full batches every iteration; with mini-batches, twenty points an epoch. */
function reportInterval({ training, batchSize }: BuiltRun): number {
  return batchSize >= training.length ? 1 : Math.max(1, Math.round(training.length / batchSize / 20));
}

/** The same checkpoint without the functions that the best layers bring along: they cannot go to another thread. */
function sendable({ best, ...checkpoint }: Checkpoint): Checkpoint {
  if (!best) return { ...checkpoint, best };
  return { ...checkpoint, best: { ...best, parameters: best.parameters.map(({ W, b }) => ({ W, b })) } };
}
