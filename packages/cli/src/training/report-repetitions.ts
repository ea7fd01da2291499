import type { Measure } from '@longhand/core';
import { duration, percent, plural } from '@longhand/core/text';
import type { RunOutcome } from '@longhand/core/training';
import { print } from '../streams.js';
import { painter } from '../terminal/paint.js';
import { terminalOf } from '../terminal/terminal.js';
import { type Spread, spreadOf } from './repetitions.js';

/** One of several runs that differ in their seed only. */
export interface Repetition {
  readonly seed: number;
  readonly outcome: RunOutcome;
  readonly milliseconds: number;
  readonly test: Measure | null;
  readonly parametersSha256: string;
}

export interface RepetitionsReport {
  /** Where the model that is best on dev was saved, and its seed. */
  readonly model: string;
  readonly saved: number;
  readonly runs: readonly Repetition[];
}

/** Prints one row per run, then mean and standard deviation. */
export function reportRepetitions(
  { model, saved, runs }: RepetitionsReport,
  { quiet }: { quiet: boolean },
): void {
  const paint = painter(terminalOf(process.stdout));
  if (!quiet) {
    print('  seed    train      dev     test    time');
    for (const { seed, outcome, test, milliseconds } of runs) {
      const figures = [outcome.train, outcome.dev, test].map((measure) =>
        (measure ? percent(measure.accuracy) : '–').padStart(7),
      );
      print(`${String(seed).padStart(6)}  ${figures.join('  ')}  ${duration(milliseconds / 1000)}`);
    }
  }
  const spreads = spreadsOf(runs);
  for (const [name, spread] of Object.entries(spreads)) {
    if (!spread) continue;
    const { mean, standardDeviation } = spread;
    print(
      `${name.padEnd(5)}  ${paint('bold', `${percent(mean)} ± ${(100 * standardDeviation).toFixed(2)}`)} accuracy over ${plural(runs.length, 'seed')}`,
    );
  }
  print(`Saved ${model}: the model of seed ${saved}, the best on dev`);
}

/** The document of `train --repeat --json`. */
export function describeRepetitionsAsJson({ model, saved, runs }: RepetitionsReport): object {
  return {
    model,
    savedSeed: saved,
    ...spreadsOf(runs),
    runs: runs.map(({ seed, outcome, milliseconds, test, parametersSha256 }) => ({
      ...{ seed, iterations: outcome.iterations, seconds: milliseconds / 1000 },
      ...{ train: outcome.train, dev: outcome.dev, test, parametersSha256 },
    })),
  };
}

/** Mean and spread of the accuracies. */
function spreadsOf(runs: readonly Repetition[]): Record<'train' | 'dev' | 'test', Spread | null> {
  const spread = (measures: readonly (Measure | null)[]) => {
    const known = measures.filter((measure) => measure !== null);
    return known.length > 0 ? spreadOf(known.map(({ accuracy }) => accuracy)) : null;
  };
  return {
    train: spread(runs.map(({ outcome }) => outcome.train)),
    dev: spread(runs.map(({ outcome }) => outcome.dev)),
    test: spread(runs.map(({ test }) => test)),
  };
}
