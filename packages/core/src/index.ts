// `@longhand/core`: what a program needs that trains or uses a network. All else is in sub-paths.
export type { BestSoFar, Checkpoint } from './checkpoint.js';
export { Dataset, type DatasetOptions } from './data/dataset.js';
export type { Feature } from './data/feature.js';
export type { DataOrigin } from './data/origin.js';
export type { EngineOptions } from './engine/api/engine.js';
export type * from './engine/threads/worker-handle.js';
export {
  DataError,
  type Divergence,
  DivergenceError,
  EngineError,
  EntryError,
  LonghandError,
  ModelError,
  RunError,
  SettingError,
  ShapeError,
} from './errors.js';
export type { Doubt } from './evaluation/doubt.js';
export type { Confusion, Evaluation, Mistake } from './evaluation/evaluation.js';
export { parametersSha256 } from './formats/fingerprint.js';
export type { ModelFile, ModelRecord, TrainingState } from './formats/model.js';
export type { ActivationName } from './maths/activation.js';
export type { Matrix } from './maths/matrix.js';
export {
  createNetwork,
  describeNetwork,
  type InitializationName,
  type Layer,
  layerSizes,
  type Network,
  type NetworkOptions,
  parameterCount,
} from './maths/network.js';
export type { OptimizerName } from './maths/optimizers.js';
export type { OutputName } from './maths/output.js';
export type { ParameterSet } from './maths/parameter-set.js';
export type { ScheduleName } from './maths/schedule.js';
export { fit } from './model/fit.js';
export type { RowsOptions } from './model/fit-data.js';
export type { FitOptions } from './model/fit-options.js';
export type { Input } from './model/input.js';
export type { Label } from './model/label.js';
export type { Labels } from './model/labels.js';
export { loadModel } from './model/load-model.js';
export { Model, type ModelParts } from './model/model.js';
export type { CanvasLike, ImageDataLike } from './model/picture-input.js';
export type { Prediction } from './model/prediction.js';
export type { ByteSource } from './model/read-bytes.js';
export type { ReadLine, ReadMark, ReadPage } from './model/read-page.js';
export type { Row, Rows } from './model/rows.js';
export type { GivenSettings } from './settings/complete.js';
export type { Settings } from './settings/setting.js';
export { type BuiltRun, buildRun, type RunRequest } from './training/build-run.js';
export { evaluate } from './training/evaluate.js';
export { type TrainOptions, train } from './training/train.js';
export type * from './training/training-run.js';
