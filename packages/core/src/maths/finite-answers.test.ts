import { expect, test } from 'vitest';
import { ModelError } from '../errors.js';
import { requireFiniteAnswers } from './finite-answers.js';

test('answers that are not finite are an error that names the example', () => {
  expect(() => requireFiniteAnswers([0.5, 0.5, 1, 0], 2)).not.toThrow();
  expect(() => requireFiniteAnswers([0.5, 0.5, Number.NaN, 0], 2)).toThrow(ModelError);
  expect(() => requireFiniteAnswers([0.5, 0.5, 1, Number.POSITIVE_INFINITY], 2)).toThrow(
    /^the model's answer for example 1 is not finite \(Infinity\): [^\n]+$/,
  );
});
