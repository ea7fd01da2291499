import type { Matrix } from '@longhand/core';
import type { ExperimentSettings, Point } from '../computations/experiment.js';
import type { Findings } from '../computations/experiment-findings.js';
import type { PackedDigits } from './packed-dataset.js';

/** A value for the left side and one for the right. */
export type Both<Value> = readonly [Value, Value];

interface LayerParameters {
  readonly W: Matrix;
  readonly b: Matrix;
}

export interface ExperimentRequest {
  readonly settings: ExperimentSettings;
  readonly digits: PackedDigits;
}

/** The state of a network during the run. */
export interface Standing {
  readonly parameters: readonly LayerParameters[];
  /** Which hidden units output 0 for every training digit. */
  readonly dead: readonly boolean[];
}

/** The points added to both curves since the last report, and the networks now. */
export interface Report {
  readonly points: Both<readonly Point[]>;
  readonly standing: Both<Standing>;
}

export interface Outcome {
  readonly findings: Both<Findings>;
  /** SHA-256 of the parameters; missing on an insecure page. */
  readonly hashes?: Both<string>;
  /** How many updates were made. */
  readonly iterations: number;
}
