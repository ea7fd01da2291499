import { amount } from '../text.js';
import { keepRuns } from './kept-runs.js';
import { runOf } from './record-run.js';
import { readRunLog } from './run-log.js';
import { runs } from './runs.js';

/**
 * Adds the runs of a log of the command to those on the page Train.
 *
 * @returns what was done, a sentence
 * @throws DataError if it is no log
 */
export async function openRunLog(file: string, text: string): Promise<string> {
  const logged = readRunLog(file, text);
  await keepRuns();
  const known = new Set(runs.peek().map(({ id }) => id));
  const fresh = logged.filter(({ id }) => !known.has(id));
  const first = 1 + Math.max(0, ...runs.peek().map(({ number }) => number));
  const added = fresh.map((record, k) => runOf({ ...record, number: first + k }));
  runs.value = [...runs.peek(), ...added];
  const isKnown = fresh.length < logged.length ? ', already here' : '';
  return `${file}: ${amount(logged.length, 'run')} of the command${isKnown}. Compare on the page Train.`;
}
