import type { ModelFile } from '@longhand/core';
import { createPredictor, type Predictor } from '@longhand/core/engine';
import { EngineError } from '@longhand/core/errors';
import { log } from '../streams.js';

let isTold = false;

/**
 * What answers for a model. Where WebAssembly is missing or forbidden, or its engine does not know this
 * network, the maths answers in its place, and one line says so.
 */
export function predictorOf({ network, record }: Pick<ModelFile, 'network' | 'record'>): Predictor {
  try {
    return createPredictor(network, record);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    if (!isTold) log(`longhand: ${error.reason}: 64-bit floats are used instead, which takes longer`);
    isTold = true;
    return createPredictor(network, { pixelScale: record.pixelScale, engine: 'maths' });
  }
}
