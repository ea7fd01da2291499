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

test.each(measured)('the README quotes $name as it was measured', ({ of, measured: found, seeds }) => {
  const { mean, standardDeviation } = found![of];
  const percent = (100 * mean).toFixed(2);
  const text = seeds > 1 ? `${percent} ± ${(100 * standardDeviation).toFixed(2)} %` : `${percent} %`;
  expect(read('README.md')).toContain(text);
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
      const { stdout } = await longhand(['train', ...args, '--json', '--quiet'], folder);
      const { parametersSha256, test: tested } = JSON.parse(stdout);
      expect(parametersSha256).toBe(found!.parametersSha256[0]);
      const [least, most] = RANGES[name]!;
      expect(tested.accuracy).toBeGreaterThanOrEqual(least);
      expect(tested.accuracy).toBeLessThanOrEqual(most);
    },
  );
});
