import type { Matrix } from '@longhand/core';
import type { ExperimentSettings, Point } from '../computations/experiment.js';
import type { Findings } from '../computations/experiment-findings.js';
import type { PackedDigits } from './packed-dataset.js';

/** One for the left side, one for the right. */
export type Both<Value> = readonly [Value, Value];

interface LayerParameters {
  readonly W: Matrix;
  readonly b: Matrix;
}

export interface ExperimentRequest {
  readonly settings: ExperimentSettings;
  readonly digits: PackedDigits;
}

/** How a network stands, as it travels from the worker to the page. */
export interface Standing {
  readonly parameters: readonly LayerParameters[];
  /** Which hidden units answer 0 to every training digit. */
  readonly dead: readonly boolean[];
}

/** The run so far: the new points of both curves. */
export interface Report {
  readonly points: Both<readonly Point[]>;
  readonly standing: Both<Standing>;
}

export interface Outcome {
  readonly findings: Both<Findings>;
  /** SHA-256 of the parameters; none on a page that did not come safely. */
  readonly hashes?: Both<string>;
  /** Updates done. */
  readonly iterations: number;
}
