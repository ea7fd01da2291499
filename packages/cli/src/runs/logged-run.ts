import type { Measure } from '@longhand/core';
import type { LogLine } from '../training/run-log.js';

/** A line of a log of training. */
export type Line<Type extends LogLine['type']> = Extract<LogLine, { type: Type }>;

/** How a run ended. */
export type LoggedEnd = Omit<Line<'end'>, 'train'> & { readonly train: Measure | null };

/** A run, from its log. */
export interface LoggedRun {
  readonly file: string;
  readonly begun: Line<'run'>;
  readonly steps: readonly Line<'step'>[];
  /**
   * Absent if the run was interrupted or is still going. `train` is null for a run that a sweep did not go
   * on with.
   */
  readonly end: LoggedEnd | undefined;
}
