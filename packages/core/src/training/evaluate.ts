import type { Dataset } from '../data/dataset.js';
import { createPredictor } from '../engine/api/predictor.js';
import { compareAnswers, type Evaluation } from '../evaluation/evaluation.js';
import type { Network } from '../maths/network.js';

/**
 * Accuracy, loss, confusions and mistakes of a network on labelled examples, at once, on the caller's thread.
 *
 * @param pixelScale what each byte was multiplied by in training; default 1/255
 * @throws DataError when pictures or classes do not fit the network
 */
export function evaluate(
  network: Network,
  dataset: Dataset,
  { pixelScale }: { pixelScale?: number } = {},
): Evaluation {
  const predictor = createPredictor(network, pixelScale === undefined ? {} : { pixelScale });
  return compareAnswers(dataset, predictor.predictAll(dataset));
}
