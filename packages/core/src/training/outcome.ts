import type { Dataset } from '../data/dataset.js';
import type { BuiltRun } from './build-run.js';
import { evaluate } from './evaluate.js';
import { pixelScaleOf } from './plan.js';
import type { Measure, Step, StopReason, TrainingRun } from './training-run.js';

/** The result of a run. All measures are those of the saved parameters. */
export interface RunOutcome {
  /** The number of updates that the saved parameters have had. */
  readonly iterations: number;
  /** The number of updates made: more, if the best parameters are older. */
  readonly updates: number;
  /** Why the run stopped; undefined if it was interrupted. */
  readonly stopReason: StopReason | undefined;
  /** Whether the run was stopped before its end. */
  readonly interrupted: boolean;
  /** The training examples, measured at the end. */
  readonly train: Measure;
  /** The dev examples, measured at the end. */
  readonly dev: Measure | null;
}

/** From the last step of a run. What an interrupted step did not measure is measured now. */
export function outcomeOf(
  run: TrainingRun,
  steps: readonly Step[],
  { training, dev, settings }: Pick<BuiltRun, 'training' | 'dev' | 'settings'>,
): RunOutcome {
  const last = steps.at(-1)!;
  const interrupted = run.stopReason === undefined;
  const pixelScale = pixelScaleOf(settings);
  const { engine } = settings;
  const measure = (dataset: Dataset) => measureOf(evaluate(run.network, dataset, { pixelScale, engine }));
  // Only a run's last step, and plain full batches, are measures of all examples as they are.
  const isWhole = !interrupted || (isPlain(settings) && !training.isWeighted);
  return {
    iterations: last.iteration,
    updates: run.updates,
    stopReason: run.stopReason,
    interrupted,
    train: isWhole ? measureOf(last) : measure(training),
    dev: !dev ? null : last.dev ? measureOf(last.dev) : measure(dev),
  };
}

/** Whether the loss that is descended is the mean cross-entropy of all examples, by the parameters that are kept. */
function isPlain(settings: BuiltRun['settings']): boolean {
  const { batchSize, classWeight, weightAveraging, labelSmoothing, dropout, inputDropout } = settings;
  const { variants, shift, rotate, scale, shear, elastic } = settings;
  const changes = [labelSmoothing, dropout, inputDropout, variants, shift, rotate, scale, shear, elastic];
  const isWhole = batchSize === 'full' && classWeight === 'none' && weightAveraging === 'none';
  return isWhole && changes.every((amount) => amount === 0);
}

/** Only the measure, of anything that has one. */
export function measureOf({ examples, loss, accuracy }: Measure): Measure {
  return { examples, loss, accuracy };
}
