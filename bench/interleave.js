// Measures in rounds, in which each entry has one turn. If something slows the machine for a while,
// it slows all entries.
import { setTimeout as pause } from 'node:timers/promises';

/**
 * The pause between two turns. OpenBLAS's threads keep spinning for 100 ms after their last work
 * before they sleep.
 */
const PAUSE_MS = 150;

/**
 * @typedef {object} Entry
 * @property {string} id
 * @property {(iterations: number) => Promise<number>} run does the iterations, and returns
 *   how many ms they took together
 * @property {number} [iterations] in one turn; by default as many as fill `sliceMs`
 */

/**
 * @param {Entry[]} entries
 * @param {{ rounds: number, sliceMs: number, pauseMs?: number }} pace `pauseMs`
 *   is the pause between two turns
 * @returns {Promise<Map<string, number[]>>} ms per iteration, round by round
 */
export async function interleave(entries, { rounds, sliceMs, pauseMs = PAUSE_MS }) {
  const turns = [];
  for (const entry of entries) {
    turns.push({ ...entry, iterations: entry.iterations ?? (await fill(entry, sliceMs)), ms: [] });
    await pause(pauseMs);
  }
  for (let round = 0; round < rounds; round++) {
    // Each round starts with a different entry, so no entry always follows the same one.
    for (let k = 0; k < turns.length; k++) {
      const turn = turns[(k + round) % turns.length];
      // Wakes the threads and loads the data into the caches again.
      if (turn.iterations > 2) await turn.run(1);
      turn.ms.push((await turn.run(turn.iterations)) / turn.iterations);
      await pause(pauseMs);
    }
  }
  return new Map(turns.map(({ id, ms }) => [id, ms]));
}

/** How many iterations fill a turn. Finding out also warms up the entry. */
async function fill(entry, sliceMs) {
  await entry.run(1);
  let iterations = 1;
  for (;;) {
    const ms = await entry.run(iterations);
    if (ms > sliceMs / 3) return Math.max(1, Math.round((iterations * sliceMs) / ms));
    iterations *= 3;
  }
}
