import type { Feature, ModelFile } from '@longhand/core';
import { log } from '../streams.js';

/**
 * Fits another program's model to the columns of a table, and prints that it was changed. Any other
 * model stays as it is.
 *
 * @param file the model's, for the note
 * @param features of the data, with their ranges
 */
export async function withColumns(
  model: ModelFile,
  features: readonly Feature[] | undefined,
  file: string,
  quiet = false,
): Promise<ModelFile> {
  // A model of our own has its ranges.
  if (!features || model.record.features) return model;
  const formats = await import('@longhand/formats/models');
  const changed = formats.withColumns(model, features);
  if (changed !== model && !quiet) log(`${file}: ${changed.notes!.at(-1)}`);
  return changed;
}
