import type { QueueEvents } from 'bullmq';
import type { CrewListener } from '../crew.js';
import type { Task } from '../task.js';
import type { QueueConnection } from './connection.js';
import type { Ask, JobBoard } from './job-board.js';
import type { JobAnswer } from './job-payload.js';
import { jobId, keysOf, parseJobId } from './keys.js';
import {
  createPiece,
  decide,
  dropWorker,
  giveUnverified,
  openCopies,
  type Piece,
  type Step,
  takeAnswer,
} from './ledger.js';
import { leaveOut, workersWith } from './members.js';
import { QueueError } from './queue-error.js';
import { createSleeper } from './sleeper.js';
import { isVerified } from './verification.js';

interface RunContext {
  readonly connection: QueueConnection;
  readonly prefix: string;
  readonly sweep: string;
  readonly data: { readonly name: string; readonly fingerprint: string };
  readonly verify: { readonly share: number; readonly seed: number };
  readonly verifyWaitMs: number;
  readonly board: JobBoard;
  readonly events: QueueEvents;
  /** Workers that computed wrong bits: it grows. */
  readonly leftOut: Set<string>;
  readonly told: CrewListener;
  readonly signal: AbortSignal;
}

/** How often it looks for itself, whatever events say: more often at first. */
const LOOK_MS = { first: 50, most: 2000 };
/** How often it looks whether jobs have vanished: Redis may have lost its last second. */
const MISSING_MS = 10_000;
const WORKERS_MS = 2000;
const NO_WORKERS_MS = 5000;
const BATCH = 100;
const CLEAN_UP_MS = 3000;

/** Has tasks done by the workers at a queue, until all have a result or the signal is aborted. */
export async function runOverQueue(tasks: readonly Task[], context: RunContext): Promise<void> {
  const { signal, events, board } = context;
  const run = createRun(tasks, context);
  const listeners = {
    completed: ({ jobId: id }: { jobId: string }) => run.hear(id),
    failed: ({ jobId: id }: { jobId: string }) => run.hear(id),
    progress: ({ jobId: id, data }: { jobId: string; data: unknown }) => run.hearProgress(id, data),
    stalled: ({ jobId: id }: { jobId: string }) => run.hearStalled(id),
  };
  for (const [event, listener] of Object.entries(listeners))
    events.on(event as 'completed', listener as (args: { jobId: string }) => void);
  const { promise: aborted, stop } = abortOf(signal);
  const { redis } = context.connection;
  redis.on('ready', run.hearBack);
  try {
    await Promise.race([run.toTheEnd(), aborted]);
    if (signal.aborted) await Promise.race([board.removeWaiting(), pause(CLEAN_UP_MS)]);
  } finally {
    stop();
    run.stop();
    redis.off('ready', run.hearBack);
    for (const [event, listener] of Object.entries(listeners))
      events.off(event as 'completed', listener as (args: { jobId: string }) => void);
  }
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

function createRun(tasks: readonly Task[], context: RunContext) {
  const { connection, prefix, sweep, verify, verifyWaitMs, board, leftOut, told } = context;
  const pieces = new Map<string, Piece>(
    tasks.map((task) => [task.id, createPiece(task, isVerified(task.id, verify.share, verify.seed))]),
  );
  /** Ids of jobs that may have ended. */
  const heard = new Set<string>();
  const sleeper = createSleeper();
  let isStopped = false;
  /** Whether Redis was away. */
  let mayHaveLost = false;
  let open = pieces.size;
  let workers: readonly string[] | undefined;

  const askOf = ({ task, asked }: Piece, copy: number): Ask => ({
    task,
    copy,
    except: asked.get(copy) ?? [],
  });
  const idsOf = ({ task, asked }: Piece) => [...asked.keys()].map((copy) => jobId(sweep, task.id, copy));
  const openPieces = () => [...pieces.values()].filter(({ given }) => !given);

  /** Adds the jobs; what ended before this sweep was resumed is found by looking. */
  async function begin(): Promise<void> {
    await board.remove(await board.failed());
    await board.add([...pieces.values()].map((piece) => askOf(piece, 1)));
  }

  async function look(): Promise<void> {
    const strangers: string[] = [];
    for (const id of await board.ended()) {
      const piece = pieces.get(parseJobId(id)!.task);
      if (piece && !piece.given) heard.add(id);
      // A result that was taken before: the sweep was killed before it could remove the job.
      else strangers.push(id);
    }
    await board.remove(strangers);
  }

  async function takeHeard(): Promise<void> {
    const ids = [...heard].slice(0, BATCH);
    for (const id of ids) heard.delete(id);
    const ends = await Promise.all(ids.map((id) => board.end(id)));
    if (isStopped) return;
    const done: string[] = [];
    for (const [index, id] of ids.entries()) {
      const end = ends[index];
      const { task, copy } = parseJobId(id)!;
      const piece = pieces.get(task);
      if (!end || !piece || piece.given) continue;
      if (end.type === 'failed') throw failureOf(piece, end);
      done.push(...(await follow(piece, takeAnswer(piece, copy, end.answer, leftOut), copy)));
    }
    await board.remove(done);
  }

  /** @returns jobs that nobody needs any more */
  async function follow(piece: Piece, step: Step, copy: number): Promise<string[]> {
    if (step.type === 'ask') await board.add([{ ...step, task: piece.task }]);
    if (step.type === 'repeat') await askAgain(piece, [copy]);
    if (step.type !== 'settled') return [];
    for (const answer of step.wrong) await distrust(answer, piece);
    told.onResult(step.result);
    open--;
    return idsOf(piece);
  }

  async function askAgain(piece: Piece, copies: readonly number[]): Promise<void> {
    await board.remove(copies.map((copy) => jobId(sweep, piece.task.id, copy)));
    await board.add(copies.map((copy) => askOf(piece, copy)));
  }

  /** Names and leaves out a worker whose bits two others contradict. */
  async function distrust({ workers: parts }: JobAnswer, { task }: Piece): Promise<void> {
    const [worker] = parts;
    if (parts.length > 1) {
      told.onNotice(
        `trial ${task.trial}: ${parts.join(' and ')} took turns at it and came to wrong bits; it is not known which of them. The result of two others counts`,
      );
      return;
    }
    if (leftOut.has(worker!)) return;
    leftOut.add(worker!);
    await leaveOut(connection, prefix, worker!, `it computed wrong bits for trial ${task.trial}`);
    told.onNotice(
      `${worker} computed wrong bits for trial ${task.trial}, as two others found: it is left out, and its results are computed again`,
    );
    told.onDistrusted?.(worker!);
    for (const piece of pieces.values()) {
      const wasGiven = piece.given !== undefined;
      const copies = dropWorker(piece, worker!);
      if (wasGiven && !piece.given) open++;
      await connection.redis.unlink(keysOf(prefix).state(sweep, piece.task.id));
      if (copies.length > 0) await askAgain(piece, copies);
      else if (wasGiven && !piece.given) await follow(piece, decide(piece), 1);
    }
  }

  async function addMissing(): Promise<void> {
    const asks = openPieces().flatMap((piece) => openCopies(piece).map((copy) => askOf(piece, copy)));
    const byId = new Map(asks.map((ask) => [jobId(sweep, ask.task.id, ask.copy), ask]));
    const missing = await board.missing([...byId.keys()]);
    if (missing.length > 0) await board.add(missing.map((id) => byId.get(id)!));
  }

  const tellOfWorkers = createWorkerWatch(context, (found) => {
    workers = found;
  });
  let lonelySince: number | undefined;
  let hasToldLonely = false;

  /** Whether all that is open waits for a worker that has not computed it yet. */
  async function watchLonely(): Promise<void> {
    const left = openPieces();
    const isLonely = (piece: Piece) =>
      piece.answers.size > 0 &&
      openCopies(piece).every((copy) => workers?.every((name) => piece.asked.get(copy)?.includes(name)));
    if (left.length === 0 || !left.every(isLonely)) {
      lonelySince = undefined;
      return;
    }
    lonelySince ??= performance.now();
    const single = left.filter(({ answers }) => answers.size === 1);
    if (!hasToldLonely) {
      hasToldLonely = true;
      told.onNotice(
        single.length === left.length
          ? `${left.length === 1 ? '1 result waits' : `${left.length} results wait`} to be verified by a second worker: start one within ${Math.round(verifyWaitMs / 1000)} s, or they count as they are`
          : `two workers came to different bits for trial ${left.find((piece) => !single.includes(piece))!.task.trial}: a third has to decide. Start one`,
      );
    }
    if (performance.now() - lonelySince < verifyWaitMs || single.length === 0) return;
    for (const piece of single) await board.remove(await follow(piece, giveUnverified(piece), 1));
    told.onNotice(
      `${single.length === 1 ? '1 result' : `${single.length} results`} could not be verified: there was no second worker`,
    );
  }

  async function toTheEnd(): Promise<void> {
    await begin();
    const started = performance.now();
    const last = { look: Number.NEGATIVE_INFINITY, missing: started, workers: Number.NEGATIVE_INFINITY };
    const isDue = (what: keyof typeof last, every: number) => {
      const now = performance.now();
      if (now - last[what] < every) return false;
      last[what] = now;
      return true;
    };
    while (open > 0 && !isStopped) {
      const elapsed = performance.now() - started;
      if (isDue('look', Math.min(LOOK_MS.most, LOOK_MS.first + elapsed / 4))) await look();
      while (heard.size > 0 && !isStopped) await takeHeard();
      if (open === 0 || isStopped) break;
      if (mayHaveLost || isDue('missing', MISSING_MS)) {
        mayHaveLost = false;
        await addMissing();
      }
      if (isDue('workers', WORKERS_MS)) {
        await tellOfWorkers(elapsed);
        await watchLonely();
      }
      if (open > 0) await sleeper.sleep(Math.min(500, LOOK_MS.first + elapsed / 4));
    }
  }

  return {
    toTheEnd,
    hear(id: string) {
      if (parseJobId(id)?.sweep !== sweep) return;
      heard.add(id);
      sleeper.wake();
    },
    hearProgress(id: string, progress: unknown) {
      const parsed = parseJobId(id);
      if (parsed?.sweep !== sweep || !pieces.has(parsed.task)) return;
      const { worker, updates } = (progress ?? {}) as { worker?: unknown; updates?: unknown };
      if (typeof worker !== 'string' || typeof updates !== 'number') return;
      told.onProgress(parsed.task, worker, updates);
    },
    hearStalled(id: string) {
      const parsed = parseJobId(id);
      const piece = parsed?.sweep === sweep ? pieces.get(parsed.task) : undefined;
      if (!piece || piece.given) return;
      board
        .workerOf(id)
        .then((worker) => {
          if (isStopped) return;
          told.onNotice(
            `${worker ?? 'a worker'} was lost: its trial ${piece.task.trial} goes to another worker`,
          );
        })
        .catch(() => undefined);
    },
    hearBack() {
      mayHaveLost = true;
      sleeper.wake();
    },
    stop() {
      isStopped = true;
      sleeper.wake();
    },
  };
}

function failureOf({ task }: Piece, end: { readonly reason: string; readonly worker: string | undefined }) {
  const { reason, worker } = end;
  const by = worker === undefined ? '' : ` (${worker})`;
  return new QueueError(`trial ${task.trial} could not be computed: ${reason}${by}`);
}

/** Tells which workers are at hand, and once if there is none. */
function createWorkerWatch(
  { connection, prefix, data, told }: RunContext,
  onFound: (workers: readonly string[]) => void,
): (elapsedMs: number) => Promise<void> {
  let known: string | undefined;
  let hasToldNone = false;
  return async (elapsedMs) => {
    const workers = await workersWith(connection, prefix, data.fingerprint);
    onFound(workers);
    if (workers.join('\n') !== known) told.onWorkers(workers);
    known = workers.join('\n');
    if (workers.length > 0) hasToldNone = false;
    else if (!hasToldNone && elapsedMs >= NO_WORKERS_MS) {
      hasToldNone = true;
      told.onNotice(`no worker at the queue has ${data.name}: waiting for one (longhand worker --help)`);
    }
  };
}
