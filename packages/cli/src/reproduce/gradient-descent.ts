import { type BatchResult, createEngine, type Dataset, type Network, update } from '@longhand/core';
import type { Mistake } from './mistake.js';

/** What all versions have in common. */
export interface Experiment {
  /** The start. */
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
  /** How many updates it has seen. */
  readonly updates: number;
  /** What each iteration measured, before its update; then once more, after the last. */
  readonly results: readonly BatchResult[];
}

/** Full-batch gradient descent by the engine, with the mistake, if there is one, made at every update. */
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
      // Without a mistake the engine applies the gradient by itself, with the next call.
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
