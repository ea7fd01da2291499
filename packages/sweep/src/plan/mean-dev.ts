import type { TaskResult } from '../task.js';

/** Means over the runs of a trial. */
export interface MeanDev {
  /** 0–1. */
  readonly accuracy: number;
  /** In nats. */
  readonly loss: number;
  /** The standard deviation of the accuracy over the runs, divided by n − 1; 0 for a single run. */
  readonly standardDeviation: number;
}

/** @returns nothing if a run has failed, or there is none */
export function meanDev(results: readonly TaskResult[]): MeanDev | undefined {
  const measured = results.filter((result) => result.type === 'measured');
  if (measured.length === 0 || measured.length < results.length) return undefined;
  const accuracies = measured.map(({ dev }) => dev.accuracy);
  const accuracy = mean(accuracies);
  const squares = accuracies.reduce((sum, value) => sum + (value - accuracy) ** 2, 0);
  return {
    accuracy,
    loss: mean(measured.map(({ dev }) => dev.loss)),
    standardDeviation: measured.length > 1 ? Math.sqrt(squares / (measured.length - 1)) : 0,
  };
}

/** The higher accuracy first; of the same, the smaller loss. */
export function byDev(a: Pick<MeanDev, 'accuracy' | 'loss'>, b: Pick<MeanDev, 'accuracy' | 'loss'>): number {
  return b.accuracy - a.accuracy || a.loss - b.loss;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
