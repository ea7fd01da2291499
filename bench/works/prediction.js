import { under } from './goals.js';
import { rowsOf, withProcess } from './longhand-alone.js';

export const id = 'prediction';
export const title = "Prediction with the board's network, after warm-up";

export async function run({ cores, ...pace }) {
  const rows = await withProcess('prediction.js', { threads: cores }, (peer) =>
    rowsOf(
      peer,
      [
        { id: 'one', name: 'one digit (µs)', request: { way: 'one' }, measure: (ms) => 1000 * ms },
        {
          id: 'loaded',
          name: `10,000 digits already loaded by the engine, ${cores} threads (ms)`,
          request: { way: 'loaded' },
        },
        {
          id: 'bytes',
          name: "10,000 digits given as bytes, on the caller's thread (ms)",
          request: { way: 'bytes' },
        },
      ],
      pace,
    ),
  );
  const [one, loaded] = rows;
  return {
    unit: 'µs or ms',
    rows,
    goals: [
      under('one digit', 5, one.median, 'µs'),
      under('10,000 test digits, already loaded', 5, loaded.median, 'ms'),
    ],
  };
}
