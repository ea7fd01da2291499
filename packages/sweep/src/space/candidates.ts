import { DataError } from '@longhand/core/errors';
import { createRandom } from '@longhand/core/maths';
import { settingNamed } from '@longhand/core/settings';
import type { Dimension } from '../log/sweep-line.js';
import type { RunSettings } from '../task.js';
import { valueAt } from './values.js';

/** The settings that vary, with the values of one trial. */
export type Candidate = Partial<RunSettings>;

const MOST = 100_000;

/**
 * Every combination of the values, the last dimension's changing first.
 *
 * @throws DataError for a range, or more combinations than anyone would run
 */
export function gridOf(dimensions: readonly Dimension[]): Candidate[] {
  let all: Candidate[] = [{}];
  for (const dimension of dimensions) {
    if (dimension.kind === 'range') {
      const { name, from, to, isLog } = dimension;
      const range = `${isLog ? 'log:' : ''}${from}..${to}`;
      throw new DataError(`${name}: a grid needs values: ${name}=${range}:5 takes five of the range`);
    }
    const { name, values } = dimension;
    if (all.length * values.length > MOST)
      throw new DataError(
        `the grid has more than ${MOST.toLocaleString('en-US')} trials: choose fewer values`,
      );
    all = all.flatMap((settings) => values.map((value) => ({ ...settings, [name]: value })));
  }
  return all;
}

/**
 * So many combinations, drawn by the seed. Each dimension draws its own numbers: more trials begin with
 * the same ones, and another dimension leaves the values of the others as they are.
 */
export function randomCandidates(dimensions: readonly Dimension[], count: number, seed: number): Candidate[] {
  const draws = dimensions.map((dimension) => drawFrom(dimension, seed));
  return Array.from({ length: count }, () =>
    Object.fromEntries(dimensions.map(({ name }, d) => [name, draws[d]!()])),
  );
}

function drawFrom(dimension: Dimension, seed: number): () => unknown {
  const random = createRandom(seed, `sweep ${dimension.name}`);
  if (dimension.kind === 'choice') return () => dimension.values[random.below(dimension.values.length)];
  const isInteger = settingNamed(dimension.name).kind.type === 'integer';
  return () => valueAt(dimension, isInteger, random.uniform());
}
