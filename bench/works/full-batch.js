import { longhand, longhandInFloats } from '../peers/catalogue.js';
import { sideBySide } from '../side-by-side.js';
import { writeTask } from '../tasks.js';
import { atLeast, under } from './goals.js';

export const id = 'fullBatch';
export const title = 'Full batch: 784 → 10 → 10, m = 41,000, one iteration';
const CHECK_ITERATIONS = 10;
/** NumPy's time on the machine for which the goals in ms were set. */
const REFERENCE_NUMPY_MS = 42;

export const WORK = {
  layers: [784, 10, 10],
  initialization: 'board',
  examples: 41_000,
  batch: null,
  alpha: 0.1,
};

export async function run({ folder, programs, cores, ...pace }) {
  const threads = [...new Set([1, 2, cores])].filter((count) => count <= Math.max(2, cores));
  const own = [...threads.map(longhand), ...threads.map(longhandInFloats)];
  const rows = await sideBySide([...own, ...programs], writeTask(WORK, folder), {
    ...pace,
    cores,
    checkIterations: CHECK_ITERATIONS,
  });
  const ms = Object.fromEntries(rows.filter((row) => row.sameWork).map((row) => [row.id, row.median]));
  const one = ms.longhand1;
  const two = ms.longhand2;
  return {
    unit: 'ms',
    lossAfter: CHECK_ITERATIONS,
    rows,
    goals: [
      atLeast('2 threads, compared with NumPy 64-bit', 8, ms.numpy64 / two),
      atLeast('2 threads, compared with NumPy 32-bit', 4, ms.numpy32 / two),
      atLeast('2 threads, compared with PyTorch', 4, ms.pytorch / two),
      atLeast('2 threads, compared with TensorFlow.js wasm', 40, ms.tfjs / two),
      atLeast('1 thread, compared with NumPy 64-bit', 4, ms.numpy64 / one),
      under(
        `2 threads, scaled to a machine where NumPy 64-bit takes ${REFERENCE_NUMPY_MS} ms`,
        5.5,
        (two / ms.numpy64) * REFERENCE_NUMPY_MS,
        'ms',
      ),
      under(
        `1 thread, scaled to a machine where NumPy 64-bit takes ${REFERENCE_NUMPY_MS} ms`,
        10,
        (one / ms.numpy64) * REFERENCE_NUMPY_MS,
        'ms',
      ),
    ],
  };
}
