import type { ParameterSet } from './maths/parameter-set.js';

/** All that a run depends on from here on, besides its settings, its data and the network it began with. */
export interface Checkpoint {
  /** Updates made. */
  readonly iteration: number;
  /** Time spent in training so far, in ms. */
  readonly milliseconds: number;
  /** The parameters, as W and b of each layer. */
  readonly parameters: ParameterSet;
  /** What the optimizer remembers. */
  readonly memory: readonly ParameterSet[];
  /** The numbers of L-BFGS; else none. */
  readonly search: readonly number[];
  /** The mean of the parameters, where one is kept. */
  readonly average: ParameterSet | undefined;
  /** The parameters that were best on dev, where that is watched. */
  readonly best: BestSoFar | undefined;
}

/** The parameters that were best on dev, and what is needed to go on looking. */
export interface BestSoFar {
  /** The update after which they were best. */
  readonly iteration: number;
  /** Larger is better. */
  readonly score: number;
  /** Dev evaluations since then. */
  readonly evaluationsSince: number;
  /** The parameters, as W and b of each layer. */
  readonly parameters: ParameterSet;
}
