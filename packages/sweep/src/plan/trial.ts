import type { Candidate } from '../space/candidates.js';
import type { RunSettings } from '../task.js';

/** A trial: settings that all its runs share, except for the seed. */
export interface Trial {
  /** From 1. */
  readonly trial: number;
  /** The values of the settings that vary. */
  readonly candidate: Candidate;
  /** Complete, with the seed of the first run. */
  readonly settings: RunSettings;
  /** Updates of a whole run. */
  readonly iterations: number;
  /** The same in epochs. */
  readonly epochs: number;
  /** Why its settings cannot be run: then there are no runs. */
  readonly problem?: string;
}
