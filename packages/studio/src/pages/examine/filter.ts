export const VERDICTS = ['right', 'wrong'] as const;
type Verdict = (typeof VERDICTS)[number];

/**
 * The order of the set, the confidence of the answers, from either end, or the loss of the digits.
 */
export const ORDERS = ['set', 'surest', 'unsure', 'loss'] as const;
export type Order = (typeof ORDERS)[number];

/** Which digits are in the gallery. */
export interface Filter {
  /** Only digits of this class. */
  readonly label: number | undefined;
  /** Only digits with this answer. */
  readonly answer: number | undefined;
  readonly verdict: Verdict | undefined;
  /**
   * The confidence of the answer, in percent, 0–100: more than `from` (0 is included), at most
   * `to`.
   */
  readonly from: number;
  readonly to: number;
}

/** Lets every digit pass. */
export const NO_FILTER: Filter = {
  label: undefined,
  answer: undefined,
  verdict: undefined,
  from: 0,
  to: 100,
};

export function isFiltered({ label, answer, verdict, from, to }: Filter): boolean {
  return label !== undefined || answer !== undefined || verdict !== undefined || from > 0 || to < 100;
}
