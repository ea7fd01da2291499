// `@longhand/core/maths`: the board's equations in plain 64-bit TypeScript, and the source of all
// random numbers. Who only trains and predicts does not need it.
export * from './maths/activation.js';
export * from './maths/argmax.js';
export * from './maths/backward.js';
export { type Dropout, dropoutMask } from './maths/dropout.js';
export * from './maths/forward.js';
export * from './maths/matrix.js';
export * from './maths/matrix-products.js';
export * from './maths/mean.js';
export * from './maths/network.js';
export * from './maths/nonfinite.js';
export * from './maths/optimizer.js';
export { type ParameterStep, STEPS } from './maths/optimizer-steps.js';
export {
  clipFactor,
  type ElementwiseName,
  type ElementwiseOptimizer,
  isElementwise,
  type LineSearchOptimizer,
  OPTIMIZER_NAMES,
  OPTIMIZERS,
  type Optimizer,
  type OptimizerName,
  optimizersUsing,
  type StepOptions,
} from './maths/optimizers.js';
export * from './maths/output.js';
export * from './maths/parameter-set.js';
export * from './maths/parameters.js';
export { learningRate, type Schedule, type ScheduleName } from './maths/schedule.js';
export * from './maths/smoothing.js';
export * from './maths/softmax.js';
export * from './maths/update.js';
export { createRandom, permutation, type Random } from './random.js';
