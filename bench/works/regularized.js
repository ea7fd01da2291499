// The cost of dropout, Adam and augmentation, compared with plain training of the same network.
import { under } from './goals.js';
import { rowsOf, withProcess } from './longhand-alone.js';

export const id = 'regularized';
export const title = 'Dropout, Adam and augmentation: one epoch of 60,000';

const WAYS = {
  plain: 'plain gradient descent',
  dropout: 'with dropout of pixels and hidden units',
  adam: 'with Adam',
  distorted: 'with shift, rotation, scale, shear and elastic distortion',
  all: 'with all of them',
};

/**
 * The networks of two presets with their batch sizes. The larger one does only what the goal needs.
 */
const NETWORKS = [
  { layers: [784, 800, 10], batch: 128, ways: Object.keys(WAYS), most: 15 },
  { layers: [784, 1024, 512, 10], batch: 256, ways: ['plain', 'all'], most: 5 },
];

export async function run({ cores, rounds, ...pace }) {
  const rows = [];
  const goals = [];
  for (const { layers, batch, ways, most } of NETWORKS) {
    const network = `${layers.join(' → ')}, batches of ${batch}`;
    const own = await withProcess('regularized.js', { layers, batch, threads: cores, ways }, (peer, loaded) =>
      rowsOf(
        peer,
        ways.map((way) => ({
          id: `${layers.join('-')}${way}`,
          name: `${network}, ${WAYS[way]}`,
          request: { way },
        })),
        { rounds: Math.min(rounds, most), ...pace },
      ).then((measured) =>
        measured.map((row, k) =>
          ['distorted', 'all'].includes(ways[k])
            ? { ...row, note: `${loaded.nonZeroOfAugmented.toFixed(2)} times as many non-zero pixels` }
            : row,
        ),
      ),
    );
    const median = Object.fromEntries(own.map((row, k) => [ways[k], row.median]));
    rows.push(...own);
    goals.push(
      under(`${network}: all three, added to plain training`, 25, 100 * (median.all / median.plain - 1), '%'),
    );
  }
  return { unit: 'ms', rows, goals };
}
