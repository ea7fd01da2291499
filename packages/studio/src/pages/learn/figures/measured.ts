// Accuracies from docs/figures.json, which `npm run verify -- --write` writes. A test compares them.

interface Spread {
  readonly mean: number;
  readonly standardDeviation: number;
}

export interface MeasuredRun {
  /** As docs/figures.json names it. */
  readonly name: string;
  readonly train: Spread;
  readonly dev: Spread;
  readonly test: Spread;
  /** The time of a run, in seconds, on two cores. */
  readonly seconds: number;
}

/** Of five runs each: the mean and the standard deviation of the share of right answers. */
export const MEASURED: readonly MeasuredRun[] = [
  {
    name: 'board',
    train: { mean: 0.8468, standardDeviation: 0.0046 },
    dev: { mean: 0.8476, standardDeviation: 0.0185 },
    test: { mean: 0.8522, standardDeviation: 0.0035 },
    seconds: 4,
  },
  {
    name: 'board, trained well',
    train: { mean: 0.9568, standardDeviation: 0.0005 },
    dev: { mean: 0.9526, standardDeviation: 0.0066 },
    test: { mean: 0.9503, standardDeviation: 0.0017 },
    seconds: 12,
  },
  {
    name: 'board, learnt by heart',
    train: { mean: 0.9894, standardDeviation: 0.0011 },
    dev: { mean: 0.8804, standardDeviation: 0.0033 },
    test: { mean: 0.8882, standardDeviation: 0.003 },
    seconds: 39,
  },
  {
    name: 'quick',
    train: { mean: 0.9948, standardDeviation: 0.0002 },
    dev: { mean: 0.9884, standardDeviation: 0.0013 },
    test: { mean: 0.9886, standardDeviation: 0.0008 },
    seconds: 6,
  },
  {
    name: 'small',
    train: { mean: 0.9972, standardDeviation: 0.0001 },
    dev: { mean: 0.9944, standardDeviation: 0.0011 },
    test: { mean: 0.9939, standardDeviation: 0.0004 },
    seconds: 94,
  },
  {
    name: 'best',
    train: { mean: 0.9973, standardDeviation: 0.0002 },
    dev: { mean: 0.9956, standardDeviation: 0.0011 },
    test: { mean: 0.9953, standardDeviation: 0.0002 },
    seconds: 906,
  },
];
