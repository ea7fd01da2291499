import type { QueueEvents } from 'bullmq';
import type { CrewListener } from '../crew.js';
import type { Task } from '../task.js';
import type { QueueConnection } from './connection.js';
import type { Ask, JobBoard } from './job-board.js';
import { jobId } from './keys.js';
import { createPiece, type Piece } from './ledger.js';
import { isVerified } from './verification.js';

/** What a run over a queue works with. */
export interface RunContext {
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
  /** Aborted when another process has taken the sweep over. */
  readonly lost: AbortSignal;
}

/** Tasks that are done over a queue, and how far they are. */
export interface QueueRun extends RunContext {
  /** By the ids of their tasks. */
  readonly pieces: ReadonlyMap<string, Piece>;
  /** How many have no result yet. */
  open: number;
  /** Nobody wants results any more. */
  isStopped: boolean;
}

export function createQueueRun(tasks: readonly Task[], context: RunContext): QueueRun {
  const { share, seed } = context.verify;
  const pieces = new Map(
    tasks.map((task) => [task.id, createPiece(task, isVerified(task.id, share, seed))] as const),
  );
  return { ...context, pieces, open: pieces.size, isStopped: false };
}

export function openPieces({ pieces }: QueueRun): Piece[] {
  return [...pieces.values()].filter(({ given }) => !given);
}

export function askOf({ task, asked }: Piece, copy: number): Ask {
  return { task, copy, except: asked.get(copy) ?? [] };
}

/** The ids of all jobs that a piece asked for. */
export function jobsOf({ sweep }: QueueRun, { task, asked }: Piece): string[] {
  return [...asked.keys()].map((copy) => jobId(sweep, task.id, copy));
}

/** Has computations done once more. */
export async function askAgain(
  { board, sweep }: QueueRun,
  piece: Piece,
  copies: readonly number[],
): Promise<void> {
  await board.remove(copies.map((copy) => jobId(sweep, piece.task.id, copy)));
  await board.add(copies.map((copy) => askOf(piece, copy)));
}
