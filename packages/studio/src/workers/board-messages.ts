import type { Reference } from '@longhand/core/explain';
import type { ComputedIteration } from '../computations/cycle.js';
import type { FiniteDifference } from '../computations/finite-difference.js';
import type { PackedDataset } from './training-messages.js';

export type ToBoardWorker =
  | { readonly type: 'dataset'; readonly dataset: PackedDataset }
  /** A model file with 64-bit parameters beside it: a file's are 32-bit. */
  | { readonly type: 'turn'; readonly id: number; readonly question: TurnQuestion }
  | {
      readonly type: 'nudge';
      readonly id: number;
      readonly question: TurnQuestion;
      readonly parameter: Reference;
      readonly gradient: number;
    };

export interface TurnQuestion {
  /** The network before any update, as a model file. */
  readonly model: Uint8Array;
  /** How many updates with all examples come before. */
  readonly turn: number;
  readonly alpha: number;
}

export type FromBoardWorker =
  | {
      readonly type: 'turned';
      readonly id: number;
      readonly turn: ComputedIteration;
      readonly parameters: readonly { readonly W: Float64Array; readonly b: Float64Array }[];
    }
  | { readonly type: 'nudged'; readonly id: number; readonly nudge: FiniteDifference }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };
