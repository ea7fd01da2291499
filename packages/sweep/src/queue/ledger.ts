import type { Task, TaskResult } from '../task.js';
import type { JobAnswer } from './job-payload.js';
import { judge } from './verification.js';

/** A task and all that workers answered to it. */
export interface Piece {
  readonly task: Task;
  /** Whether two workers must agree. */
  readonly isChecked: boolean;
  /** The computations that were asked for, from 1, and who must not do them. */
  readonly asked: Map<number, readonly string[]>;
  readonly answers: Map<number, JobAnswer>;
  /** The answer that was given to the sweep. */
  given: JobAnswer | undefined;
}

/** What an answer led to. */
export type Step =
  | { readonly type: 'nothing' }
  /** The answer has bits of a worker that was left out: it must be computed again. */
  | { readonly type: 'repeat' }
  | { readonly type: 'ask'; readonly copy: number; readonly except: readonly string[] }
  | { readonly type: 'settled'; readonly result: TaskResult; readonly wrong: readonly JobAnswer[] };

export function createPiece(task: Task, isChecked: boolean): Piece {
  return { task, isChecked, asked: new Map([[1, []]]), answers: new Map(), given: undefined };
}

/** The computations that no worker has answered yet. */
export function openCopies({ asked, answers }: Piece): number[] {
  return [...asked.keys()].filter((copy) => !answers.has(copy));
}

/**
 * Takes an answer. A second one to the same computation changes nothing.
 *
 * @param leftOut workers that computed wrong bits
 */
export function takeAnswer(
  piece: Piece,
  copy: number,
  answer: JobAnswer,
  leftOut: ReadonlySet<string>,
): Step {
  if (piece.given || piece.answers.has(copy)) return { type: 'nothing' };
  if (answer.workers.some((worker) => leftOut.has(worker))) return { type: 'repeat' };
  piece.answers.set(copy, answer);
  if (!piece.asked.has(copy)) piece.asked.set(copy, []);
  return decide(piece);
}

/** What the answers at hand lead to. */
export function decide(piece: Piece): Step {
  const { answers, asked, isChecked } = piece;
  const inOrder = [...answers].sort(([a], [b]) => a - b).map(([, answer]) => answer);
  if (inOrder.length === 0) return { type: 'nothing' };
  const verdict = judge(inOrder, isChecked);
  if (verdict.type === 'settled') return give(piece, verdict.answer, verdict.wrong);
  if (openCopies(piece).length > 0) return { type: 'nothing' };
  const copy = Math.max(...asked.keys()) + 1;
  asked.set(copy, verdict.except);
  return { type: 'ask', copy, except: verdict.except };
}

/** Gives the first answer without another that agrees. */
export function giveUnverified(piece: Piece): Step {
  const [first] = [...piece.answers].sort(([a], [b]) => a - b);
  return first ? give(piece, first[1], []) : { type: 'nothing' };
}

function give(piece: Piece, answer: JobAnswer, wrong: readonly JobAnswer[]): Step {
  piece.given = answer;
  const { outcome, worker, workers, seconds } = answer;
  const result = { ...outcome, id: piece.task.id, worker, seconds };
  return { type: 'settled', result: workers.length > 1 ? { ...result, workers } : result, wrong };
}

/**
 * Drops all that a worker had a part in.
 *
 * @returns the computations to ask for again
 */
export function dropWorker(piece: Piece, worker: string): number[] {
  const dropped = [...piece.answers].filter(([, { workers }]) => workers.includes(worker));
  for (const [copy] of dropped) piece.answers.delete(copy);
  if (piece.given?.workers.includes(worker)) piece.given = undefined;
  return piece.given ? [] : dropped.map(([copy]) => copy);
}
