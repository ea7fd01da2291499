// How much a second thread helps. Beside other programs, each turn starts after a pause, on an idle
// machine. Here the iterations follow each other directly, as in training.
import { WORK } from './full-batch.js';
import { atLeast } from './goals.js';
import { rowsOf, withProcess } from './longhand-alone.js';

export const id = 'secondThread';
export const title = "Second thread: the board's network, m = 41,000, iterations without a pause";
const THREADS = [1, 2];

export async function run({ cores: _, ...pace }) {
  const { layers, examples, alpha } = WORK;
  const rows = await withProcess('second-thread.js', { layers, examples, alpha, threads: THREADS }, (peer) =>
    rowsOf(
      peer,
      THREADS.map((threads) => ({
        id: `threads${threads}`,
        name: `${threads} thread${threads > 1 ? 's' : ''}`,
        request: { threads },
      })),
      pace,
    ),
  );
  const [one, two] = rows.map(({ median }) => median);
  return { unit: 'ms', rows, goals: [atLeast('2 threads, compared with 1', 1.8, one / two)] };
}
