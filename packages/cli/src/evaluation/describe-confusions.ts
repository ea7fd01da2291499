import type { Confusion } from '@longhand/core';
import { count } from '../terminal/figures.js';

/** Under a heading, a line each: `4 read as 9: 38 times`. */
export function describeConfusions(confusions: readonly Confusion[], classNames: readonly string[]): string {
  const lines = confusions.map(
    ({ label, answer, count: times }) =>
      `  ${classNames[label]} read as ${classNames[answer]}: ${times === 1 ? 'once' : `${count(times)} times`}`,
  );
  return ['Worst confusions:', ...lines].join('\n');
}
