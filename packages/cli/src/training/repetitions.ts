/** Mean and spread of a value over several runs. */
export interface Spread {
  readonly runs: number;
  readonly mean: number;
  /** The sample's: divided by n − 1. 0 for a single run. */
  readonly standardDeviation: number;
}

/** @param values at least one */
export function spreadOf(values: readonly number[]): Spread {
  const runs = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / runs;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { runs, mean, standardDeviation: runs > 1 ? Math.sqrt(squares / (runs - 1)) : 0 };
}
