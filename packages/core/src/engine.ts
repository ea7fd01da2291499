// `@longhand/core/engine`: the engines under `train`, for programs that compute in their own loop.
export { createEngine } from './engine/api/create-engine.js';
export type * from './engine/api/engine.js';
export { createPredictor, type Predictor, type PredictorOptions } from './engine/api/predictor.js';
export { startEngineWorker } from './engine/threads/web-worker.js';
export type * from './engine/threads/worker-handle.js';
export { createMathsEngine } from './training/maths-engine.js';
