// `@longhand/core/check`: gradients held against finite differences of the loss. By itself, since a page that trains need not carry it.
export { differentiate, type FiniteDifference, isolateUnit, type Unit } from './maths/finite-difference.js';
export * from './maths/gradient-check.js';
