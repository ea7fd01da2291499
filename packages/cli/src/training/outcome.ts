import {
  type Dataset,
  type Ending,
  evaluate,
  type Measure,
  PIXEL_SCALE,
  type Settings,
  type Step,
  type TrainingRun,
} from '@longhand/core';

/** What a run came to, each measure of the parameters that are saved. */
export interface RunOutcome {
  /** Updates that the saved parameters have seen. */
  readonly iterations: number;
  /** Updates that were made: more, where the best parameters are older ones. */
  readonly made: number;
  /** Why the run ended by itself; nothing when it was interrupted. */
  readonly ended: Ending | undefined;
  readonly interrupted: boolean;
  readonly train: Measure;
  readonly dev: Measure | null;
}

/** From the last step of a run; what that step did not measure, since it was interrupted there, is measured now. */
export function outcomeOf(
  run: TrainingRun,
  steps: readonly Step[],
  training: Dataset,
  dev: Dataset,
  settings: Settings,
): RunOutcome {
  const last = steps.at(-1)!;
  const interrupted = run.ended === undefined;
  const pixelScale = pixelScaleOf(settings);
  const measure = (dataset: Dataset) => measureOf(evaluate(run.network, dataset, { pixelScale }));
  // Only the last of all steps, and a full batch, are measured on all the examples.
  const isWhole = !interrupted || settings.batchSize === 'full';
  return {
    iterations: last.iteration,
    made: run.made,
    ended: run.ended,
    interrupted,
    train: isWhole ? measureOf(last) : measure(training),
    dev: dev.length === 0 ? null : last.dev ? measureOf(last.dev) : measure(dev),
  };
}

/** The measure alone, of anything that has one. */
export function measureOf({ examples, loss, accuracy }: Measure): Measure {
  return { examples, loss, accuracy };
}

/** What the setting `pixels` multiplies a byte by. */
export function pixelScaleOf({ pixels }: Pick<Settings, 'pixels'>): number {
  return pixels === 'raw' ? 1 : PIXEL_SCALE;
}
