import { under } from './goals.js';
import { rowsOf, withProcess } from './longhand-alone.js';

export const id = 'scaling';
export const title = "Time per example for different m: the board's network, full batch";
const SIZES = [1_000, 4_000, 16_000, 60_000, 240_000, 480_000];

export async function run({ cores, ...pace }) {
  const rows = [];
  const goals = [];
  for (const threads of [...new Set([cores, 1])]) {
    const counted = `${threads} thread${threads > 1 ? 's' : ''}`;
    const own = await withProcess('scaling.js', { sizes: SIZES, threads }, (peer) =>
      rowsOf(
        peer,
        SIZES.map((m) => ({
          id: `m${m}threads${threads}`,
          name: `m = ${m.toLocaleString('en-US')}, ${counted}`,
          request: { m },
          measure: (ms) => (1e6 * ms) / m,
        })),
        pace,
      ),
    );
    const medians = own.map(({ median }) => median);
    const apart = 100 * (Math.max(...medians) / Math.min(...medians) - 1);
    rows.push(...own);
    goals.push(under(`${counted}, slowest compared with fastest`, 15, apart, '%'));
  }
  return { unit: 'ns per example', rows, goals };
}
