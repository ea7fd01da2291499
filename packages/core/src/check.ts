// `@longhand/core/check`: compares gradients with finite differences of the loss. It is separate,
// because a page that only trains does not need it.
export { differentiate, type FiniteDifference, isolateUnit, type Unit } from './maths/finite-difference.js';
export * from './maths/gradient-check.js';
