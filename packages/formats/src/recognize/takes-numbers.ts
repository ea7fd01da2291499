import type { ModelRecord } from '@longhand/core';
import type { KnownData } from '@longhand/core/files';

/**
 * Whether what data are for is a model of another program for a table: it takes the columns as the numbers that they
 * are, and says nothing of their ranges.
 */
export function takesNumbers(known: KnownData | undefined): boolean {
  const { results, height, features } = (known ?? {}) as Partial<KnownData & ModelRecord>;
  return results?.importedFrom !== undefined && height === 1 && features === undefined;
}
