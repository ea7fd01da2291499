import type { Candidate } from './candidates.js';

// Costs, in nats: what is to be small is −log p of what the network answers, plus these. Chosen on pages composed from
// digits of the dev set.
const COSTS = {
  /** No answer is surer than this. */
  most: 0.99,
  /** Each nat of the network's doubt. */
  doubt: 3.3,
  /** To cut, whatever is cut, and for each stroke's width that is cut. */
  cut: 0.05,
  ink: 0.57,
  /** To take two marks for one digit, and for each height of the gap between them. */
  join: 0.6,
  gap: 40,
  /** A digit that is lower than this share of its line, for each share. */
  low: 0.87,
  lowness: 12.5,
  /** A shape that is strange for its class: a distance above this, each, and at most so much. */
  usual: 10,
  strange: 0.16,
  strangest: 3.5,
  /** A digit that is wider than this, in the line's heights. */
  broad: 0.94,
  broadness: 5.6,
  /** A sign of clear shape, and something as high as a digit that is none. */
  sign: 3,
  speck: 1.2,
  other: 10,
};

/** The widths of strokes, in heights of digits. */
const STROKE = 0.12;

/** A candidate, and whether it is taken for a digit. */
export type Chosen = Candidate & { readonly isDigit: boolean };

/** The pieces of a line as digits and signs at the least cost, by dynamic programming. */
export function chooseDigits(candidates: readonly Candidate[], pieces: number, costs = COSTS): Chosen[] {
  const best: { cost: number; chosen?: Chosen }[] = [{ cost: 0 }];
  for (let end = 1; end <= pieces; end++) best.push({ cost: Number.POSITIVE_INFINITY });
  // In the order of their starts, so that the best way to each start is known.
  for (const candidate of candidates) {
    const [asDigit, asSign] = costsOf(candidate, costs);
    const cost = best[candidate.start]!.cost + Math.min(asDigit, asSign);
    if (cost < best[candidate.end]!.cost)
      best[candidate.end] = { cost, chosen: { ...candidate, isDigit: asDigit <= asSign } };
  }
  const chosen: Chosen[] = [];
  for (let end = pieces; end > 0; ) {
    const last = best[end]!.chosen!;
    chosen.unshift(last);
    end = last.start;
  }
  return chosen;
}

/** What it costs to take it for a digit, and for none. */
function costsOf(candidate: Candidate, costs: typeof COSTS): [asDigit: number, asSign: number] {
  const { extent, height, probability, strangeness, sign, cuts, gaps } = candidate;
  const [wide, high] = [extent.right - extent.left + 1, extent.bottom - extent.top + 1];
  const over = (value: number, each: number) => Math.max(0, value) * each;
  // A cut has two sides, which share its cost.
  const cut = cuts.reduce<number>(
    (sum, ink) => sum + (ink === undefined ? 0 : (costs.cut + (costs.ink * ink) / (STROKE * height)) / 2),
    0,
  );
  const joins = gaps.reduce((sum, gap) => sum + costs.join + (costs.gap * gap) / height, 0);
  const asDigit =
    -costs.doubt * Math.log(probability * costs.most) +
    over(costs.low - high / height, costs.lowness) +
    Math.min(costs.strangest, over(strangeness - costs.usual, costs.strange)) +
    over(wide / height - costs.broad, costs.broadness);
  if (sign === '=' || sign === ':') return [asDigit + cut + joins, costs.sign + cut];
  const asSign = sign === undefined ? costs.other : sign === '?' ? costs.speck : costs.sign;
  return [asDigit + cut + joins, asSign + cut + joins];
}
