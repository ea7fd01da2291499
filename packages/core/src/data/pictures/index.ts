// `@longhand/core/pictures`: what becomes of a picture of any kind on its way to MNIST's frame. By itself, since data that are
// frames already need none of it.
export * from './frame.js';
export type { Grid, Picture } from './picture.js';
