// Trains the two networks of an experiment side by side in 64-bit maths: an iteration of one, then
// of the other. It makes one run; the page starts another worker for the next.

import { Dataset, type Network, parametersSha256 } from '@longhand/core';
import { type DesignMatrix, toDesignMatrix } from '@longhand/core/data';
import type { PackedDataset } from '@longhand/core/files';
import { type Forward, forward } from '@longhand/core/maths';
import {
  accuracyOf,
  descendOnce,
  type ExperimentSettings,
  ITERATIONS,
  lossOf,
  type Point,
  type Side,
  sidesOf,
} from '../computations/experiment.js';
import { deadUnits, examine } from '../computations/experiment-findings.js';
import type { Call } from './calls.js';
import type { Both, ExperimentRequest, Outcome, Report, Standing } from './experiment-messages.js';
import type { PackedDigits } from './packed-dataset.js';
import { serve } from './serve.js';

/** Time between two reports, in ms: the page draws up to forty pictures for each. */
const REPORT_MS = 100;

const methods = {
  /**
   * Trains both networks side by side. Cancelling the call ends the run early, with its outcome so
   * far.
   */
  run,
};

export type ExperimentMethods = typeof methods;

serve(methods);

/** A network in training and its digits, scaled as it takes them. */
interface Learner {
  readonly side: Side;
  readonly training: DesignMatrix;
  readonly test: DesignMatrix;
  network: Network;
  computed: Forward;
  points: Point[];
}

async function run(
  { settings, digits }: ExperimentRequest,
  { report, signal }: Call<Report>,
): Promise<Outcome> {
  const [left, right] = sidesOf(settings);
  const both: Both<Learner> = [prepare(left, digits), prepare(right, digits)];
  let iteration = 0;
  let reported = Number.NEGATIVE_INFINITY;
  for (; ; iteration++) {
    for (const learner of both) learner.points.push(measure(settings, learner, iteration));
    const isLast = iteration === ITERATIONS || signal.aborted;
    if (isLast || performance.now() - reported >= REPORT_MS) {
      report({
        points: [both[0].points, both[1].points],
        standing: [standingOf(both[0]), standingOf(both[1])],
      });
      for (const learner of both) learner.points = [];
      reported = performance.now();
    }
    if (isLast) break;
    for (const learner of both) {
      learner.network = descendOnce(learner.side, learner.network, learner.computed, learner.training);
    }
    // A call from the page can arrive now.
    await new Promise((resolve) => setTimeout(resolve));
  }
  const findings = both.map(({ network, training, test }) => examine(settings, network, training, test));
  const hashes = globalThis.crypto?.subtle
    ? await Promise.all([parametersSha256(both[0].network), parametersSha256(both[1].network)])
    : undefined;
  return { findings: [findings[0]!, findings[1]!], iterations: iteration, ...(hashes && { hashes }) };
}

function prepare(side: Side, digits: PackedDigits): Learner {
  const training = columnsOf(digits.training, side.pixelScale);
  const { network } = side;
  return {
    side,
    training,
    test: columnsOf(digits.test, side.pixelScale),
    network,
    computed: forward(network, training.X),
    points: [],
  };
}

function columnsOf(packed: PackedDataset, pixelScale: number): DesignMatrix {
  const dataset = new Dataset(packed);
  return toDesignMatrix(
    dataset,
    Uint32Array.from({ length: dataset.length }, (_, i) => i),
    pixelScale,
  );
}

function measure({ name }: ExperimentSettings, learner: Learner, iteration: number): Point {
  const { network, training } = learner;
  learner.computed = forward(network, training.X);
  return {
    iteration,
    loss: lossOf(name, network, learner.computed, training),
    accuracy: accuracyOf(learner.computed.A.at(-1)!, training.Y),
  };
}

function standingOf({ network, computed }: Learner): Standing {
  return { parameters: network.layers.map(({ W, b }) => ({ W, b })), dead: deadUnits(computed) };
}
