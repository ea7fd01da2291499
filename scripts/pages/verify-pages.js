// `npm run verify -- --pages --model FILE`: how well a model reads pages that are composed from MNIST's test digits.
// Fails below the goals: 99 % found and in order, 97 % of separate and 85 % of touching digits right.
//   --count N   pages for each kind: 4 contents, 3 papers, flat and as a photo; default 5
//   --seed N    which pages; default 1
//   --dev       pages from training digits 50,000 to 59,999, on which settings are chosen
import { readFileSync } from 'node:fs';
import { loadModel } from '@longhand/core';
import { mnistTest, mnistTraining } from '@longhand/mnist';
import { measurePages } from './measure-pages.js';

/** At least these shares. */
const GOALS = { found: 0.99, apart: 0.97, touching: 0.85 };

/** @returns whether every goal is reached */
export async function verifyPages({ model: file, count = '5', seed = '1', dev = false }, say) {
  const model = await loadModel(readFileSync(file));
  const digits = dev ? (await mnistTraining()).slice(50_000, 60_000) : await mnistTest();
  const [pages, first] = [Number(count), Number(seed)];
  say(
    `${file}: pages from ${dev ? 'dev' : 'test'} digits, ${pages} of each kind, seeds ${first} to ${first + pages - 1}`,
  );
  say('kind of page              digits   found  separate  touching  too many');
  const { rows, sum } = measurePages(digits, model, { pages, seed: first });
  for (const row of rows) say(line(`${row.content}, ${row.paper}${row.isPhoto ? ', photo' : ''}`, row));
  say(line('all', sum));
  const reached = [
    ['found and in order', sum.found / sum.digits, GOALS.found],
    ['separate digits right', sum.apartRight / sum.apart, GOALS.apart],
    ['touching digits right', sum.touchingRight / sum.touching, GOALS.touching],
  ];
  for (const [name, share, goal] of reached) {
    say(`${share >= goal ? '✓' : '✗'} ${name}: ${percent(share)}; the goal is ${percent(goal)}`);
  }
  return reached.every(([, share, goal]) => share >= goal);
}

function line(name, { digits, found, apart, apartRight, touching, touchingRight, extra }) {
  const cells = [
    ...[
      String(digits).padStart(6),
      percent(found / digits).padStart(8),
      percent(apartRight / apart).padStart(9),
    ],
    ...[percent(touchingRight / touching).padStart(9), String(extra).padStart(9)],
  ];
  return name.padEnd(26) + cells.join(' ');
}

function percent(share) {
  return Number.isNaN(share) ? '–' : `${(100 * share).toFixed(1)} %`;
}
