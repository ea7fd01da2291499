import { ModelError } from '../errors.js';

/**
 * Finite parameters can still give sums that overflow. Then no class is the most likely one.
 *
 * @param answers the probabilities or losses of examples, as many of each
 * @throws ModelError if one is not finite
 */
export function requireFiniteAnswers(answers: ArrayLike<number>, ofEach: number): void {
  for (let i = 0; i < answers.length; i++) {
    if (Number.isFinite(answers[i])) continue;
    throw new ModelError(
      `the model's answer for example ${Math.floor(i / ofEach)} is not finite (${answers[i]}): its parameters are too large or damaged, so it cannot be used. Train again`,
    );
  }
}
