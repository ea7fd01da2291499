/**
 * `@longhand/core/evaluation`: what else an evaluation tells, beside loss and accuracy: the figures of
 * each class, the interval of an accuracy, and whether the confidence can be trusted.
 */
export * from './balanced-accuracy.js';
export * from './calibration.js';
export * from './class-figures.js';
export * from './doubt.js';
export * from './interval.js';
