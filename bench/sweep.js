// What sweeps cost: `node bench/sweep.js [processes|halving] [--epochs N]`, after `npm run build`. Close other programs first.
//
// processes   16 trials of the preset quick: two processes of one thread each, against one of two threads, which runs them one
//             after the other. They take turns, and the result is the ratio of each pair.
// halving     64 settings of quick, with its 15 epochs: successive halving against the whole grid, which takes half an hour.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withPreset } from '@longhand/core/settings';
import { mnistTraining } from '@longhand/mnist';
import {
  createPool,
  endsOf,
  fingerprintOf,
  NO_LOG,
  parseDimension,
  planSweep,
  rankTrials,
  runTrials,
} from '@longhand/sweep';

const say = (line) => process.stdout.write(`${line}\n`);
const note = (line) => process.stderr.write(`${line}\n`);

const args = process.argv.slice(2);
const numberOf = (flag, usual) => (args.includes(flag) ? Number(args[args.indexOf(flag) + 1]) : usual);
const what = args.find((word) => word === 'processes' || word === 'halving');
const epochs = numberOf('--epochs', 2);
const pairs = numberOf('--pairs', 2);

const dataset = await mnistTraining();
const fingerprint = fingerprintOf(dataset);

function plan(vary, strategy, length) {
  return planSweep({
    ...{ dataset, name: 'MNIST', fingerprint, vary: vary.map(parseDimension), strategy, repeat: 1, seed: 1 },
    settings: withPreset('quick', { epochs: length }),
  });
}

/** Runs the trials of a plan. Returns seconds, once the processes have the data, and the ranked trials. */
async function run(planned, { processes, threads }) {
  const states = mkdtempSync(path.join(tmpdir(), 'bench-sweep-'));
  const crew = createPool({ dataset, processes, threads, states });
  const began = performance.now();
  const listener = {
    onRung: ({ rung, tasks }) => note(`rung ${rung}: ${tasks.length} runs`),
    ...{ onResult: () => undefined, onProgress: () => undefined, onWorkers: () => undefined },
    onNotice: (message) => note(message),
  };
  const { signal } = new AbortController();
  const standing = await runTrials({
    plan: planned,
    results: new Map(),
    crew,
    log: NO_LOG,
    listener,
    signal,
  });
  const seconds = (performance.now() - began) / 1000;
  await crew.close();
  rmSync(states, { recursive: true, force: true });
  return { seconds, ranked: rankTrials(planned, standing) };
}

const hashes = ({ ranked }) => ranked.map(({ results }) => results[0].parametersSha256).join();

if (what !== 'halving') {
  const planned = plan(['alpha=log:0.05..0.4:4', 'momentum=0.8,0.85,0.9,0.95'], 'grid', epochs);
  const ratios = [];
  for (let pair = 0; pair < pairs; pair++) {
    const ways = [
      { processes: 2, threads: 1 },
      { processes: 1, threads: 2 },
    ];
    const times = [];
    // They take turns at going first.
    for (const k of pair % 2 === 0 ? [0, 1] : [1, 0]) times[k] = await run(planned, ways[k]);
    if (hashes(times[0]) !== hashes(times[1])) throw new Error('the two ways came to different tables');
    ratios.push(times[0].seconds / times[1].seconds);
    say(
      `2 processes of 1 thread ${times[0].seconds.toFixed(1)} s, one after the other on 2 threads ${times[1].seconds.toFixed(1)} s: ${ratios.at(-1).toFixed(3)}`,
    );
  }
  ratios.sort((a, b) => a - b);
  say(
    `ratio, median of ${pairs} pairs: ${ratios[Math.floor(ratios.length / 2)].toFixed(3)} (goal: at most 0.85)`,
  );
}

if (what !== 'processes') {
  const vary = ['alpha=log:0.02..0.6:8', 'momentum=0.8,0.9,0.95,0.98', 'elastic=0.4,0.8'];
  const length = numberOf('--epochs', 15);
  for (const strategy of ['halving', 'grid']) {
    const planned = plan(vary, strategy, length);
    const { seconds, ranked } = await run(planned, { processes: 2, threads: 1 });
    const made = ranked.reduce((sum, { trial, rung }) => {
      const one = planned.trials[trial - 1];
      return sum + (endsOf(one, planned.rungs)[rung - 1] / one.iterations) * one.epochs;
    }, 0);
    const [{ dev, trial }] = ranked;
    say(
      `${strategy}: trial ${trial}, ${(100 * dev.accuracy).toFixed(2)}% on dev, ${made.toFixed(0)} epochs, ${seconds.toFixed(0)} s`,
    );
  }
}
