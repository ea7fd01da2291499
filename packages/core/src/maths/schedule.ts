import { integerPower } from './integer-power.js';

/** The name of a schedule. */
export type ScheduleName = 'constant' | 'step' | 'cosine' | 'one-cycle';

/** How the learning rate changes during training. */
export interface Schedule {
  /** The name of the schedule. */
  readonly schedule: ScheduleName;
  /** The largest learning rate. */
  readonly alpha: number;
  /** How many updates the whole run has. */
  readonly iterations: number;
  /** For how many updates α first grows linearly from 0. */
  readonly warmup: number;
  /** For `step`: how many updates lie between two steps, and the factor of each step. */
  readonly stepEvery: number;
  /** The factor of each step of the schedule `step`. */
  readonly stepFactor: number;
}

/**
 * The fraction of a one-cycle run in which α grows, and the fraction of the largest α that it
 * begins with.
 */
const RISE = 0.3;
const LOW = 0.04;

/**
 * The learning rate of an update, counted from 0.
 *
 * - `constant`: always α.
 * - `step`: α times a factor that is applied again every `stepEvery` updates.
 * - `cosine`: from α to 0 along half a cosine (Loshchilov and Hutter 2017,
 *   https://arxiv.org/abs/1608.03983).
 * - `one-cycle`: from α/25 to α in the first 30%, then to 0, both along half a cosine (Smith and
 *   Topin 2018, https://arxiv.org/abs/1708.07120).
 */
export function learningRate(
  { schedule, alpha, iterations, warmup, stepEvery, stepFactor }: Schedule,
  update: number,
): number {
  if (update < warmup) return (alpha * (update + 1)) / (warmup + 1);
  const done = (update - warmup) / Math.max(1, iterations - warmup);
  switch (schedule) {
    case 'constant':
      return alpha;
    case 'step':
      return alpha * integerPower(stepFactor, Math.floor((update - warmup) / stepEvery));
    case 'cosine':
      return alpha * cosineDecay(done);
    case 'one-cycle':
      return done < RISE
        ? alpha * (LOW + (1 - LOW) * (1 - cosineDecay(done / RISE)))
        : alpha * cosineDecay((done - RISE) / (1 - RISE));
  }
}

/** (1 + cos πt) / 2, which falls from 1 to 0 for t from 0 to 1. */
function cosineDecay(t: number): number {
  return 0.5 + 0.5 * sine(Math.PI * (0.5 - t));
}

/**
 * sin x for |x| ≤ π/2 by its series, as Math.sin may give other bits on another machine. The first
 * term left out is below 10⁻¹⁷.
 */
function sine(x: number): number {
  let [term, sum] = [x, x];
  for (let n = 2; n <= 22; n += 2) {
    term *= (-x * x) / (n * (n + 1));
    sum += term;
  }
  return sum;
}
