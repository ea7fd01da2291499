import type { Checkpoint, Measure, Settings, Step } from '@longhand/core';
import type { NetworkShape, Snapshot } from '../computations/snapshots.js';
import type { Trained } from '../workers/training.worker.js';

/** One point on a run's curves. */
export interface Point {
  /** How many times the run has gone through the data. */
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
}

/**
 * `stopped` can be continued, `finished` was ended early and tested, `closed` was ended without
 * opening the test set. `interrupted` was going on when the page was closed, and can be continued.
 */
export type RunState =
  | 'waiting'
  | 'running'
  | 'paused'
  | 'stopped'
  | 'done'
  | 'finished'
  | 'closed'
  | 'failed'
  | 'interrupted';

/** What a run found out at its end, without its network. */
export type RunResult = Omit<Trained, 'network' | 'record' | 'vitals'> & {
  /** Missing in a run from a log of the command. */
  readonly vitals?: Trained['vitals'];
};

/** What a run must know of its data after they are gone. */
export interface RunData {
  readonly name: string;
  /** Training examples, with those that are held out for dev. */
  readonly length: number;
  readonly inputs: number;
  readonly width: number;
  readonly height: number;
  readonly classes: number;
}

/** A run as it is kept and written to files: plain data. */
export interface RunRecord {
  readonly id: string;
  readonly number: number;
  /** What the user calls it, or nothing. */
  readonly title: string;
  readonly note: string;
  readonly given: Partial<Settings>;
  /** The model that it went on from, if it did not begin with a fresh network. */
  readonly from?: string | undefined;
  /** Missing if only a log is known, which does not say the size of the data. */
  readonly about?: RunData | undefined;
  /** Training examples without dev. */
  readonly examples: number;
  /** `interrupted`: the page was closed while it trained. */
  readonly state: 'done' | 'finished' | 'closed' | 'failed' | 'interrupted';
  readonly step?: Step | undefined;
  readonly dev?: Measure | undefined;
  readonly milliseconds: number;
  readonly threads: number;
  readonly firstLoss: number;
  readonly worstLoss: number;
  readonly training: Columns;
  readonly watched: Columns;
  readonly result?: RunResult | undefined;
  readonly shape?: NetworkShape | undefined;
  readonly snapshots: readonly Snapshot[];
  /** What an interrupted run can go on from. */
  readonly checkpoint?: Checkpoint | undefined;
}

/** The points of a curve, column by column: a tenth of the room that objects take. */
export interface Columns {
  readonly epoch: Float64Array;
  readonly loss: Float64Array;
  readonly accuracy: Float64Array;
}

export function columnsOf(points: readonly Point[]): Columns {
  return {
    epoch: Float64Array.from(points.map(({ epoch }) => epoch)),
    loss: Float64Array.from(points.map(({ loss }) => loss)),
    accuracy: Float64Array.from(points.map(({ accuracy }) => accuracy)),
  };
}

export function pointsOf({ epoch, loss, accuracy }: Columns): Point[] {
  return Array.from(epoch, (at, k) => ({ epoch: at, loss: loss[k]!, accuracy: accuracy[k]! }));
}
