import {
  type BuiltRun,
  type Dataset,
  evaluate,
  type Measure,
  pixelScaleOf,
  type Step,
  type StopReason,
  type TrainingRun,
} from '@longhand/core';

/** What a run came to, each measure of the parameters that are saved. */
export interface RunOutcome {
  /** Updates that the saved parameters have seen. */
  readonly iterations: number;
  /** Updates that were made: more, where the best parameters are older ones. */
  readonly made: number;
  /** Why the run ended by itself; nothing when it was interrupted. */
  readonly ended: StopReason | undefined;
  readonly interrupted: boolean;
  readonly train: Measure;
  readonly dev: Measure | null;
}

/** From the last step of a run; what that step did not measure, since it was interrupted there, is measured now. */
export function outcomeOf(
  run: TrainingRun,
  steps: readonly Step[],
  { training, dev, settings }: Pick<BuiltRun, 'training' | 'dev' | 'settings'>,
): RunOutcome {
  const last = steps.at(-1)!;
  const interrupted = run.stopReason === undefined;
  const pixelScale = pixelScaleOf(settings);
  const measure = (dataset: Dataset) => measureOf(evaluate(run.network, dataset, { pixelScale }));
  // Only the last of all steps, and a full batch, are measured on all the examples.
  const isWhole = !interrupted || settings.batchSize === 'full';
  return {
    iterations: last.iteration,
    made: run.updates,
    ended: run.stopReason,
    interrupted,
    train: isWhole ? measureOf(last) : measure(training),
    dev: !dev ? null : last.dev ? measureOf(last.dev) : measure(dev),
  };
}

/** The measure alone, of anything that has one. */
export function measureOf({ examples, loss, accuracy }: Measure): Measure {
  return { examples, loss, accuracy };
}
