// Longhand's own works: a process of ours, asked again and again.
import { fileURLToPath } from 'node:url';
import { interleave } from '../interleave.js';
import { Peer } from '../peers/peer.js';
import { summary } from '../statistics.js';

/**
 * Starts one of the processes in peers/, lets it load, uses it and ends it.
 *
 * @template Result
 * @param {string} name
 * @param {object} load
 * @param {(peer: Peer, loaded: object) => Promise<Result>} use
 * @returns {Promise<Result>}
 */
export async function withProcess(name, load, use) {
  const peer = new Peer([process.execPath, fileURLToPath(new URL(`../peers/${name}`, import.meta.url))]);
  try {
    return await use(peer, await peer.ask({ do: 'load', ...load }));
  } finally {
    await peer.end();
  }
}

/**
 * Rows of what one process does in several ways.
 *
 * @param {Peer} peer
 * @param {{ id: string, name: string, request: object, measure?: (ms: number) => number }[]} ways `measure` turns ms per iteration into
 *   the row's unit
 * @param {{ rounds: number, sliceMs: number }} pace
 */
export async function rowsOf(peer, ways, pace) {
  const entries = ways.map(({ id, request }) => ({
    id,
    run: async (iterations) => (await peer.ask({ do: 'run', ...request, iterations })).ms,
  }));
  // It is one process that is asked: nobody else's threads are to be waited for, and training does not pause either.
  const times = await interleave(entries, { ...pace, pauseMs: 0 });
  return ways.map(({ id, name, measure = (ms) => ms }) => {
    const rounds = times.get(id).map(measure);
    return { id, name, ...summary(rounds), rounds };
  });
}
