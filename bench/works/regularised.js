// What dropout, Adam and distorted pictures cost on top of plain training of the same network.
import { under } from './goals.js';
import { rowsOf, withProcess } from './longhand-alone.js';

export const id = 'regularised';
const LAYERS = [784, 800, 10];
const BATCH = 128;
export const title = `Dropout, Adam and distorted pictures: ${LAYERS.join(' → ')}, mini-batches of ${BATCH}, an epoch of 60,000`;

const WAYS = {
  plain: 'plain gradient descent',
  dropout: 'with dropout, of pixels and hidden units',
  adam: 'with Adam',
  distorted: 'with shift, rotation, scale, shear and elastic distortion',
  all: 'with all of them',
};

export async function run({ cores, rounds, ...pace }) {
  const ways = Object.entries(WAYS).map(([way, name]) => ({ id: way, name, request: { way } }));
  const rows = await withProcess(
    'regularised.js',
    { layers: LAYERS, batch: BATCH, threads: cores },
    (peer, { inkOfDistorted }) =>
      rowsOf(peer, ways, { rounds: Math.min(rounds, 9), ...pace }).then((measured) =>
        measured.map((row) =>
          row.id === 'distorted' || row.id === 'all'
            ? { ...row, note: `${inkOfDistorted.toFixed(2)} times the ink` }
            : row,
        ),
      ),
  );
  const median = Object.fromEntries(rows.map((row) => [row.id, row.median]));
  const more = 100 * (median.all / median.plain - 1);
  return { unit: 'ms', rows, goals: [under('all three, on top of plain training', 25, more, '%')] };
}
