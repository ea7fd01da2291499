import { mkdir } from 'node:fs/promises';
import type { Dataset } from '@longhand/core';
import { EngineError } from '@longhand/core/errors';
import { type PackedDataset, packDataset } from '@longhand/core/files';
import type { Crew, CrewListener } from '../crew.js';
import type { Task, TaskOutcome } from '../task.js';
import { fileStore } from './file-store.js';
import { type OwnAnswer, startProcess, type WorkerProcess } from './worker-process.js';

/** A pool of processes on this machine. */
export interface PoolOptions {
  /** The training data: each process gets them once. */
  readonly dataset: Dataset;
  /** How many processes. */
  readonly processes: number;
  /** Threads of each; default 1. */
  readonly threads?: number;
  /** A folder for the states of tasks; it is made if it is missing. */
  readonly states: string;
  /** The time between two saved states, in ms. Default 10,000. */
  readonly every?: number;
  /**
   * A process that gives no sign of life for so long is killed, and its task goes on in another one: one that
   * answers nothing, or that computes nothing and makes no step. In ms; default 600,000.
   */
  readonly silence?: number;
}

/** So many processes in a row may die over a task without getting further than before. */
const MOST_DEATHS = 3;
/** So many processes in a row may die before they are ready. */
const MOST_STILLBORN = 3;
const DEFAULT_EVERY = 10_000;
const DEFAULT_SILENCE = 600_000;

interface Worker {
  readonly process: WorkerProcess;
  isReady: boolean;
  job: Job | undefined;
}

/** A task, and what became of the processes that had it. */
interface Job {
  readonly task: Task;
  /** The most updates that any of them told of. */
  best: number;
  /** Whether the present one has got further than the ones before. */
  hasAdvanced: boolean;
  deaths: number;
}

interface Round {
  readonly waiting: Job[];
  readonly told: CrewListener;
  left: number;
  readonly done: () => void;
  readonly fail: (error: Error) => void;
}

/**
 * Processes of this machine, which share the work: each has the data once, and does task after task.
 * One that dies is replaced, and its task goes on from its last state. A task whose process dies
 * several times without getting further has failed.
 */
export function createPool({
  dataset,
  processes,
  threads = 1,
  states,
  every = DEFAULT_EVERY,
  silence = DEFAULT_SILENCE,
}: PoolOptions): Crew {
  const workers = new Set<Worker>();
  const store = fileStore(states, () => undefined);
  let packed: PackedDataset | undefined;
  let stillborn = 0;
  let round: Round | undefined;
  let isClosing = false;

  function start(): void {
    packed ??= plainCopy(dataset);
    const worker: Worker = {
      process: startProcess(silence, {
        onAnswer: (answer) => hear(worker, answer),
        onEnd: (reason) => lose(worker, reason),
      }),
      isReady: false,
      job: undefined,
    };
    workers.add(worker);
    worker.process.say({ type: 'start', dataset: packed, threads, states, every });
    announce();
  }

  function announce(): void {
    round?.told.onWorkers([...workers].map(({ process: { name } }) => name));
  }

  /** Gives every idle process a task, and starts as many as are needed. */
  function share(): void {
    if (!round || isClosing) return;
    for (const worker of workers) {
      if (!worker.isReady || worker.job) continue;
      const job = round.waiting.shift();
      if (!job) break;
      job.hasAdvanced = false;
      worker.job = job;
      worker.process.say({ type: 'task', task: job.task });
    }
    const starting = [...workers].filter(({ isReady }) => !isReady).length;
    for (let missing = round.waiting.length - starting; missing > 0 && workers.size < processes; missing--)
      start();
  }

  function hear(worker: Worker, answer: OwnAnswer): void {
    const {
      job,
      process: { name },
    } = worker;
    if (answer.type === 'ready') {
      worker.isReady = true;
      stillborn = 0;
      share();
    } else if (answer.type === 'notice') round?.told.onNotice(answer.message);
    else if (!job || answer.id !== job.task.id) return;
    else if (answer.type === 'progress') {
      job.hasAdvanced ||= answer.updates > job.best;
      job.best = Math.max(job.best, answer.updates);
      round?.told.onProgress(answer.id, name, answer.updates);
    } else if (answer.type === 'result') {
      worker.job = undefined;
      finish(job, name, answer.outcome, answer.seconds);
    } else {
      worker.job = undefined;
      retry(job, name, answer.reason);
      share();
    }
  }

  function finish({ task }: Job, worker: string, outcome: TaskOutcome, seconds: number): void {
    const current = round;
    if (!current) return;
    current.left--;
    current.told.onResult({ ...outcome, id: task.id, worker, seconds });
    if (current.left === 0) current.done();
    else share();
  }

  /** A task comes back: it goes on in another process, unless none gets further with it. */
  function retry(job: Job, worker: string, reason: string): void {
    if (!round) return;
    job.deaths = job.hasAdvanced ? 1 : job.deaths + 1;
    if (job.deaths >= MOST_DEATHS) {
      const why = `${MOST_DEATHS} processes died over it: ${reason}`;
      finish(job, worker, { type: 'failed', reason: why, ofMachine: true }, 0);
      return;
    }
    round.told.onNotice(`${worker} ended (${reason}): trial ${job.task.trial} goes on in another one`);
    round.waiting.unshift(job);
  }

  function lose(worker: Worker, reason: string): void {
    if (!workers.delete(worker)) return;
    const { job, isReady, process } = worker;
    announce();
    if (!round || isClosing) return;
    if (job) retry(job, process.name, reason);
    if (!isReady && ++stillborn >= MOST_STILLBORN) {
      const last = process.lastLine();
      round.fail(
        new EngineError(`the processes of the sweep do not start: ${reason}${last ? `: ${last}` : ''}`),
      );
      return;
    }
    share();
  }

  async function stop(): Promise<void> {
    isClosing = true;
    await Promise.all([...workers].map(({ process }) => process.stop()));
    workers.clear();
    isClosing = false;
  }

  return {
    async run(tasks, told, signal) {
      if (tasks.length === 0 || signal.aborted) return;
      await mkdir(states, { recursive: true });
      const { promise, resolve, reject } = withResolvers();
      const waiting = tasks.map((task): Job => ({ task, best: -1, hasAdvanced: false, deaths: 0 }));
      round = { waiting, told, left: tasks.length, done: resolve, fail: reject };
      signal.addEventListener('abort', resolve);
      try {
        announce();
        share();
        await promise;
      } finally {
        signal.removeEventListener('abort', resolve);
        round = undefined;
        if (signal.aborted) await stop();
      }
    },
    forget: (ids) => store.remove(ids),
    close: stop,
  };
}

/** Memory that is shared cannot be sent to another process. */
function plainCopy(dataset: Dataset): PackedDataset {
  const packed = packDataset(dataset);
  return { ...packed, pixels: new Uint8Array(packed.pixels), labels: new Uint8Array(packed.labels) };
}

/** A promise, and what settles it. */
function withResolvers() {
  let resolve!: () => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<void>((done, failed) => {
    [resolve, reject] = [done, failed];
  });
  return { promise, resolve, reject };
}
