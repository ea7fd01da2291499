import type { Dataset } from '../../data/dataset.js';
import type { Predictions } from '../passes/results.js';

/** Predicts at once, on the caller's thread. */
export interface Predictor {
  /**
   * The probability of each class for one picture, given row by row as bytes from 0 to 255.
   *
   * @throws DataError when the picture does not have as many pixels as the network has inputs;
   *   ModelError when an answer is not finite
   */
  predict(pixels: Uint8Array): Float32Array;
  /**
   * The answers for every picture of a dataset.
   *
   * @throws DataError when pictures or classes do not fit the network; EngineError when WebAssembly
   *   cannot hold them; ModelError when an answer is not finite
   */
  predictAll(dataset: Dataset): Predictions;
}

/** How a predictor reads pixels. */
export interface PredictorOptions {
  /** The factor that turns a pixel's byte into an input of the network. The default is 1/255. */
  readonly pixelScale?: number;
  /**
   * `wasm` (the default) computes in 32-bit floats. `maths` computes in 64-bit floats, more slowly, and
   * needs no WebAssembly.
   */
  readonly engine?: 'wasm' | 'maths';
}
