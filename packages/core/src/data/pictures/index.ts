// `@longhand/core/pictures`: turns a picture of any kind into MNIST's frame. It is separate,
// because data that already has this form does not need it.
export { framingReduction } from './background.js';
export * from './frame.js';
export * from './frame-steps.js';
export { grayPixels, inverted, isMostlyLight } from './gray.js';
export type { Grid, Picture } from './picture.js';
