import type { DataOrigin, Dataset } from '@longhand/core';
import type { DataOptions, ReadData } from './read-result.js';

/**
 * The name of the column, or of the array, of the labels, if there is one among those that the data
 * have: the name that was asked for or, softly, that of the model's training.
 */
export function labelAmong(
  names: readonly string[],
  { label, known }: Pick<DataOptions, 'label' | 'known'>,
): string | undefined {
  if (label !== undefined) return label;
  const before = known?.origin?.label;
  return before !== undefined && names.includes(before) ? before : undefined;
}

/**
 * The same data, with the columns that were chosen kept in their origin, so that a model remembers
 * them. Of a table the column of labels is kept even if it was found.
 */
export function withChoices(data: ReadData, options: DataOptions): ReadData {
  const { training, test, kind } = data;
  if (!training) return data;
  const before = options.known?.origin;
  // Of pictures, it is only what a column of a list is called if that was named.
  const label = kind === 'pictures' ? (options.label ?? before?.label) : data.label;
  const ignored = [...new Set([...(options.ignore ?? []), ...(before?.ignored ?? [])])].filter(
    (name) => name !== label,
  );
  const isChosen = options.label !== undefined || before?.label !== undefined || ignored.length > 0;
  const isKept = label !== undefined && !label.includes('–') && (isChosen || training.features !== undefined);
  if (!isKept && ignored.length === 0) return data;
  const origin = (dataset: Dataset): DataOrigin => ({
    ...dataset.origin,
    ...(isKept && { label }),
    ...(ignored.length > 0 && { ignored }),
  });
  return {
    ...data,
    training: training.withOrigin(origin(training)),
    ...(test && { test: test.withOrigin(origin(test)) }),
    ...(ignored.length > 0 && { ignored }),
  };
}
