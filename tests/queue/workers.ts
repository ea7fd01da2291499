import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CrewListener, Task, TaskResult } from '@longhand/sweep';
import { runTask } from '@longhand/sweep';
import {
  connect,
  createQueueCrew,
  type QueueCrewOptions,
  runWorker,
  sweepIdOf,
  type Work,
  type WorkerEnd,
} from '@longhand/sweep/queue';
import { DATA, DATASET } from './small-sweep.js';
import type { WorkerProgramOptions } from './worker-program.js';

const PROGRAM = fileURLToPath(new URL('worker-program.js', import.meta.url));

/** A worker in a process of its own, and all that it said. */
export interface WorkerProcess {
  readonly child: ChildProcess;
  readonly said: string[];
  /** Waits for a line that starts so. */
  hears(start: string): Promise<void>;
  kill(signal?: NodeJS.Signals): Promise<number | null>;
}

/** @param before a command that starts it, such as one that enters a network namespace */
export function startWorkerProcess(
  options: WorkerProgramOptions,
  before: readonly string[] = [],
): WorkerProcess {
  const [program, ...args] = [...before, process.execPath, PROGRAM, JSON.stringify(options)];
  const child = spawn(program!, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  const waiting = new Set<() => void>();
  let rest = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    said.push(...lines);
    for (const look of waiting) look();
  });
  return {
    child,
    said,
    hears: (start) =>
      new Promise((resolve) => {
        const look = () => {
          if (!said.some((line) => line.startsWith(start))) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    async kill(signal = 'SIGKILL') {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const exited = once(child, 'exit');
      child.kill(signal);
      const [code] = (await exited) as [number | null];
      return code;
    },
  };
}

/** A worker in this process. */
export interface LocalWorker {
  readonly notices: string[];
  /** The trials that it began, and those that it ended. */
  readonly trials: number[];
  readonly done: number[];
  readonly ended: Promise<WorkerEnd>;
  stop(): Promise<WorkerEnd>;
}

export const trainSmall: Work = (task, { states, signal, onProgress }) =>
  runTask(task, { dataset: DATASET, threads: 0, store: states, signal, onProgress });

export async function startLocalWorker(
  url: string,
  { name = 'local', work = trainSmall, lockMs = 5000, data = [DATA] } = {},
): Promise<LocalWorker> {
  const [notices, trials, done]: [string[], number[], number[]] = [[], [], []];
  const connection = await connect(url, { onNotice: (message) => notices.push(message) });
  const stop = new AbortController();
  let started = () => {};
  const start = new Promise<void>((resolve) => {
    started = resolve;
  });
  const ended = runWorker({
    ...{ connection, name, data, processes: 1, work, lockMs, signal: stop.signal },
    listener: {
      onStart: () => started(),
      onTask: ({ trial }) => trials.push(trial),
      onEnd: ({ trial }) => done.push(trial),
      onNotice: (message) => notices.push(message),
    },
  }).finally(() => connection.close());
  await Promise.race([start, ended]);
  return {
    ...{ notices, trials, done, ended },
    stop() {
      stop.abort();
      return ended;
    },
  };
}

/** What a sweep came to, and what its crew said. */
export interface SweepEnd {
  readonly results: ReadonlyMap<string, TaskResult>;
  /** How many results were given, those again that were computed by a worker that was left out. */
  readonly given: number;
  readonly notices: readonly string[];
  readonly distrusted: readonly string[];
  /** The most workers that were at hand. */
  readonly workers: readonly string[];
}

type SweepOptions = Partial<Omit<QueueCrewOptions, 'connection'>> & {
  readonly signal?: AbortSignal;
  readonly onNotice?: (message: string) => void;
  readonly onResult?: (result: TaskResult) => void;
  /** Leaves everything in Redis as it is, as a sweep that is killed does. */
  readonly isKilled?: boolean;
};

/** Has tasks done over the queue. */
export async function sweepOver(
  url: string,
  tasks: readonly Task[],
  options: SweepOptions = {},
): Promise<SweepEnd> {
  const { signal = new AbortController().signal, onNotice, onResult, isKilled = false, ...rest } = options;
  const results = new Map<string, TaskResult>();
  const [notices, distrusted]: [string[], string[]] = [[], []];
  let given = 0;
  let workers: readonly string[] = [];
  const notice = (message: string) => {
    notices.push(message);
    onNotice?.(message);
  };
  const connection = await connect(url, { onNotice: notice });
  const sweep = rest.sweep ?? sweepIdOf({ tasks: 'small' });
  const crew = await createQueueCrew({
    ...{ connection, sweep, data: DATA, onNotice: notice },
    ...rest,
  }).catch(async (error: unknown) => {
    await connection.close();
    throw error;
  });
  const told: CrewListener = {
    onResult(result) {
      given++;
      results.set(result.id, result);
      onResult?.(result);
    },
    onDistrusted(worker) {
      distrusted.push(worker);
      for (const [id, result] of results)
        if ((result.workers ?? [result.worker]).includes(worker)) results.delete(id);
    },
    onProgress: () => undefined,
    onWorkers(names) {
      if (names.length > workers.length) workers = names;
    },
    onNotice: notice,
  };
  try {
    await crew.run(tasks, told, signal);
  } finally {
    if (isKilled) connection.redis.disconnect();
    else await crew.close();
    await connection.close();
    // This process lives on: the lock of one that is killed is not in the way of the next.
    if (isKilled) await removeLock(url, sweep);
  }
  return { results, given, notices, distrusted, workers };
}

async function removeLock(url: string, sweep: string): Promise<void> {
  const connection = await connect(url);
  await connection.redis.del(`longhand:lock:${sweep}`);
  await connection.close();
}

/** The outcomes alone, which every crew must come to. */
export function outcomesOf(results: ReadonlyMap<string, TaskResult>) {
  return new Map(
    [...results].map(([id, { id: _, worker: _w, workers: _ws, seconds: _s, ...outcome }]) => [id, outcome]),
  );
}
