import { longhand } from '../peers/catalogue.js';
import { sideBySide } from '../side-by-side.js';
import { writeTask } from '../tasks.js';
import { atLeast } from './goals.js';

/** The programs that take part beside Longhand: those with similar speed. */
const NEAR = ['pytorch', 'numpy32'];
const MOST_ROUNDS = 9;

function miniBatch(hidden, goal) {
  return {
    id: `miniBatch${hidden}`,
    title: `Mini-batches of 128: 784 → ${hidden} → 10, one epoch of 60,000`,
    async run({ folder, programs, cores, rounds, ...pace }) {
      const work = {
        ...{ layers: [784, hidden, 10], initialization: 'he' },
        ...{ examples: 60_000, batch: 128, alpha: 0.1 },
      };
      const rows = await sideBySide(
        [longhand(1), longhand(2), ...programs.filter((program) => NEAR.includes(program.id))],
        writeTask(work, folder),
        { ...pace, cores, rounds: Math.min(rounds, MOST_ROUNDS), checkIterations: 1 },
      );
      const ms = Object.fromEntries(rows.filter((row) => row.sameWork).map((row) => [row.id, row.median]));
      return {
        unit: 'ms',
        lossAfter: 1,
        rows,
        goals: [atLeast('2 threads, compared with PyTorch', goal, ms.pytorch / ms.longhand2)],
      };
    },
  };
}

export const miniBatch128 = miniBatch(128, 1.5);
export const miniBatch800 = miniBatch(800, 1);
