import { createRandom, type Random } from '@longhand/core/maths';

/** A setting, and its value in each trial: a number, or the text of a choice. */
export interface VariedSetting {
  readonly name: string;
  readonly values: readonly (number | string)[];
}

/** How much of the differences between trials a setting explains by itself. */
export interface Importance {
  readonly name: string;
  /** The share of the variance of the results, 0–1, corrected for chance. */
  readonly share: number;
  /** With about 90% confidence the share lies between these. */
  readonly from: number;
  readonly to: number;
  /** How often values dealt out at random explain at least as much, 0–1. */
  readonly chance: number;
}

/** With fewer trials, chance explains as much as any setting. */
export const MIN_TRIALS = 16;
/** The least trials in a group, on average. */
const GROUP = 5;
const MAX_GROUPS = 6;
const SHUFFLES = 999;
/** The standard normal distribution has 90% of its mass within so many standard deviations. */
const NINETY = 1.645;

/**
 * How much each setting matters by itself, the most important first; nothing with fewer than
 * `MIN_TRIALS` trials. What two settings do only together is not counted.
 *
 * The trials are grouped by the setting: choices by value, numbers into up to six groups of equal size.
 * The share is ε², the part of the variance that lies between the groups, minus the part of chance
 * (T. L. Kelley, "An unbiased correlation ratio measure", PNAS 21, 1935). Its standard error comes from
 * the jackknife (leaving out one trial at a time; Efron and Tibshirani, "An introduction to the
 * bootstrap", 1993, chapter 11). `chance` is the p value of a permutation test with 999 shuffles of a
 * fixed seed, so the same trials give the same numbers.
 *
 * @param results one for each trial; the larger the better. It takes their ranks, so that a few trials
 *   that failed do not decide everything.
 */
export function settingImportance(
  settings: readonly VariedSetting[],
  results: readonly number[],
): readonly Importance[] | undefined {
  if (results.length < MIN_TRIALS) return undefined;
  const ranks = ranksOf(results);
  return settings
    .map(({ name, values }) => {
      const groups = groupsOf(values);
      const share = epsilonSquared(sumsOf(ranks, groups));
      const error = jackknifeError(ranks, groups);
      return {
        ...{ name, share: within(share), from: within(share - NINETY * error) },
        to: within(share + NINETY * error),
        chance: chanceOf(share, ranks, groups, createRandom(1, `importance of ${name}`)),
      };
    })
    .sort((a, b) => b.share - a.share);
}

const within = (share: number) => Math.min(1, Math.max(0, share));

/** The group of each trial: 0, 1, … */
function groupsOf(values: readonly (number | string)[]): readonly number[] {
  const distinct = [...new Set(values)];
  const most = Math.max(2, Math.min(MAX_GROUPS, Math.floor(values.length / GROUP)));
  const isNumeric = values.every((value) => typeof value === 'number');
  if (!isNumeric || distinct.length <= most) return values.map((value) => distinct.indexOf(value));
  // Equal values stay in one group.
  const ranks = ranksOf(values as readonly number[]);
  return ranks.map((rank) => Math.min(most - 1, Math.floor((rank / values.length) * most)));
}

/** The place of each number in their order, from 0; equal numbers have the mean of their places. */
function ranksOf(numbers: readonly number[]): readonly number[] {
  const order = numbers.map((_, k) => k).sort((a, b) => numbers[a]! - numbers[b]!);
  const ranks = new Array<number>(numbers.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && numbers[order[to]!] === numbers[order[from]!]) to++;
    for (let k = from; k < to; k++) ranks[order[k]!] = (from + to - 1) / 2;
    from = to;
  }
  return ranks;
}

/** What ε² needs to know about the trials. */
interface Sums {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
  /** By group. */
  readonly counts: readonly number[];
  readonly sums: readonly number[];
}

function sumsOf(results: readonly number[], groups: readonly number[]): Sums {
  const size = 1 + Math.max(...groups);
  const [counts, sums] = [new Array<number>(size).fill(0), new Array<number>(size).fill(0)];
  let [sum, squares] = [0, 0];
  for (let k = 0; k < results.length; k++) {
    const value = results[k]!;
    counts[groups[k]!]!++;
    sums[groups[k]!]! += value;
    sum += value;
    squares += value * value;
  }
  return { n: results.length, sum, squares, counts, sums };
}

function epsilonSquared({ n, sum, squares, counts, sums }: Sums): number {
  const total = squares - (sum * sum) / n;
  let between = -(sum * sum) / n;
  let size = 0;
  for (let group = 0; group < counts.length; group++) {
    if (counts[group] === 0) continue;
    size++;
    between += sums[group]! ** 2 / counts[group]!;
  }
  if (total <= 1e-9 || size < 2 || n <= size) return 0;
  const noise = (total - between) / (n - size);
  return (between - (size - 1) * noise) / total;
}

function jackknifeError(results: readonly number[], groups: readonly number[]): number {
  const all = sumsOf(results, groups);
  const { n } = all;
  const without = results.map((value, k) => {
    const [counts, sums] = [[...all.counts], [...all.sums]];
    counts[groups[k]!]!--;
    sums[groups[k]!]! -= value;
    return epsilonSquared({
      ...{ n: n - 1, sum: all.sum - value, squares: all.squares - value * value, counts, sums },
    });
  });
  const mean = without.reduce((sum, value) => sum + value, 0) / n;
  return Math.sqrt(((n - 1) / n) * without.reduce((sum, value) => sum + (value - mean) ** 2, 0));
}

function chanceOf(
  share: number,
  results: readonly number[],
  groups: readonly number[],
  random: Random,
): number {
  const shuffled = [...results];
  let asMuch = 1;
  for (let shuffle = 0; shuffle < SHUFFLES; shuffle++) {
    for (let k = shuffled.length - 1; k > 0; k--) {
      const other = random.below(k + 1);
      [shuffled[k], shuffled[other]] = [shuffled[other]!, shuffled[k]!];
    }
    if (epsilonSquared(sumsOf(shuffled, groups)) >= share) asMuch++;
  }
  return asMuch / (SHUFFLES + 1);
}
