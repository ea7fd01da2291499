// Tasks that need a whole process: its start, loading its data, its memory.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { interleave } from '../interleave.js';
import { environment } from '../peers/peer.js';
import { summary } from '../statistics.js';
import { under } from './goals.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const command = path.join(root, 'packages/cli/bin/longhand.js');
const PICTURE = path.join(root, 'tests/fixtures/pictures/7-as-in-mnist.png');

export const startUp = {
  id: 'startUp',
  title: '`longhand predict`: from the start of the process to its end',
  async run({ quick, folder, ...pace }) {
    const model = path.join(folder, 'asked.safetensors');
    await outputOf([command, 'train', '--iterations', '1', '--quiet', '--out', model]);
    const rows = await spawnRows(
      [
        ['node', 'start of Node (`node -e 0`)', ['-e', '0']],
        ['predictFile', '`longhand predict MODEL FILE`', [command, 'predict', model, PICTURE]],
        ['predictIndex', '`longhand predict MODEL --index 0`', [command, 'predict', model, '--index', '0']],
      ],
      { ...pace, rounds: quick ? 5 : 15 },
    );
    const [node, file] = rows;
    const goals = [under('one picture, minus the start of Node', 150, file.median - node.median, 'ms')];
    return { unit: 'ms', rows, goals };
  },
};

export const loading = {
  id: 'loading',
  title: 'Loading MNIST until training can start, including SHA-256, in a new process',
  async run({ quick, sliceMs }) {
    const program = path.join(root, 'bench/peers/ready.js');
    const run = async () => JSON.parse(await outputOf([program])).ms;
    const entry = { id: 'ready', run, iterations: 1 };
    const rounds = (await interleave([entry], { rounds: quick ? 3 : 9, sliceMs })).get('ready');
    const name = "modules, files, SHA-256, split, engine, packing (files are in the system's cache)";
    const row = { id: 'ready', name, ...summary(rounds), rounds };
    return { unit: 'ms', rows: [row], goals: [under('time', 400, row.median, 'ms')] };
  },
};

export const memory = {
  id: 'memory',
  title: '`longhand train`: peak memory',
  async run({ quick, folder }) {
    const peak = path.join(folder, 'peak');
    const hook = new URL('../peers/peak-memory.js', import.meta.url);
    const rounds = [];
    for (let round = 0; round < (quick ? 1 : 3); round++) {
      await outputOf([command, 'train', '--quiet', '--out', path.join(folder, 'trained.safetensors')], {
        LONGHAND_PEAK_FILE: peak,
        NODE_OPTIONS: `--import ${hook}`,
      });
      rounds.push((Number(readFileSync(peak, 'utf8')) * 1024) / 1e6);
    }
    const row = {
      id: 'train',
      name: '`longhand train`, maximum resident set size',
      ...summary(rounds),
      rounds,
    };
    return { unit: 'MB', rows: [row], goals: [under('peak', 250, row.max, 'MB')] };
  },
};

async function spawnRows(programs, pace) {
  const entries = programs.map(([id, , args]) => ({
    id,
    iterations: 1,
    async run() {
      const before = performance.now();
      await outputOf(args);
      return performance.now() - before;
    },
  }));
  const times = await interleave(entries, pace);
  return programs.map(([id, name]) => ({ id, name, ...summary(times.get(id)), rounds: times.get(id) }));
}

/** What a Node program prints. Rejects if it fails. */
export function outputOf(args, more = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...environment(), ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (text) => {
      output += text;
    });
    child.stderr.on('data', (text) => {
      errors += text;
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0
        ? resolve(output)
        : reject(new Error(`${path.basename(args[0])} ended with ${code}: ${errors.trim()}`)),
    );
  });
}
