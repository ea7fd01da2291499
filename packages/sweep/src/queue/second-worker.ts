import { giveUnverified, openCopies, type Piece } from './ledger.js';
import { openPieces, type QueueRun } from './queue-run.js';
import { takeStep } from './take-step.js';

/**
 * Waits for a second worker while all that is open needs one: says so, and after a time gives the
 * results as they are. Call the function again and again, with the workers at hand.
 */
export function createSecondWorkerWatch(run: QueueRun): (workers: readonly string[]) => Promise<void> {
  const { board, told, verifyWaitMs } = run;
  let since: number | undefined;
  let hasTold = false;
  return async (workers) => {
    const left = openPieces(run);
    /** Whether it waits for a worker that has not computed it yet. */
    const isLonely = (piece: Piece) =>
      piece.answers.size > 0 &&
      openCopies(piece).every((copy) => workers.every((name) => piece.asked.get(copy)?.includes(name)));
    if (left.length === 0 || !left.every(isLonely)) {
      since = undefined;
      return;
    }
    since ??= performance.now();
    const single = left.filter(({ answers }) => answers.size === 1);
    if (!hasTold) {
      hasTold = true;
      told.onNotice(waitingFor(left, single, verifyWaitMs));
    }
    if (performance.now() - since < verifyWaitMs || single.length === 0) return;
    for (const piece of single) await board.remove(await takeStep(run, piece, giveUnverified(piece), 1));
    told.onNotice(
      `${single.length === 1 ? '1 result' : `${single.length} results`} could not be verified: there was no second worker`,
    );
  };
}

function waitingFor(left: readonly Piece[], single: readonly Piece[], waitMs: number): string {
  const other = left.find((piece) => !single.includes(piece));
  if (other) {
    return `two workers came to different bits for trial ${other.task.trial}: a third has to decide. Start one`;
  }
  const results = left.length === 1 ? '1 result waits' : `${left.length} results wait`;
  return `${results} to be verified by a second worker: start one within ${Math.round(waitMs / 1000)} s, or they count as they are`;
}
