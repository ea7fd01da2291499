import type { JobAnswer } from './job-payload.js';
import { keysOf } from './keys.js';
import { dropWorker, type Piece } from './ledger.js';
import { leaveOut } from './members.js';
import { askAgain, type QueueRun } from './queue-run.js';

/**
 * Names and leaves out a worker whose bits two others contradict, and has all that it had a part in
 * computed again.
 *
 * @returns pieces that lost their result, and have answers of other workers: what these lead to is to
 *   be decided again
 */
export async function distrust(
  run: QueueRun,
  { workers: parts }: JobAnswer,
  { task }: Piece,
): Promise<Piece[]> {
  const { connection, prefix, sweep, leftOut, told } = run;
  const [worker] = parts;
  if (parts.length > 1) {
    told.onNotice(
      `trial ${task.trial}: ${parts.join(' and ')} took turns at it and came to wrong bits; it is not known which of them. The result of two others counts`,
    );
    return [];
  }
  if (leftOut.has(worker!)) return [];
  leftOut.add(worker!);
  await leaveOut(connection, prefix, worker!, `it computed wrong bits for trial ${task.trial}`);
  told.onNotice(
    `${worker} computed wrong bits for trial ${task.trial}, as two others found: it is left out, and its results are computed again`,
  );
  told.onDistrusted?.(worker!);
  const undecided: Piece[] = [];
  for (const piece of run.pieces.values()) {
    const wasGiven = piece.given !== undefined;
    const copies = dropWorker(piece, worker!);
    const isTaken = wasGiven && !piece.given;
    if (isTaken) run.open++;
    await connection.redis.unlink(keysOf(prefix).state(sweep, piece.task.id));
    if (copies.length > 0) await askAgain(run, piece, copies);
    else if (isTaken) undecided.push(piece);
  }
  return undecided;
}
