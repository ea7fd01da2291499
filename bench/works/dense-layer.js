import { atLeast } from './goals.js';
import { rowsOf, withProcess } from './longhand-alone.js';

export const id = 'denseLayer';
export const title = 'Dense layer 800 → 800, batch 128: forward and both gradients, one core';

export async function run({ rounds, sliceMs }) {
  return withProcess('dense-layer.js', {}, async (peer, { layer, limits }) => {
    const rate = (count) => (ms) => count / ms / 1e6;
    const rows = await rowsOf(
      peer,
      [
        {
          id: 'longhand1',
          name: "**Longhand**'s kernels, including packing",
          request: {},
          measure: rate(layer),
        },
        ...limits.map(({ chains, count }) => ({
          id: `limit${chains}`,
          name: `128-bit SIMD: ${chains} independent chains of multiply-add in registers`,
          request: { chains },
          measure: rate(count),
        })),
      ],
      { rounds, sliceMs: sliceMs / 3 },
    );
    const [own, ...measured] = rows;
    const limit = measured.reduce((best, row) => (row.median > best.median ? row : best));
    return {
      unit: 'G multiply-adds/s',
      rows: [own, limit],
      tried: measured,
      goals: [atLeast('of the measured limit of 128-bit SIMD', 75, (100 * own.median) / limit.median, '%')],
    };
  });
}
