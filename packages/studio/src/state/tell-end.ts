import { amount, percent } from '../text.js';
import { inform, notify } from './notifications.js';
import type { Run } from './run.js';
import { diagnosisOf } from './run-figures.js';

/** Waits until a run has ended, and says how it did on the test set, if that was opened. */
export async function tellEnd(run: Run, ended: Promise<void>): Promise<void> {
  await ended;
  const test = run.trained.peek()?.test;
  if (!test) return;
  const result = `${percent(test.accuracy, 2)} on the ${amount(test.examples, 'test example')}`;
  if (diagnosisOf(run)?.hasLearned) notify(`Trained: ${result}.`);
  else
    inform(
      `Run ${run.number} has not learned: ${result} is about chance. Below the curves it says what to try.`,
    );
}
