import type { Candidate, LineCandidates } from './candidates.js';

// Costs, in nats: what is to be small is −log p of what the network answers, plus these. Chosen on pages composed from
// digits of the dev set.
const COSTS = {
  /** No answer is surer than this, and none less sure. */
  most: 0.99,
  least: 1e-30,
  /** Each nat of the network's doubt. */
  doubt: 3.3,
  /** Each nat that speaks against a whole digit (`wholeness`), from so many for it to so many against it. */
  part: 0.25,
  surely: 2,
  hardly: 6,
  /** To take something for a digit: two digits must not cost twice as much as two digits taken for one. */
  digit: -1,
  /** To take two marks for one digit, and for each height of the gap between them. */
  join: 0.6,
  gap: 15,
  /** A digit that is lower than this share of its line, for each share. */
  low: 0.87,
  lowness: 12.5,
  /** A digit that is wider than this, in the line's heights. */
  broad: 0.94,
  broadness: 5.6,
  /** A sign of clear shape, and something as high as a digit that is none. */
  sign: 4,
  speck: 1.2,
  other: 12,
};

/** A candidate, and whether it is taken for a digit. */
export type Chosen = Candidate & { readonly isDigit: boolean };

/**
 * The line as digits and signs at the least cost, by dynamic programming.
 *
 * @param places in the line, without the first
 */
export function chooseDigits({ candidates, places }: LineCandidates, costs = COSTS): Chosen[] {
  const best: { cost: number; chosen?: Chosen }[] = [{ cost: 0 }];
  for (let end = 1; end <= places; end++) best.push({ cost: Number.POSITIVE_INFINITY });
  // In the order of their starts, so that the best way to each start is known.
  for (const candidate of candidates) {
    const [asDigit, asSign] = costsOf(candidate, costs);
    const cost = best[candidate.start]!.cost + Math.min(asDigit, asSign);
    if (cost < best[candidate.end]!.cost)
      best[candidate.end] = { cost, chosen: { ...candidate, isDigit: asDigit <= asSign } };
  }
  const chosen: Chosen[] = [];
  for (let end = places; end > 0; ) {
    const last = best[end]!.chosen!;
    chosen.unshift(last);
    end = last.start;
  }
  return chosen;
}

/** What it costs to take it for a digit, and for none. */
function costsOf(candidate: Candidate, costs: typeof COSTS): [asDigit: number, asSign: number] {
  const { extent, height, probability, wholeness, sign, gaps } = candidate;
  const [wide, high] = [extent.right - extent.left + 1, extent.bottom - extent.top + 1];
  const over = (value: number, each: number) => Math.max(0, value) * each;
  const joins = gaps.reduce((sum, gap) => sum + costs.join + (costs.gap * gap) / height, 0);
  const asDigit =
    costs.digit -
    costs.doubt * logarithm(Math.max(costs.least, probability * costs.most)) +
    costs.part * Math.max(-costs.surely, Math.min(costs.hardly, -wholeness)) +
    over(costs.low - high / height, costs.lowness) +
    over(wide / height - costs.broad, costs.broadness) +
    joins;
  if (sign === '=' || sign === ':') return [asDigit, costs.sign];
  const asSign = sign === undefined ? costs.other : sign === '?' ? costs.speck : costs.sign;
  return [asDigit, asSign + joins];
}

/** The natural logarithm of a number from 10⁻³⁰ to 1, with the same bits in every program. */
function logarithm(value: number): number {
  let [mantissa, halves] = [value, 0];
  for (; mantissa < 0.7; mantissa *= 2) halves++;
  // ln x = 2 artanh((x − 1) / (x + 1)), of which the next term is below 10⁻¹⁰.
  const z = (mantissa - 1) / (mantissa + 1);
  let [power, sum] = [z, 0];
  for (let n = 1; n < 13; n += 2) {
    sum += power / n;
    power *= z * z;
  }
  return 2 * sum - halves * Math.LN2;
}
