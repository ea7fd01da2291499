// The programs that do the same work beside Longhand.
import { fileURLToPath } from 'node:url';
import { Peer } from './peer.js';

const file = (name) => fileURLToPath(new URL(name, import.meta.url));
const node = (name) => [process.execPath, file(name)];

/**
 * @typedef {object} Program
 * @property {string} id stable, the key in results.json
 * @property {string} name
 * @property {string[]} [command] not there if the program is missing
 * @property {string} [missing] why it is missing
 */

/** The programs in JavaScript, which `npm ci` installs in this folder. @type {Program[]} */
export const JAVASCRIPT = [
  { id: 'tfjs', name: 'TensorFlow.js, wasm', command: node('tfjs.js') },
  { id: 'jax', name: 'jax-js, wasm', command: node('jax.js') },
  { id: 'plain', name: 'plain loops over Float32Array', command: node('plain.js') },
];

/** @param {number} threads @returns {Program & { threads: number }} */
export function longhand(threads) {
  const name = `**Longhand**, ${threads} thread${threads > 1 ? 's' : ''}`;
  return { id: `longhand${threads}`, name, command: node('longhand.js'), threads };
}

/** The same without 16-bit integers. @param {number} threads @returns {Program & { threads: number }} */
export function longhandInFloats(threads) {
  const { name } = longhand(threads);
  return {
    id: `floats${threads}`,
    name: `${name}, only 32-bit floats`,
    command: [...node('longhand.js'), 'floats'],
    threads,
  };
}

/**
 * The Python programs. If several Pythons have the library, each is tried and the fastest is used.
 *
 * @param {Awaited<ReturnType<typeof import('../python.js').findPythons>>} pythons
 * @param {import('./task.js').Task} trial
 * @returns {Promise<Program[]>}
 */
export async function pythonPrograms(pythons, trial) {
  const programs = [
    { id: 'numpy64', name: 'NumPy, 64-bit', library: 'numpy', args: ['numpy_network.py', 'float64'] },
    { id: 'numpy32', name: 'NumPy, 32-bit', library: 'numpy', args: ['numpy_network.py', 'float32'] },
    { id: 'pytorch', name: 'PyTorch, CPU', library: 'torch', args: ['torch_network.py'] },
  ];
  const chosen = [];
  for (const { id, name, library, args } of programs) {
    const [script, ...rest] = args;
    const candidates = pythons
      .filter((python) => python[library])
      .map(({ path }) => [path, file(`python/${script}`), ...rest]);
    const command = candidates.length > 1 ? await fastest(candidates, trial) : candidates[0];
    chosen.push(
      command ? { id, name, command } : { id, name, missing: `no Python with ${library} was found` },
    );
  }
  return chosen;
}

async function fastest(commands, trial) {
  const times = [];
  for (const command of commands) {
    const peer = new Peer(command);
    try {
      await peer.ask({ do: 'load', ...trial });
      await peer.ask({ do: 'run', iterations: 2 });
      const trials = [];
      for (let k = 0; k < 5; k++) trials.push((await peer.ask({ do: 'run', iterations: 1 })).ms);
      times.push({ command, ms: Math.min(...trials) });
    } catch {
      // A Python that does not work is not the fastest.
    } finally {
      await peer.end();
    }
  }
  return times.sort((a, b) => a.ms - b.ms)[0]?.command;
}
