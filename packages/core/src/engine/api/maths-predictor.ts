import { toDesignMatrix } from '../../data/design-matrix.js';
import { DataError } from '../../errors.js';
import { mostLikely } from '../../maths/argmax.js';
import { requireFiniteAnswers } from '../../maths/finite-answers.js';
import { forward } from '../../maths/forward.js';
import { matrix } from '../../maths/matrix.js';
import { layerSizes, type Network } from '../../maths/network.js';
import { checkFit } from '../data/check-fit.js';
import type { Predictor } from './prediction.js';

/** Columns computed at once: they fit the cache. */
const BLOCK_EXAMPLES = 256;

/** The board's own forward pass as a predictor: 64-bit floats, for where WebAssembly is not allowed. */
export function createMathsPredictor(network: Network, pixelScale: number): Predictor {
  const sizes = layerSizes(network);
  const inputs = sizes[0]!;
  const outputs = sizes.at(-1)!;
  return {
    predict(pixels) {
      if (pixels.length !== inputs) {
        throw new DataError(`a picture of ${pixels.length} pixels: the network takes ${inputs}`);
      }
      const X = matrix(inputs, 1);
      for (let i = 0; i < inputs; i++) X.data[i] = pixels[i]! * pixelScale;
      const probabilities = Float32Array.from(forward(network, X).A.at(-1)!.data);
      requireFiniteAnswers(probabilities, outputs);
      return probabilities;
    },
    predictAll(dataset) {
      checkFit({ sizes }, dataset);
      const { length } = dataset;
      const probabilities = new Float32Array(length * outputs);
      const losses = new Float32Array(length);
      const classes = new Uint8Array(length);
      for (let start = 0; start < length; start += BLOCK_EXAMPLES) {
        const count = Math.min(BLOCK_EXAMPLES, length - start);
        const places = Uint32Array.from({ length: count }, (_, j) => start + j);
        const { X, Y } = toDesignMatrix(dataset, places, pixelScale);
        const { Z, A } = forward(network, X);
        const answers = A.at(-1)!;
        losses.set(network.output.losses(Z.at(-1)!, Y), start);
        for (let j = 0; j < count; j++) {
          classes[start + j] = mostLikely(answers, j);
          for (let i = 0; i < outputs; i++) {
            probabilities[(start + j) * outputs + i] = answers.data[i * count + j]!;
          }
        }
      }
      requireFiniteAnswers(probabilities, outputs);
      requireFiniteAnswers(losses, 1);
      return { probabilities, losses, classes };
    },
  };
}
