// Tasks that only Longhand does: one process of ours that gets many requests.
import { fileURLToPath } from 'node:url';
import { interleave } from '../interleave.js';
import { Peer } from '../peers/peer.js';
import { summary } from '../statistics.js';

/**
 * Starts one of the processes in peers/, lets it load its data, uses it and ends it.
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
 * The rows for one process that does something in several ways.
 *
 * @param {Peer} peer
 * @param {{ id: string, name: string, request: object, measure?: (ms: number) => number }[]} ways
 *   `measure` turns ms per iteration into the row's unit
 * @param {{ rounds: number, sliceMs: number }} pace
 */
export async function rowsOf(peer, ways, pace) {
  const entries = ways.map(({ id, request }) => ({
    id,
    run: async (iterations) => (await peer.ask({ do: 'run', ...request, iterations })).ms,
  }));
  // Only one process takes part, so there are no other threads to wait for; and training does not
  // pause either.
  const times = await interleave(entries, { ...pace, pauseMs: 0 });
  return ways.map(({ id, name, measure = (ms) => ms }) => {
    const rounds = times.get(id).map(measure);
    return { id, name, ...summary(rounds), rounds };
  });
}
