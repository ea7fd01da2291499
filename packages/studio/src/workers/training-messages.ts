import type { Feature, Measure, Predictions, Settings, Step } from '@longhand/core';

/** A dataset's bytes on their way to a worker: shared where the page may, copied where not. */
export interface PackedDataset {
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly classNames: readonly string[];
  readonly features?: readonly Feature[];
}

export interface PackedDigits {
  readonly training: PackedDataset;
  readonly test: PackedDataset;
}

/** What to train. */
export interface RunRequest {
  readonly settings: Partial<Settings>;
  /** A model file to go on from, in place of a fresh network. */
  readonly from?: Uint8Array;
  /** Pictures to train on besides the dataset's, such as a drawing whose answer was corrected. */
  readonly extra?: PackedDataset;
  /** Begin paused, before the first update. */
  readonly paused?: boolean;
}

export type ToTrainingWorker =
  | { readonly type: 'digits'; readonly digits: PackedDigits }
  | { readonly type: 'train'; readonly id: number; readonly request: RunRequest }
  /** One of the engine's workers ended, or cannot go on. */
  | { readonly type: 'died'; readonly worker: number; readonly reason: string }
  | { readonly type: 'control'; readonly id: number; readonly control: Control }
  | { readonly type: 'answers'; readonly id: number; readonly model: Uint8Array; readonly set: SetName };

/** `step` makes one report's worth of a paused run. */
export type Control = 'pause' | 'resume' | 'step' | 'stop';
export type SetName = 'training' | 'test';

/** Points of the curves since the last message, and the state of the network now. */
export interface Progress {
  readonly steps: readonly Step[];
  /** In training alone, in ms. */
  readonly milliseconds: number;
  readonly threads: number;
  /** Weights of the first layer, unit by unit: n₁ × n₀. */
  readonly W1: Float32Array;
  readonly paused: boolean;
}

export interface Trained {
  /** The model as a file. */
  readonly model: Uint8Array;
  readonly sha256: string;
  readonly test: Measure;
  readonly milliseconds: number;
  readonly threads: number;
  /** Whether `stop` ended it before its time. */
  readonly stopped: boolean;
}

/** The page starts the engine's workers, and ends them. */
export type FromTrainingWorker =
  | { readonly type: 'spawn'; readonly worker: number; readonly port: MessagePort }
  | { readonly type: 'terminate'; readonly worker: number }
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly type: 'trained'; readonly id: number; readonly trained: Trained }
  | { readonly type: 'answered'; readonly id: number; readonly answers: Predictions }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };
