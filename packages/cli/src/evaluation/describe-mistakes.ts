import type { Mistake } from '@longhand/core';
import { percent } from '../terminal/figures.js';

/** Under a heading, a line each: `example 259: a 6 read as 0 (97.1% sure)`. */
export function describeMistakes(mistakes: readonly Mistake[], classNames: readonly string[]): string {
  const lines = mistakes.map(
    ({ index, label, answer, confidence }) =>
      `  example ${index}: ${classNames[label]} read as ${classNames[answer]}, ${percent(confidence, 1)} sure`,
  );
  return ['Worst mistakes:', ...lines].join('\n');
}
