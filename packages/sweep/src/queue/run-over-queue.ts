import type { Task } from '../task.js';
import { hearEvents } from './hear-events.js';
import { jobId, parseJobId } from './keys.js';
import { openCopies, type Piece, takeAnswer } from './ledger.js';
import { QueueError } from './queue-error.js';
import { askOf, createQueueRun, openPieces, type QueueRun, type RunContext } from './queue-run.js';
import { createSecondWorkerWatch } from './second-worker.js';
import { createSleeper, type Sleeper } from './sleeper.js';
import { takeStep } from './take-step.js';
import { createWorkerWatch } from './worker-watch.js';

/** How often it looks for itself, whatever events say: more often at first. */
const LOOK_MS = { first: 50, most: 2000 };
const SLEEP_MS = 500;
/** How often it looks whether jobs have vanished: Redis may have lost its last second. */
const MISSING_MS = 10_000;
const WORKERS_MS = 2000;
const BATCH = 100;
const CLEAN_UP_MS = 3000;

/**
 * Has tasks done by the workers at a queue, until all have a result or the signal is aborted.
 *
 * @throws QueueError for a task that no worker could compute, or when another process took the sweep over
 */
export async function runOverQueue(tasks: readonly Task[], context: RunContext): Promise<void> {
  const { signal, lost, board } = context;
  const run = createQueueRun(tasks, context);
  const hints: Hints = { ended: new Set(), mayHaveLost: false, sleeper: createSleeper() };
  const deafen = hearEvents(run, {
    onEnd(id) {
      hints.ended.add(id);
      hints.sleeper.wake();
    },
    onBack() {
      hints.mayHaveLost = true;
      hints.sleeper.wake();
    },
  });
  const { promise: aborted, stop } = abortOf(AbortSignal.any([signal, lost]));
  try {
    await Promise.race([toTheEnd(run, hints), aborted]);
    lost.throwIfAborted();
    if (signal.aborted) await Promise.race([board.removeWaiting(), pause(CLEAN_UP_MS)]);
  } finally {
    stop();
    run.isStopped = true;
    hints.sleeper.wake();
    deafen();
  }
}

/** What the loop has heard since it looked last. */
interface Hints {
  /** Ids of jobs that may have ended. */
  readonly ended: Set<string>;
  /** Whether Redis was away. */
  mayHaveLost: boolean;
  readonly sleeper: Sleeper;
}

async function toTheEnd(run: QueueRun, hints: Hints): Promise<void> {
  const watchWorkers = createWorkerWatch(run);
  const watchSecond = createSecondWorkerWatch(run);
  await begin(run);
  const started = performance.now();
  const last = { look: Number.NEGATIVE_INFINITY, missing: started, workers: Number.NEGATIVE_INFINITY };
  const isDue = (what: keyof typeof last, every: number) => {
    const now = performance.now();
    if (now - last[what] < every) return false;
    last[what] = now;
    return true;
  };
  while (run.open > 0 && !run.isStopped) {
    const elapsed = performance.now() - started;
    if (isDue('look', Math.min(LOOK_MS.most, LOOK_MS.first + elapsed / 4))) await look(run, hints);
    while (hints.ended.size > 0 && !run.isStopped) await takeEnded(run, hints);
    if (run.open === 0 || run.isStopped) break;
    if (hints.mayHaveLost || isDue('missing', MISSING_MS)) {
      hints.mayHaveLost = false;
      await addMissing(run);
    }
    if (isDue('workers', WORKERS_MS)) await watchSecond(await watchWorkers(elapsed));
    if (run.open > 0) await hints.sleeper.sleep(Math.min(SLEEP_MS, LOOK_MS.first + elapsed / 4));
  }
}

/** Adds the jobs; what ended before this sweep was resumed is found by looking. */
async function begin({ board, pieces }: QueueRun): Promise<void> {
  await board.remove(await board.failed());
  await board.add([...pieces.values()].map((piece) => askOf(piece, 1)));
}

async function look({ board, pieces }: QueueRun, { ended }: Hints): Promise<void> {
  const strangers: string[] = [];
  for (const id of await board.ended()) {
    const piece = pieces.get(parseJobId(id)!.task);
    if (piece && !piece.given) ended.add(id);
    // A result that was taken before: the sweep was killed before it could remove the job.
    else strangers.push(id);
  }
  await board.remove(strangers);
}

async function takeEnded(run: QueueRun, { ended }: Hints): Promise<void> {
  const { board, pieces, leftOut } = run;
  const ids = [...ended].slice(0, BATCH);
  for (const id of ids) ended.delete(id);
  const ends = await Promise.all(ids.map((id) => board.end(id)));
  if (run.isStopped) return;
  const done: string[] = [];
  for (const [index, id] of ids.entries()) {
    const end = ends[index];
    const { task, copy } = parseJobId(id)!;
    const piece = pieces.get(task);
    if (!end || !piece || piece.given) continue;
    if (end.type === 'failed') throw failureOf(piece, end);
    done.push(...(await takeStep(run, piece, takeAnswer(piece, copy, end.answer, leftOut), copy)));
  }
  await board.remove(done);
}

/** Adds jobs once more that Redis forgot. */
async function addMissing(run: QueueRun): Promise<void> {
  const { board, sweep } = run;
  const asks = openPieces(run).flatMap((piece) => openCopies(piece).map((copy) => askOf(piece, copy)));
  const byId = new Map(asks.map((ask) => [jobId(sweep, ask.task.id, ask.copy), ask]));
  const missing = await board.missing([...byId.keys()]);
  if (missing.length > 0) await board.add(missing.map((id) => byId.get(id)!));
}

function failureOf({ task }: Piece, end: { readonly reason: string; readonly worker: string | undefined }) {
  const { reason, worker } = end;
  const by = worker === undefined ? '' : ` (${worker})`;
  return new QueueError(`trial ${task.trial} could not be computed: ${reason}${by}`);
}

function abortOf(signal: AbortSignal): { readonly promise: Promise<void>; readonly stop: () => void } {
  let listen = () => {};
  const promise = new Promise<void>((resolve) => {
    listen = resolve;
    signal.addEventListener('abort', listen, { once: true });
  });
  return { promise, stop: () => signal.removeEventListener('abort', listen) };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
