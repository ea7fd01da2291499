import { SettingError, written } from '../errors.js';
import type { FitOptions } from './fit-options.js';
import { isListLike, kindOf } from './labels.js';
import { Model } from './model.js';

/**
 * Checks the options of `fit` that are no settings, before anything is computed. JavaScript lets
 * through what TypeScript would have complained about.
 *
 * @throws SettingError that names the option
 */
export function checkOptions(options: FitOptions): void {
  const refuse = (setting: string, expected: string, found: string): never => {
    throw new SettingError({ setting, expected: [`${expected}, found ${found}`] });
  };
  if (typeof options !== 'object' || options === null || isListLike(options)) {
    refuse('options', 'an object such as { epochs: 50 }', kindOf(options));
  }
  const { from, signal, onStep, dev, sampleWeights, test } = options;
  if (from !== undefined && !(from instanceof Model)) {
    refuse('from', 'a model, as await loadModel(…) and await fit(…) give one', kindOf(from));
  }
  if (signal !== undefined && typeof signal?.throwIfAborted !== 'function') {
    refuse('signal', 'an AbortSignal, such as the signal of an AbortController', kindOf(signal));
  }
  if (onStep !== undefined && typeof onStep !== 'function') refuse('onStep', 'a function', kindOf(onStep));
  if (dev !== undefined && typeof dev !== 'number') refuse('dev', 'a number or a share', written(dev));
  if (
    test !== undefined &&
    (typeof test !== 'object' || test === null || !('rows' in test || 'length' in test))
  ) {
    refuse('test', 'a dataset, or { rows, labels }', kindOf(test));
  }
  if (sampleWeights !== undefined) checkWeights(sampleWeights, refuse);
}

function checkWeights(
  weights: ArrayLike<number>,
  refuse: (setting: string, expected: string, found: string) => never,
): void {
  const name = 'sampleWeights';
  if (!isListLike(weights)) refuse(name, 'an array with a number for each row', kindOf(weights));
  let sum = 0;
  for (let row = 0; row < weights.length; row++) {
    const weight: unknown = weights[row];
    if (typeof weight !== 'number') refuse(name, `a number for row ${row}`, written(weight));
    sum += weight as number;
  }
  if (sum === 0) refuse(name, 'at least one that is greater than 0', 'none: nothing would be learned');
}
