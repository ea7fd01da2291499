import { integerPower } from './integer-power.js';

export type ScheduleName = 'constant' | 'step' | 'cosine' | 'one-cycle';

export interface Schedule {
  readonly schedule: ScheduleName;
  /** The largest learning rate. */
  readonly alpha: number;
  /** Updates of the whole run. */
  readonly iterations: number;
  /** Updates in which α grows from 0, in a straight line, before anything else. */
  readonly warmup: number;
  /** Of `step`: updates between two steps, and what each multiplies α by. */
  readonly stepEvery: number;
  readonly stepFactor: number;
}

/** Share of a one-cycle run in which α grows, and what it begins with, as a share of its largest. */
const RISE = 0.3;
const LOW = 0.04;

/**
 * The learning rate of an update, counted from 0. `step` multiplies α by a factor every so many updates; `cosine` lets it
 * fall to 0 along half a cosine (Loshchilov and Hutter 2017, https://arxiv.org/abs/1608.03983); `one-cycle` lets it rise from α/25 to α in the
 * first 30% and then fall to 0, both along half a cosine (Smith and Topin 2018, https://arxiv.org/abs/1708.07120).
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

/** (1 + cos πt) / 2 for t from 0 to 1: from 1 to 0. */
function cosineDecay(t: number): number {
  return 0.5 + 0.5 * sine(Math.PI * (0.5 - t));
}

/** sin x for |x| ≤ π/2 by its series: Math.sin need not give the same bits everywhere. The first term left out is under 10⁻¹⁷. */
function sine(x: number): number {
  let [term, sum] = [x, x];
  for (let n = 2; n <= 22; n += 2) {
    term *= (-x * x) / (n * (n + 1));
    sum += term;
  }
  return sum;
}
