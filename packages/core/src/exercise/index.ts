// `@longhand/core/exercise`: marks a learner's own quantities, and names the mistake. Apart, since no
// run needs it.
export type { Convention } from './convention.js';
export { createExercise } from './create-exercise.js';
export type { Answers, Exercise } from './given.js';
export { type Mark, type Marks, markAnswers, type WrongEntry } from './mark-answers.js';
export type { Mistake } from './mistake.js';
export { MISTAKES } from './mistakes/all.js';
export { arrayOfJson, matrixOf, type NumberArray, shapeInWords } from './number-array.js';
export { QUANTITIES, type Quantity, type QuantityName } from './quantity.js';
export { type Told, tellConvention, tellMark } from './tell-mark.js';
