import type { Dataset, Network } from '@longhand/core';
import { type BatchResult, createEngine } from '@longhand/core/engine';
import { update } from '@longhand/core/maths';
import type { Mistake } from './mistake.js';

/** What all versions share. */
export interface Experiment {
  /** The network before training. */
  readonly network: Network;
  readonly training: Dataset;
  readonly test: Dataset;
  readonly alpha: number;
  readonly iterations: number;
  readonly threads: number | undefined;
  readonly signal: AbortSignal;
  /** Called after every iteration. */
  readonly onIteration: () => void;
}

export interface GradientDescent {
  readonly network: Network;
  /** How many updates it has had. */
  readonly updates: number;
  /** The measurements before each update, then once more after the last. */
  readonly results: readonly BatchResult[];
}

/** Full-batch gradient descent on the engine, with the mistake, if any, made in every update. */
export async function gradientDescent(
  { network, training, alpha, iterations, threads, signal, onIteration }: Experiment,
  { pixelScale, mistake }: { pixelScale: number; mistake?: Mistake },
): Promise<GradientDescent> {
  const engine = await createEngine(network, { pixelScale, ...(threads === undefined ? {} : { threads }) });
  try {
    const examples = await engine.load(training);
    const batches = [{ from: 0, to: training.length }];
    const results: BatchResult[] = [];
    let updates = 0;
    for (; updates < iterations && !signal.aborted; updates++) {
      results.push((await engine.descend(examples, { alpha, batches }))[0]!);
      // Without a mistake, the engine itself applies the gradient in the next call.
      if (mistake) engine.setNetwork(update(engine.network(), mistake(engine.gradients()), alpha));
      onIteration();
    }
    await engine.update(alpha);
    results.push(await engine.measure(examples));
    return { network: engine.network(), updates, results };
  } finally {
    await engine.dispose();
  }
}
