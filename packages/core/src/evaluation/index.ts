/**
 * `@longhand/core/evaluation`: compares answers with labels, and what else an evaluation tells: the
 * figures of each class, the interval of an accuracy, whether the confidence can be trusted, and
 * whether an answer is in doubt.
 */
export * from './balanced-accuracy.js';
export * from './calibration.js';
export * from './class-figures.js';
export * from './doubt.js';
export type * from './doubt-record.js';
export * from './evaluation.js';
export * from './interval.js';
export * from './mcnemar.js';
