// `@longhand/core/data`: examples as matrices, and how training pictures are distorted.
export { drawAffineMap } from './data/augmentation/affine-map.js';
export { augmentPicture } from './data/augmentation/augment-picture.js';
export {
  type Augmentation,
  type AugmentationOptions,
  augmentationFor,
} from './data/augmentation/augmentation.js';
export { createDisplacementField, type DisplacementField } from './data/augmentation/displacement-field.js';
export * from './data/design-matrix.js';
export { byteOf } from './data/feature.js';
export * from './data/pixel-scale.js';
export * from './data/warnings.js';
