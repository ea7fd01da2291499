export type { BestSoFar, Checkpoint } from './checkpoint.js';
export { drawAffineMap } from './data/augmentation/affine-map.js';
export { augmentPicture } from './data/augmentation/augment-picture.js';
export {
  type Augmentation,
  type AugmentationOptions,
  augmentationFor,
} from './data/augmentation/augmentation.js';
export { createDisplacementField, type DisplacementField } from './data/augmentation/displacement-field.js';
export * from './data/dataset.js';
export * from './data/design-matrix.js';
export type { Feature } from './data/feature.js';
export * from './data/pack-dataset.js';
export { createEngine } from './engine/api/create-engine.js';
export type * from './engine/api/engine.js';
export { createPredictor, type Predictor } from './engine/api/predictor.js';
export { startEngineWorker } from './engine/threads/spawn.js';
export type * from './engine/threads/worker-handle.js';
export * from './errors.js';
export * from './evaluation/calibration.js';
export * from './evaluation/class-figures.js';
export * from './evaluation/evaluation.js';
export * from './evaluation/interval.js';
export { parametersSha256 } from './formats/fingerprint.js';
export type { Json } from './formats/json.js';
export type { Model, ModelRecord } from './formats/model.js';
export * from './maths/activation.js';
export * from './maths/argmax.js';
export * from './maths/backward.js';
export { type Dropout, dropoutMask } from './maths/dropout.js';
export * from './maths/forward.js';
export * from './maths/matrix.js';
export * from './maths/network.js';
export * from './maths/nonfinite.js';
export * from './maths/optimizer.js';
export * from './maths/optimizers.js';
export * from './maths/output.js';
export * from './maths/parameters.js';
export { learningRate, type Schedule, type ScheduleName } from './maths/schedule.js';
export * from './maths/smoothing.js';
export * from './maths/softmax.js';
export * from './maths/update.js';
export { createRandom, permutation, type Random } from './random.js';
export { otherNamesOf, suggestSetting, withCurrentNames } from './settings/names.js';
export * from './settings.js';
export { evaluate } from './training/evaluate.js';
export { createMathsEngine } from './training/maths-engine.js';
export * from './training/train.js';
