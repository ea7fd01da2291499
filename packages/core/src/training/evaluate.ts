import type { Dataset } from '../data/dataset.js';
import { createPredictor, type PredictorOptions } from '../engine/api/predictor.js';
import { compareAnswers, type Evaluation } from '../evaluation/evaluation.js';
import type { Network } from '../maths/network.js';
import { requireDataset, requireNetwork } from './check-arguments.js';

/**
 * Accuracy, balanced accuracy, loss, confusions and mistakes of a network on labelled examples, at once, on the caller's thread.
 *
 * @param options `pixelScale`: what each byte was multiplied by in training, default 1/255; `engine`:
 *   what computes the answers, default `wasm`
 * @throws DataError when pictures or classes do not fit the network; EngineError when WebAssembly is
 *   not allowed
 */
export function evaluate(network: Network, dataset: Dataset, options: PredictorOptions = {}): Evaluation {
  requireNetwork(network);
  requireDataset(dataset);
  const predictor = createPredictor(network, options);
  return compareAnswers(dataset, predictor.predictAll(dataset));
}
