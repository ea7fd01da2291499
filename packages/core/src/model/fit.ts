import { Dataset } from '../data/dataset.js';
import type { Json } from '../formats/json.js';
import type { ModelRecord, TrainingState } from '../formats/model.js';
import { isElementwise } from '../maths/optimizers.js';
import { requireKnownNames } from '../settings/known-names.js';
import { type BuiltRun, buildRun } from '../training/build-run.js';
import { startOf, stateOf } from '../training/continue.js';
import { type DoubtRequest, learnDoubt } from '../training/doubt.js';
import { evaluate } from '../training/evaluate.js';
import { measureOf, outcomeOf } from '../training/outcome.js';
import { train } from '../training/train.js';
import type { Step, TrainingRun } from '../training/training-run.js';
import { checkOptions } from './check-options.js';
import { classWeightFor } from './class-weight-by-name.js';
import { type FitOptions, OWN_OPTIONS } from './fit-options.js';
import { datasetLike, type Given, lengthOf, readGiven, settingsFor } from './fit-request.js';
import { withThreadsFor } from './fit-settings.js';
import type { Labels } from './labels.js';
import { Model } from './model.js';
import type { Rows } from './rows.js';

/**
 * Trains a network and returns it with all that is needed to use it. The same data, options and seed
 * give the same bits on every machine.
 *
 * Rows are numbers in columns of any unit. Their scales are learnt from the rows that are trained on,
 * are kept in the model and are applied to new rows. With `width` and `height`, rows are pictures.
 *
 * @param rows an array of rows, or one flat array and the option `columns`
 * @param labels words or integers, one for each row
 * @throws SettingError for an unknown option or one that is out of range; DataError for a row or a
 *   label that cannot be used; DivergenceError when a value is no longer finite; the signal's reason
 *   when it aborts
 */
export async function fit(rows: Rows, labels: Labels, options?: FitOptions): Promise<Model>;
export async function fit(dataset: Dataset, options?: FitOptions): Promise<Model>;
export async function fit(
  data: Dataset | Rows,
  labelsOrOptions?: Labels | FitOptions,
  optionsForRows: FitOptions = {},
): Promise<Model> {
  return data instanceof Dataset
    ? fitGiven(data, (labelsOrOptions ?? {}) as FitOptions)
    : fitGiven({ rows: data, labels: labelsOrOptions as Labels }, optionsForRows);
}

async function fitGiven(given: Given, options: FitOptions): Promise<Model> {
  checkOptions(options);
  requireKnownNames(options, OWN_OPTIONS);
  const { columns: _c, width: _w, height: _h, preset: _p, from, test, ...rest } = options;
  const { onStep, reportEvery, signal, worker, spawn, classWeight, sampleWeights, ...asked } = rest;
  signal?.throwIfAborted();
  const own = settingsFor(asked, lengthOf(given), options);
  const { dataset: plain, classesAreWords } = readGiven(given, own, options);
  const dataset = sampleWeights ? plain.withWeights(sampleWeights) : plain;
  const settings = {
    ...own,
    ...(classWeight !== undefined && { classWeight: classWeightFor(dataset.classNames, classWeight) }),
  };
  const built = buildRun({ settings, dataset, ...(from && { from: from.network }) });
  const testSet =
    test &&
    datasetLike({ record: { ...built.record({}), ...(classesAreWords && { classesAreWords }) } }, test);
  const run = train(built.network, built.training, {
    ...continued(built, from),
    ...withThreadsFor(settings, built),
    reportEvery: reportEvery ?? Math.max(1, Math.ceil(built.training.length / built.batchSize)),
    ...(signal && { signal }),
    ...(worker !== undefined && { worker }),
    ...(spawn && { spawn }),
  });
  const history: Step[] = [];
  let training: TrainingState | undefined;
  for await (const step of run) {
    history.push(step);
    const goesOn = (await onStep?.(step)) !== false;
    signal?.throwIfAborted();
    if (run.stopReason || !goesOn) training = await stateAfter(run, built);
    if (!goesOn) break;
  }
  signal?.throwIfAborted();
  const { network } = run;
  const doubt = run.stopReason && (await learnDoubt({ network, ...doubtOptions(built, options) }));
  signal?.throwIfAborted();
  const record: ModelRecord = {
    ...built.record({ ...outcomeOf(run, history, built), ...(from && { startedFrom: startOf(from) }) }),
    ...(classesAreWords && { classesAreWords }),
    ...(doubt && { doubt }),
  };
  if (testSet) {
    const { pixelScale } = record;
    const measured = measureOf(evaluate(network, testSet, { pixelScale, engine: built.settings.engine }));
    Object.assign(record.results, { test: { ...measured } satisfies Json });
  }
  return new Model({ network, record, history, ...(training && { training }) });
}

/** What doubt is learnt from after a run. */
function doubtOptions(
  { training, dev, settings }: BuiltRun,
  { worker, spawn }: FitOptions,
): Omit<DoubtRequest, 'network'> {
  const engine = { ...(worker !== undefined && { worker }), ...(spawn && { spawn }) };
  return { training, dev, settings, engine };
}

/** The run's options; with a model whose optimizer can go on, those of the longer run that it began. */
function continued(built: BuiltRun, from: Model | undefined): BuiltRun['options'] {
  const resume = from && stateOf(from, built.settings);
  if (!resume) return built.options;
  const { epochs: _, ...options } = built.options;
  return { ...options, iterations: resume.iteration + built.iterations, resume };
}

/**
 * What the optimizer remembers, if it belongs to the parameters that the run ends with. It does not
 * where these are an average, or the best of an earlier iteration.
 */
async function stateAfter(run: TrainingRun, { settings }: BuiltRun): Promise<TrainingState | undefined> {
  if (!isElementwise(settings.optimizer) || settings.weightAveraging !== 'none') return undefined;
  if (settings.patience !== 'none') return undefined;
  const { iteration, memory } = await run.checkpoint();
  return { iteration, memory };
}
