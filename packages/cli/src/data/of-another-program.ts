import type { ModelRecord } from '@longhand/core';
import type { KnownData } from '@longhand/core/files';

/** What to do where data have other labels than a model: one of another program may not say its classes. */
export function classesAdvice(known: KnownData): string {
  const { results, classNames } = known as Partial<ModelRecord> & KnownData;
  const areNumbers = classNames.every((name, label) => name === String(label));
  if (results?.importedFrom === undefined || !areNumbers) return '';
  return ': if the data have its classes, name these in their order with --classes';
}
