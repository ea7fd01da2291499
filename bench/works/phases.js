import { summary } from '../statistics.js';
import { withProcess } from './longhand-alone.js';

export const id = 'phases';
export const title = 'Where the engine spends its time: one thread, ms';

const WORKS = [
  {
    key: 'fullBatch',
    name: '784 → 10 → 10, one iteration of 41,000',
    layers: [784, 10, 10],
    examples: 41_000,
    batch: null,
  },
  {
    key: 'miniBatch128',
    name: '784 → 128 → 10, an epoch',
    layers: [784, 128, 10],
    examples: 60_000,
    batch: 128,
  },
  {
    key: 'miniBatch800',
    name: '784 → 800 → 10, an epoch',
    layers: [784, 800, 10],
    examples: 60_000,
    batch: 128,
  },
];

export async function run({ quick }) {
  const columns = [];
  for (const { key, name, ...work } of WORKS) {
    const rounds = await withProcess('phases.js', { ...work, alpha: 0.1 }, async (peer) => {
      const iterations = work.batch ? 1 : 20;
      await peer.ask({ do: 'run', iterations });
      const all = [];
      for (let round = 0; round < (quick ? 2 : 5); round++) {
        const { ms, phases } = await peer.ask({ do: 'run', iterations });
        all.push({ total: ms / iterations, ...each(phases, (spent) => spent / iterations) });
      }
      return all;
    });
    const phases = each(rounds[0], (_, phase) => summary(rounds.map((round) => round[phase])).median);
    columns.push({ id: key, name, phases, rounds });
  }
  return { unit: 'ms', columns, goals: [] };
}

function each(record, change) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
