import type { Confusion } from '@longhand/core';
import { count } from '@longhand/core/text';
import type { Paint } from '../terminal/paint.js';

/** A heading, then one line each: `4 read as 9: 38 times`. */
export function describeConfusions(
  confusions: readonly Confusion[],
  classNames: readonly string[],
  paint: Paint = (_, text) => text,
): string {
  const lines = confusions.map(
    ({ label, answer, count: times }) =>
      `  ${classNames[label]} read as ${classNames[answer]}: ${times === 1 ? 'once' : `${count(times)} times`}`,
  );
  return [paint('bold', 'Most frequent mistakes:'), ...lines].join('\n');
}
