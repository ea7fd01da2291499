import type { Digits } from './digits.js';
import { type NamedModel, nameModel, ownModels } from './models.js';

/**
 * Fits models of other programs to the table in use: they take its columns as the numbers that they are, and do not say
 * the ranges and seldom the classes. What was opened is kept for the next table.
 *
 * @returns what was done, in sentences to show
 */
export async function fitTableModels(data: Digits): Promise<readonly string[]> {
  const told: string[] = [];
  const fitted = await Promise.all(ownModels.peek().map((model) => fitTo(data, model, told)));
  if (told.length > 0) ownModels.value = fitted;
  return told;
}

async function fitTo({ training, name }: Digits, model: NamedModel, told: string[]): Promise<NamedModel> {
  const opened = model.opened ?? model;
  const { record } = opened;
  const { features, classNames } = training;
  const isOfOther = record.results.importedFrom !== undefined && record.features === undefined;
  if (!isOfOther || !features || classNames.length !== record.classNames.length) return model;
  const { withColumns } = await import('@longhand/formats/models');
  const changed = withColumns(opened, features);
  if (changed === opened) return model;
  const renamed = record.classNames.some((one, label) => one !== classNames[label]);
  // Numbers may stand for names; names of its own are other classes.
  if (renamed && record.classNames.some((one, label) => one !== String(label))) return model;
  const order = renamed ? `; its classes are taken to be ${classNames.join(', ')}, in this order` : '';
  told.push(
    `${model.name} takes the columns of ${name} as the numbers that they are, rounded to 256 steps of their range${order}.`,
  );
  const file = { ...changed, record: { ...changed.record, classNames } };
  return { ...(await nameModel(file, model.name)), opened };
}
