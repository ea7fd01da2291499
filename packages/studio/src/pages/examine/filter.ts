export const VERDICTS = ['right', 'wrong'] as const;
type Verdict = (typeof VERDICTS)[number];

/** As they come in the set; by the confidence of the answer; by the loss of the digit. */
export const ORDERS = ['set', 'surest', 'unsure', 'loss'] as const;
export type Order = (typeof ORDERS)[number];

/** Which digits lie in the drawer. */
export interface Filter {
  /** Only digits of this class. */
  readonly label: number | undefined;
  /** Only digits that were given this answer. */
  readonly answer: number | undefined;
  readonly verdict: Verdict | undefined;
  /** The confidence of the answer: over `from` (0 counts too), up to and including `to`. In percent, 0–100. */
  readonly from: number;
  readonly to: number;
}

/** Every digit. */
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
