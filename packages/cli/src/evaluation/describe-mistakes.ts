import type { Mistake } from '@longhand/core';
import { percent } from '@longhand/core/text';
import type { Paint } from '../terminal/paint.js';

/** A heading, then one line each: `example 259: 6 read as 0, 97.1% sure`. */
export function describeMistakes(
  mistakes: readonly Mistake[],
  classNames: readonly string[],
  paint: Paint,
): string {
  const lines = mistakes.map(
    ({ index, label, answer, confidence }) =>
      `  example ${index}: ${classNames[label]} read as ${classNames[answer]}, ${percent(confidence, 1)} sure`,
  );
  return [paint('bold', 'Most confident mistakes:'), ...lines].join('\n');
}
