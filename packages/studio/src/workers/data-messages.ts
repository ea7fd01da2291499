import type { PathFile } from '../files/path-file.js';
import type { DataPlan } from '../files/plan.js';
import type { PackedDigits } from './training-messages.js';

export interface ToDataWorker {
  readonly plan: DataPlan<PathFile>;
  /** Draws the test set, when the files have none. */
  readonly seed: number;
}

export type FromDataWorker =
  | { readonly type: 'progress'; readonly share: number }
  | {
      readonly type: 'read';
      readonly digits: PackedDigits;
      /** What was done with the files, in clauses for the reader. */
      readonly how: readonly string[];
    }
  | { readonly type: 'failed'; readonly message: string };
