import { mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Dataset } from '@longhand/core';
import type { CrewListener } from '../crew.js';
import { fileStore } from '../processes/file-store.js';
import { createPool } from '../processes/pool.js';
import type { TaskReport } from '../run/run-task.js';
import type { StateStore, Task } from '../task.js';
import { QueueError } from './queue-error.js';
import type { Work } from './worker-options.js';

/** What processes of a worker work with. */
export interface ProcessWorkOptions {
  /** The data, by their fingerprints. */
  readonly datasets: ReadonlyMap<string, Dataset>;
  /** Threads of each process. */
  readonly threads: number;
  /** A folder for states on their way to the queue. */
  readonly folder: string;
  /** The time between two saved states, in ms. Default 5,000. */
  readonly every?: number;
  /** One line about something that does not end the work. */
  readonly onNotice: (message: string) => void;
}

/** A process that does one task after another, and the folder of its states. */
interface Lane {
  readonly folder: string;
  readonly pool: ReturnType<typeof createPool>;
}

const DEFAULT_EVERY_MS = 5000;
/** How the pool says that a task ended for no reason of its own. */
const LOST = /^\d+ processes died over it: /;

/**
 * Does tasks in processes of their own, one each, so that this one is always free to tell the queue
 * that it lives.
 */
export function createProcessWork(options: ProcessWorkOptions): {
  readonly work: Work;
  readonly close: () => Promise<void>;
} {
  const { datasets, threads, folder, every = DEFAULT_EVERY_MS, onNotice } = options;
  const idle = new Map<string, Lane[]>();
  const all: Lane[] = [];

  async function take(fingerprint: string): Promise<Lane> {
    const free = idle.get(fingerprint)?.pop();
    if (free) return free;
    const dataset = datasets.get(fingerprint);
    if (!dataset) throw new QueueError(`this worker lacks the data ${fingerprint.slice(0, 12)}…`);
    const states = path.join(folder, String(all.length));
    await mkdir(states, { recursive: true });
    const lane = {
      folder: states,
      pool: createPool({ dataset, processes: 1, threads, states, every }),
    };
    all.push(lane);
    return lane;
  }

  return {
    async work(task, { states, signal, onProgress }) {
      const lane = await take(task.data);
      try {
        return await workIn(lane, task, { states, signal, onProgress, every, onNotice });
      } finally {
        idle.set(task.data, [...(idle.get(task.data) ?? []), lane]);
      }
    },
    async close() {
      await Promise.all(all.map(({ pool }) => pool.close()));
    },
  };
}

interface LaneContext {
  readonly states: StateStore;
  readonly signal: AbortSignal;
  readonly onProgress: (updates: number) => void;
  readonly every: number;
  readonly onNotice: (message: string) => void;
}

async function workIn({ folder, pool }: Lane, task: Task, context: LaneContext): Promise<TaskReport> {
  const { states, signal, every, onNotice } = context;
  const files = fileStore(folder, onNotice);
  await fetchState(task, states, files);
  const uploads = createUploads(path.join(folder, `${task.id}.ckpt`), task.id, states);
  const timer = setInterval(() => uploads.upload().catch(() => undefined), every);
  let report: TaskReport | undefined;
  const told: CrewListener = {
    onResult: ({ worker: _, ...rest }) => {
      report = rest;
    },
    onProgress: (_, __, updates) => context.onProgress(updates),
    onWorkers: () => undefined,
    onNotice,
  };
  try {
    await pool.run([task], told, signal);
  } finally {
    clearInterval(timer);
    await uploads.upload().catch(() => undefined);
    await files.remove(task.after === undefined ? [task.id] : [task.id, task.after]);
  }
  if (report === undefined) {
    signal.throwIfAborted();
    throw new QueueError('its process ended without a result');
  }
  // Another machine may have the memory that this one lacks.
  if (report.type === 'failed' && LOST.test(report.reason)) throw new QueueError(report.reason);
  return report;
}

/** Fetches the furthest state that the task can go on from. */
async function fetchState(task: Task, from: StateStore, to: StateStore): Promise<void> {
  for (const id of task.after === undefined ? [task.id] : [task.id, task.after]) {
    const state = await from.load(id);
    if (!state) continue;
    await to.save(id, state);
    return;
  }
}

/** Sends a state whenever its file has changed; one at a time. */
function createUploads(file: string, id: string, states: StateStore) {
  let sent: number | undefined;
  let sending: Promise<void> = Promise.resolve();
  const send = async () => {
    const changed = await stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
    if (changed === undefined || changed === sent) return;
    sent = changed;
    await states.save(id, await readFile(file));
  };
  return {
    upload(): Promise<void> {
      sending = sending.then(send, send);
      return sending;
    },
  };
}
