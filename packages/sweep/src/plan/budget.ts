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
  const fits = (count: number) => costOf(trials.slice(0, count), strategy, repeat) <= budget;
  // With one more rung, more trials may cost less: the cost grows only between two powers of η.
  let power = 1;
  while (power * ETA <= trials.length) power *= ETA;
  for (; power >= 1; power /= ETA) {
    if (fits(power)) return trials.slice(0, largest(power, Math.min(trials.length, power * ETA - 1), fits));
  }
  const cost = costOf(trials.slice(0, 1), strategy, repeat);
  throw new DataError(
    `a budget of ${budget} epochs is too small: the first trial takes ${Number(cost.toPrecision(3))}`,
  );
}

/** The largest number up to `most` for which it holds, as it does for `least`. */
function largest(least: number, most: number, holds: (count: number) => boolean): number {
  let [low, high] = [least, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
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
