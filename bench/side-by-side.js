// The same training, done by several programs side by side.
import { interleave } from './interleave.js';
import { Peer } from './peers/peer.js';
import { summary } from './statistics.js';

/**
 * The largest relative difference between the programs' losses that still counts as the same work.
 */
const LOSS_TOLERANCE = 1e-3;

/**
 * @param {import('./peers/catalogue.js').Program[]} programs
 * @param {import('./peers/task.js').Task} task
 * @param {{ rounds: number, sliceMs: number, cores: number, checkIterations: number, say: (line:
 *   string) => void }} pace
 * @returns one row for each program: ms per iteration (with mini-batches: per epoch), version, loss
 *   after `checkIterations`
 */
export async function sideBySide(programs, task, { cores, checkIterations, say, ...pace }) {
  const peers = [];
  const rows = new Map();
  try {
    for (const { id, name, command, missing, threads = cores } of programs) {
      const row = { id, name };
      rows.set(id, row);
      if (!command) {
        row.missing = missing;
        continue;
      }
      const peer = new Peer(command);
      peers.push(peer);
      try {
        Object.assign(row, await peer.ask({ do: 'load', ...task, threads }));
        await peer.ask({ do: 'run', iterations: checkIterations });
        row.loss = (await peer.ask({ do: 'loss' })).loss;
        row.peer = peer;
        say(`  ${name.replaceAll('*', '')}: loss ${row.loss.toFixed(6)}`);
      } catch (error) {
        row.missing = error.message;
        say(`  ${name}: ${error.message}`);
      }
    }
    const ready = [...rows.values()].filter(({ peer }) => peer);
    const entries = ready.map(({ id, peer }) => ({
      id,
      run: async (iterations) => (await peer.ask({ do: 'run', iterations })).ms,
    }));
    for (const [id, ms] of await interleave(entries, pace)) {
      Object.assign(rows.get(id), summary(ms), { rounds: ms });
    }
  } finally {
    await Promise.all(peers.map((peer) => peer.end()));
  }
  return withRatios(agreement([...rows.values()].map(({ peer: _, ...row }) => row)));
}

/**
 * Marks programs whose loss differs from most: they did different work, so their time means
 * nothing.
 */
function agreement(rows) {
  const losses = rows.filter(({ loss }) => loss !== undefined).map(({ loss }) => loss);
  const { median } = summary(losses);
  return rows.map((row) =>
    row.loss === undefined
      ? row
      : { ...row, sameWork: Math.abs(row.loss - median) <= LOSS_TOLERANCE * median },
  );
}

/**
 * Adds `ratio`: a program's time divided by Longhand's with the largest number of threads measured.
 */
function withRatios(rows) {
  const own = rows.filter(({ id, median }) => id.startsWith('longhand') && median).at(-1)?.median;
  return rows.map((row) => (row.median && own ? { ...row, ratio: row.median / own } : row));
}
