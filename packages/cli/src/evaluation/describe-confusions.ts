import type { Confusion } from '@longhand/core';
import { count } from '../terminal/figures.js';

/** `4 read as 9: 38 times, 5 read as 3: 31 times`. */
export function describeConfusions(confusions: readonly Confusion[], classNames: readonly string[]): string {
  return confusions
    .map(
      ({ label, answer, count: times }) =>
        `${classNames[label]} read as ${classNames[answer]}: ${count(times)} ${times === 1 ? 'time' : 'times'}`,
    )
    .join(', ');
}
