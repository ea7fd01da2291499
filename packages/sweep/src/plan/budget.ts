import { DataError } from '@longhand/core/errors';
import type { StrategyName } from '../log/sweep-line.js';
import { ETA, rungCount, survivors } from './rungs.js';
import type { Trial } from './trial.js';

interface Limits {
  readonly strategy: StrategyName;
  readonly repeat: number;
  /** Epochs for all trials together. */
  readonly budget: number;
}

/**
 * As many of the first trials as fit. With halving, it counts the costliest trials as the ones that go
 * on, so that the sweep stays within its budget whatever comes of them.
 *
 * @throws DataError if not even one fits
 */
export function withinBudget(trials: readonly Trial[], { strategy, repeat, budget }: Limits): Trial[] {
  let [least, most] = [0, trials.length];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (costOf(trials.slice(0, middle), strategy, repeat) <= budget) least = middle;
    else most = middle - 1;
  }
  if (least === 0) {
    const cost = costOf(trials.slice(0, 1), strategy, repeat);
    throw new DataError(
      `a budget of ${budget} epochs is too small: the first trial takes ${Number(cost.toPrecision(3))}`,
    );
  }
  return trials.slice(0, least);
}

/** The most epochs that trials take together. */
export function costOf(trials: readonly Trial[], strategy: StrategyName, repeat: number): number {
  const usable = trials.filter(({ problem }) => problem === undefined);
  if (usable.length === 0) return 0;
  const lengths = usable.map(({ epochs }) => epochs).sort((a, b) => b - a);
  const shortest = usable.reduce((a, b) => (b.iterations < a.iterations ? b : a));
  const rungs = strategy === 'halving' ? rungCount(usable.length, shortest) : 1;
  let [cost, alive, before] = [0, lengths.length, 0];
  for (let rung = 1; rung <= rungs; rung++) {
    const share = 1 / ETA ** (rungs - rung);
    for (const epochs of lengths.slice(0, alive)) cost += repeat * epochs * (share - before);
    before = share;
    alive = survivors(alive);
  }
  return cost;
}
