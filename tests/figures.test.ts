import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { longhand, temporaryFolder } from './cli/command.js';

// The accuracies that the README quotes (docs/figures.json, written by `npm run verify -- --write`). `npm run verify` repeats all of them,
// which takes hours; here the first seed of those that take seconds.

interface Spread {
  readonly mean: number;
  readonly standardDeviation: number;
}

interface Figure {
  readonly name: string;
  readonly args: readonly string[];
  readonly seeds: number;
  readonly of: 'train' | 'test';
  readonly measured?: Record<'train' | 'dev' | 'test', Spread> & { readonly parametersSha256: string[] };
}

const read = (name: string) => readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), 'utf8');
const { figures } = JSON.parse(read('docs/figures.json')) as { figures: Figure[] };
const measured = figures.filter((figure) => figure.measured);
const folder = temporaryFolder();

/** The words beside which the README quotes each figure: of its row in the table, or of its sentence. */
const BESIDE: Readonly<Record<string, string>> = {
  board: "the board's network and settings",
  'board, trained well': 'the same network, trained well',
  'board, learnt by heart': 'L-BFGS brings ten tanh units',
  quick: '`longhand train --preset quick`',
  small: '`longhand train --preset small`',
  best: '`longhand train --preset best`',
  'Fashion-MNIST': 'Fashion-MNIST, 784-1024-10',
};

/** The rows of tables, and the sentences between them. */
const statements = read('README.md')
  .split(/\n\n/)
  .flatMap((block) =>
    block.startsWith('|') ? block.split('\n') : block.replaceAll('\n', ' ').split(/(?<=[.:])\s/),
  );

test.each(measured)('the README quotes $name as it was measured', ({ name, of, measured: found, seeds }) => {
  const { mean, standardDeviation } = found![of];
  const percent = (100 * mean).toFixed(2);
  const text = seeds > 1 ? `${percent} ± ${(100 * standardDeviation).toFixed(2)} %` : `${percent} %`;
  const quoted = statements.filter(
    (statement) => statement.includes(BESIDE[name] ?? name) && /\d %/.test(statement),
  );
  expect(quoted, `one row or sentence about ${name}`).toHaveLength(1);
  expect(quoted[0]).toContain(text);
});

/** Where the test accuracy must lie, of the figures that take seconds: of the board's settings as the notebook's, else at the goal. */
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  board: [0.84, 0.88],
  'board, trained well': [0.94, 1],
  quick: [0.983, 1],
};

describe('the first seed, to the same bits', () => {
  test.each(measured.filter(({ name }) => name in RANGES))(
    '$name',
    async ({ name, args, measured: found }) => {
      const { stdout } = await longhand(['train', ...args, '--json', '--quiet', '--no-doubt'], folder);
      const { parametersSha256, test: tested } = JSON.parse(stdout);
      expect(parametersSha256).toBe(found!.parametersSha256[0]);
      const [least, most] = RANGES[name]!;
      expect(tested.accuracy).toBeGreaterThanOrEqual(least);
      expect(tested.accuracy).toBeLessThanOrEqual(most);
    },
  );
});
