// `@longhand/core/training`: what the builder of runs decides, and what a run came to, for programs
// that report on runs.
export { devExamples, pixelScaleOf } from './training/build-run.js';
export { classWeights } from './training/class-weights.js';
export { continuedSettings, startOf, stateOf } from './training/continue.js';
export { type DoubtRequest, learnDoubt } from './training/doubt.js';
export { checkSize } from './training/network-size.js';
export { measureOf, outcomeOf, type RunOutcome } from './training/outcome.js';
export {
  type Effect,
  type Lesson,
  type Taught,
  type TaughtAnswer,
  type TeachRequest,
  teach,
} from './training/teach.js';
