import type { Dataset, ModelFile, Settings } from '@longhand/core';
import { continuedSettings, startOf, stateOf } from '@longhand/core/training';
import { openModel } from '../model/open-model.js';
import { withColumns } from '../model/with-columns.js';
import { checkFitsModel } from '../test-set.js';
import { UsageError } from '../usage-error.js';

/** The model that a run begins with. */
export interface StartModel {
  readonly file: string;
  readonly model: ModelFile;
  /** The model as it is in the file, if it was changed for the columns of a table. */
  readonly opened?: ModelFile;
}

/** The same for the columns of a table, if it is a model of another program. */
export async function startOnColumns(
  from: StartModel,
  { features }: Dataset,
  quiet: boolean,
): Promise<StartModel> {
  const { file, model } = from;
  return { file, model: await withColumns(model, features, file, quiet), opened: model };
}

/**
 * Reads the model of `--from`.
 *
 * @throws UsageError for flags that need a new network, ModelError for what is no model
 */
export async function openStartModel(
  file: string,
  { resume, initialization, quiet }: Readonly<Record<'resume' | 'initialization' | 'quiet', unknown>>,
): Promise<StartModel> {
  if (resume !== undefined)
    throw new UsageError('--from and --resume exclude each other: the checkpoint contains the parameters');
  if (initialization !== undefined)
    throw new UsageError('--initialization: needs a new network: leave it out with --from');
  return { file, model: await openModel(file, quiet === true) };
}

/**
 * The settings of a run that trains a model further, and what its record says of that.
 *
 * @param given the settings that were typed
 * @throws DataError for data that do not fit the model, SettingError for another network than it has
 */
export function startedFrom(
  { file, model }: StartModel,
  { training, name }: { readonly training: Dataset; readonly name: string },
  given: Partial<Settings>,
  preset: string | undefined,
): Partial<Settings> {
  checkFitsModel({ dataset: training, name }, file, model);
  return continuedSettings(model, given, training.length, preset);
}

/** What the model's record says of where its training began. */
export function startInRecord({ file, model, opened = model }: StartModel): object {
  return { file, ...startOf(opened) };
}

/** What its optimizer remembers, for a run with these settings. */
export function startState({ model }: StartModel, settings: Settings) {
  return stateOf(model, settings);
}
