import { Dataset, heldOut } from '../data/dataset.js';
import { DataError } from '../errors.js';
import type { GivenSettings } from '../settings/complete.js';
import { checkSetting } from '../settings/kinds.js';
import { withPreset } from '../settings/presets.js';
import { settingNamed } from '../settings/table.js';
import { devExamples } from '../training/build-run.js';
import { continuedSettings } from '../training/continue.js';
import { checkSameKind, datasetForModel, datasetOfRows, type FitData } from './fit-data.js';
import type { FitOptions } from './fit-options.js';
import { withFitDefaults } from './fit-settings.js';
import { isListLike, kindOf, type Labels } from './labels.js';
import type { Model } from './model.js';
import type { Rows } from './rows.js';

/** What `fit` was given to learn from: a dataset, or rows and labels. */
export type Given = Dataset | { readonly rows: Rows; readonly labels: Labels };

/**
 * The settings of the run, with the number of examples that are held out.
 *
 * @throws DataError when none would be left to train on; SettingError for a seed that is none
 */
export function settingsFor(
  given: GivenSettings,
  length: number,
  { from, preset }: Pick<FitOptions, 'from' | 'preset'>,
): GivenSettings & { dev: number } {
  const asked = preset === undefined ? given : withPreset(preset, given);
  const base = from ? continuedSettings(from, given, length, preset) : asked;
  if (base.seed !== undefined) checkSetting(settingNamed('seed'), base.seed);
  const dev = base.dev === undefined ? devExamples({}, length) : heldOut(base.dev, length);
  const examples = length - dev;
  const settings = from || preset !== undefined ? base : withFitDefaults(base, examples);
  // The model's own batches may be larger than all that there is now.
  const carried = from && asked.batchSize === undefined ? settings.batchSize : undefined;
  if (typeof carried === 'number' && carried > examples) settings.batchSize = examples;
  return { ...settings, ...evaluationsOf(settings, examples), dev };
}

/** With mini-batches, dev is evaluated once an epoch, so that `patience` counts epochs. */
function evaluationsOf({ batchSize, devEvery }: GivenSettings, examples: number): GivenSettings {
  if (devEvery !== undefined || typeof batchSize !== 'number' || !(batchSize > 0)) return {};
  return { devEvery: Math.max(1, Math.ceil(examples / batchSize)) };
}

/** How many examples there are. */
export function lengthOf(given: Given): number {
  if (given instanceof Dataset) return given.length;
  const { labels } = given;
  if (!isListLike(labels)) {
    throw new DataError(`labels: expected an array with one for each row, found ${kindOf(labels)}`);
  }
  if (labels.length === 0) throw new DataError('labels: there are none');
  return labels.length;
}

/** @throws DataError for a row or a label that cannot be used, or that the model to go on with does not know */
export function readGiven(
  given: Given,
  { dev, seed = 1 }: { readonly dev: number; readonly seed?: number },
  { from, columns, width, height }: Pick<FitOptions, 'from' | 'columns' | 'width' | 'height'>,
): FitData {
  const classesAreWords = from?.record.classesAreWords ?? false;
  if (from) return { dataset: datasetLike(from, given), classesAreWords };
  if (given instanceof Dataset) return { dataset: given, classesAreWords };
  const shape = {
    ...(columns !== undefined && { columns }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
  };
  return datasetOfRows(given.rows, given.labels, { ...shape, held: dev, seed });
}

/** As examples of a model that exists: with its classes, and its scales of the columns. */
export function datasetLike(model: Pick<Model, 'record'>, given: Given): Dataset {
  if (!(given instanceof Dataset)) return datasetForModel(given.rows, given.labels, model);
  checkSameKind(given, model);
  return given;
}
