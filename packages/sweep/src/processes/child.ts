// One process of the pool: it gets the data once, then task after task.
import { Dataset } from '@longhand/core';
import { runTask } from '../run/run-task.js';
import { taskFrom } from '../run/task-from.js';
import type { StateStore, Task } from '../task.js';
import { fileStore } from './file-store.js';
import type { Answer, Order } from './protocol.js';

/** Progress is told at most so often, in ms. */
const TOLD_EVERY = 200;

interface Workplace {
  readonly dataset: Dataset;
  readonly threads: number;
  readonly every: number;
  readonly store: StateStore;
}

const stopped = new AbortController();
let workplace: Workplace | undefined;
let work: Promise<void> = Promise.resolve();

// Ctrl-C goes to every process of a terminal: the pool says when to stop.
for (const name of ['SIGINT', 'SIGHUP'] as const) process.on(name, () => undefined);
// Without its parent nobody wants the result.
process.on('disconnect', () => process.exit());
process.on('message', (order: Order) => {
  if (order.type === 'start') workplace = openWorkplace(order);
  else if (order.type === 'ping') tell({ type: 'pong', cpuMs: computedMs() });
  else if (order.type === 'task') work = work.then(() => doTask(order.task));
  else {
    stopped.abort();
    void work.finally(() => process.disconnect());
  }
});

function openWorkplace({ dataset, threads, states, every }: Extract<Order, { type: 'start' }>): Workplace {
  const store = fileStore(states, (message) => tell({ type: 'notice', message }));
  tell({ type: 'ready' });
  return { dataset: new Dataset(dataset), threads, every, store };
}

async function doTask(json: Task): Promise<void> {
  const { id } = json;
  let told = 0;
  const onProgress = (updates: number) => {
    if (performance.now() - told < TOLD_EVERY) return;
    told = performance.now();
    tell({ type: 'progress', id, updates });
  };
  try {
    const task = taskFrom(json);
    const {
      id: _,
      seconds,
      ...outcome
    } = await runTask(task, { ...workplace!, signal: stopped.signal, onProgress });
    tell({ type: 'result', id, seconds, outcome });
  } catch (error) {
    if (!stopped.signal.aborted) tell({ type: 'broken', id, reason: (error as Error).message });
  }
}

function computedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function tell(answer: Answer): void {
  // The pipe may have closed already.
  process.send?.(answer, () => undefined);
}
