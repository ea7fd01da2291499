import { buildRun, createNetwork, type Dataset, type GivenSettings, type Network } from '@longhand/core';
import { DataError, SettingError } from '@longhand/core/errors';
import { checkSize } from '@longhand/core/training';
import type { Dimension, StrategyName, SweepLine } from '../log/sweep-line.js';
import { canonicalJson } from '../run/task-id.js';
import { type Candidate, gridOf, randomCandidates } from '../space/candidates.js';
import type { RunSettings } from '../task.js';
import { withinBudget } from './budget.js';
import { rungCount, rungEnds } from './rungs.js';
import type { Trial } from './trial.js';

/** What a sweep is made of. */
export interface SweepRequest {
  /** The training data; dev is held out of them as the settings say. */
  readonly dataset: Dataset;
  /** The name of the data, for messages and the log. */
  readonly name: string;
  /** `fingerprintOf(dataset)`. */
  readonly fingerprint: string;
  /** What all trials share; the table of settings has the rest. */
  readonly settings: Partial<RunSettings>;
  /** The settings that vary. */
  readonly vary: readonly Dimension[];
  /** How trials are chosen. */
  readonly strategy: StrategyName;
  /** How many trials; a grid has as many as it has combinations. */
  readonly trials?: number;
  /** Runs of each trial, each with a seed of its own. */
  readonly repeat: number;
  /** Of the trials; the runs begin with that of the settings. */
  readonly seed: number;
  /** Epochs for all trials together. */
  readonly budget?: number;
}

/** What a sweep runs: decided before anything is run. */
export interface SweepPlan {
  /** The first line of the log, which has all choices. */
  readonly header: Extract<SweepLine, { type: 'sweep' }>;
  /** All trials, by their numbers. */
  readonly trials: readonly Trial[];
  /** How many rungs there are: 1 without halving. */
  readonly rungs: number;
  /** What a person should know about the plan, a line each. */
  readonly notes: readonly string[];
}

/** Trials of a random sweep, if nobody says how many. */
const USUAL_TRIALS = 20;

/**
 * Decides everything that can be decided before the first result.
 *
 * @throws DataError for a sweep without trials, SettingError for settings that do not fit the data
 */
export function planSweep(request: SweepRequest): SweepPlan {
  const { dataset, name, fingerprint, vary, strategy, repeat, seed, budget } = request;
  const names = vary.map((dimension) => dimension.name);
  const twice = names.find((one, at) => names.indexOf(one) !== at);
  if (twice !== undefined) throw new DataError(`${twice}: varies twice: put its values into one list`);
  const settings = withOneLength(request.settings, names);
  checkLength(strategy, names);
  const drawn = candidatesOf(request);
  const notes: string[] = [];
  const prepare = preparing(dataset, settings);
  const distinct = distinctTrials(drawn, prepare);
  if (distinct.length < drawn.length)
    notes.push(removedNote(drawn.length - distinct.length, distinct.length));
  const usable = distinct.filter(({ problem }) => problem === undefined);
  if (usable.length === 0) throw new DataError(`no trial can be run: ${distinct[0]?.problem}`);
  const fitting = budget === undefined ? distinct : withinBudget(distinct, { strategy, repeat, budget });
  if (fitting.length < distinct.length) {
    notes.push(`${fitting.length} of ${distinct.length} trials fit the budget of ${budget} epochs`);
  }
  const trials = fitting.map((trial, k) => ({ ...trial, trial: k + 1 }));
  const rungs = rungsOf(trials, strategy);
  return {
    header: {
      ...{ type: 'sweep', version: 1, data: name, fingerprint },
      layers: { inputs: dataset.inputs, outputs: dataset.classNames.length },
      examples: dataset.length,
      ...{ settings, vary, strategy, trials: trials.length, repeat, seed },
      ...(request.trials === undefined ? {} : { drawn: request.trials }),
      ...(budget === undefined ? {} : { budget }),
    },
    ...{ trials, rungs, notes },
  };
}

/** How many rungs a sweep has: one, unless it halves. */
function rungsOf(trials: readonly Trial[], strategy: StrategyName): number {
  const usable = trials.filter(({ problem }) => problem === undefined);
  if (strategy !== 'halving' || usable.length === 0) return 1;
  const shortest = usable.reduce((least, trial) => (trial.iterations < least.iterations ? trial : least));
  return rungCount(usable.length, shortest);
}

/** Where each rung of a trial's runs ends, in updates. */
export function endsOf({ iterations }: Trial, rungs: number): readonly number[] {
  return rungEnds(iterations, rungs);
}

function candidatesOf({ vary, strategy, trials, seed }: SweepRequest): Candidate[] {
  if (vary.length === 0) throw new DataError('nothing varies: expected a setting and its values');
  const isListed = vary.every(({ kind }) => kind === 'choice');
  if (strategy === 'grid') {
    const all = gridOf(vary);
    if (trials === undefined || trials === all.length) return all;
    throw new DataError(`a grid has all its ${all.length} trials, not ${trials}: use the strategy random`);
  }
  if (strategy === 'halving' && isListed && trials === undefined) return gridOf(vary);
  return randomCandidates(vary, trials ?? USUAL_TRIALS, seed);
}

type Prepare = (candidate: Candidate) => Omit<Trial, 'trial'>;

/** Completes the settings of a trial, as its runs will. */
function preparing(dataset: Dataset, base: Partial<RunSettings>): Prepare {
  // The trials' own networks are made by whoever runs them.
  const any: Network = createNetwork({ layers: [dataset.inputs, dataset.classNames.length], seed: 1 });
  return (candidate) => {
    const given = { ...base, ...candidate } as GivenSettings;
    try {
      const built = buildRun({ settings: given, dataset, from: any });
      const { threads: _, ...settings } = built.settings;
      checkSize(built.settings, dataset.inputs, dataset.classNames.length);
      if (settings.dev === 0)
        throw new SettingError({
          setting: 'dev',
          value: 0,
          expected: ['held-out examples, by which trials are compared'],
        });
      const { iterations, batchSize, training } = built;
      const epochs = settings.epochs ?? iterations / Math.ceil(training.length / batchSize);
      return { candidate, settings, iterations, epochs };
    } catch (error) {
      if (!(error instanceof SettingError || error instanceof DataError)) throw error;
      return { candidate, settings: base as RunSettings, iterations: 0, epochs: 0, problem: error.message };
    }
  };
}

/** Each trial once: two with the same complete settings would be the same runs. */
function distinctTrials(candidates: readonly Candidate[], prepare: Prepare): Trial[] {
  const known = new Set<string>();
  const trials: Trial[] = [];
  for (const candidate of candidates) {
    const own = canonicalJson(candidate);
    if (known.has(own)) continue;
    known.add(own);
    const prepared = prepare(candidate);
    const complete = canonicalJson(prepared.problem === undefined ? prepared.settings : candidate);
    if (complete !== own && known.has(complete)) continue;
    known.add(complete);
    trials.push({ trial: trials.length + 1, ...prepared });
  }
  return trials;
}

function removedNote(removed: number, left: number): string {
  return `${removed === 1 ? '1 trial was' : `${removed} trials were`} the same as another and left out: ${left} ${left === 1 ? 'is' : 'are'} left`;
}

/** What varies replaces what all share: of `iterations` and `epochs`, a run has one. */
function withOneLength(settings: Partial<RunSettings>, varied: readonly string[]): Partial<RunSettings> {
  const lengths = ['iterations', 'epochs'];
  const replaced = varied.some((name) => lengths.includes(name)) ? [...lengths, ...varied] : varied;
  return Object.fromEntries(
    Object.entries(settings).filter(([name, value]) => value !== undefined && !replaced.includes(name)),
  );
}

/** @throws DataError for runs of different lengths, which no rung can compare */
function checkLength(strategy: StrategyName, names: readonly string[]): void {
  const length = names.find((name) => name === 'epochs' || name === 'iterations');
  if (strategy === 'halving' && length !== undefined)
    throw new DataError(
      `${length}: cannot vary with the strategy halving, which decides how long each run is`,
    );
}
