import { distrust } from './distrust.js';
import { decide, type Piece, type Step } from './ledger.js';
import { askAgain, jobsOf, type QueueRun } from './queue-run.js';

/**
 * Does what an answer led to: asks for more computations, or gives the result.
 *
 * @param copy the computation that was answered
 * @returns jobs that nobody needs any more
 */
export async function takeStep(run: QueueRun, piece: Piece, step: Step, copy: number): Promise<string[]> {
  if (step.type === 'ask') await run.board.add([{ ...step, task: piece.task }]);
  if (step.type === 'repeat') await askAgain(run, piece, [copy]);
  if (step.type !== 'settled') return [];
  for (const answer of step.wrong)
    for (const other of await distrust(run, answer, piece)) await takeStep(run, other, decide(other), 1);
  run.told.onResult(step.result);
  run.open--;
  return jobsOf(run, piece);
}
