import { DataError } from '../../errors.js';
import { requireFiniteAnswers } from '../../maths/finite-answers.js';
import type { Network } from '../../maths/network.js';
import { instantiateKernels } from '../bindings/instantiate-kernels.js';
import { kernelCode } from '../bindings/kernel-code.js';
import { kernelsOf } from '../bindings/kernels-of.js';
import { checkFit } from '../data/check-fit.js';
import { packExamples } from '../data/pack-examples.js';
import { predictionArena, RESULT_BYTES } from '../layout/arena.js';
import { Memory } from '../layout/memory.js';
import { layOutParameters } from '../layout/parameters.js';
import { LD, largestRowBytes, roundUp } from '../layout/plan.js';
import { planNetwork } from '../layout/plan-network.js';
import { allocateScratch } from '../layout/scratch.js';
import { DEFAULT_TRAINING } from '../layout/training-configuration.js';
import { columnsForward } from '../passes/dense-layers.js';
import { slabForward } from '../passes/first-layer.js';
import { measure } from '../passes/measure.js';
import { drain } from '../threads/slices.js';
import { createMathsPredictor } from './maths-predictor.js';
import type { Predictor, PredictorOptions } from './prediction.js';

export type { Predictor, PredictorOptions } from './prediction.js';

/** The smallest number of columns that the kernels compute. */
const COLUMNS = 8;

/**
 * Creates an engine for predictions only. It has no workers, its answers are there at once, and it
 * needs no `dispose`.
 *
 * @throws EngineError when the engine cannot compute this network, or WebAssembly is not allowed
 */
export function createPredictor(
  network: Network,
  { pixelScale = 1 / 255, engine = 'wasm' }: PredictorOptions = {},
): Predictor {
  if (engine === 'maths') return createMathsPredictor(network, pixelScale);
  const plan = planNetwork(network, pixelScale, DEFAULT_TRAINING);
  const memory = new Memory(false);
  const kernels = kernelsOf(instantiateKernels(memory.wasm, false, kernelCode()));
  const take = (bytes: number) => memory.allocate(bytes, 'the network');
  const parameters = take(plan.bytes);
  const scratch = allocateScratch(memory, plan, false);
  const inputs = plan.sizes[0]!;
  const outputs = plan.sizes.at(-1)!;
  const picture = take(roundUp(inputs, 16));
  const groups = take(largestRowBytes(inputs + 3));
  const answer = take(4 * outputs);
  memory.floats(parameters, plan.bytes / 4).set(layOutParameters(plan, network.layers));
  const context = { kernels, plan, parameters, scratch, panels: scratch.panels };
  const block = { rows: scratch.sparseRows, labels: scratch.labels, weights: 0, count: 1, cols: COLUMNS };
  let row = memory.integers(scratch.sparseRows, 2);
  let pixelBytes = memory.bytes(picture, inputs);

  return {
    predict(pixels) {
      if (pixels.length !== inputs) {
        throw new DataError(`a picture of ${pixels.length} pixels: the network takes ${inputs}`);
      }
      if (pixelBytes.length === 0) {
        // The memory has grown, and views from before are empty.
        row = memory.integers(scratch.sparseRows, 2);
        pixelBytes = memory.bytes(picture, inputs);
      }
      pixelBytes.set(pixels);
      row[0] = groups;
      row[1] = kernels.packPicture(picture, inputs, plan.pixelStep, groups);
      for (let s = 0; s < plan.slabs.length; s++) slabForward(context, s, plan.slabs[s]!, block);
      columnsForward(context, block, 0, COLUMNS);
      kernels.exampleRows(scratch.A[plan.dense.length]!, LD, outputs, 1, answer);
      const probabilities = memory.floats(answer, outputs).slice();
      requireFiniteAnswers(probabilities, outputs);
      return probabilities;
    },
    predictAll(dataset) {
      checkFit(plan, dataset);
      const { length } = dataset;
      const examples = drain(packExamples('sparseRows', { memory, kernels, plan, dataset }));
      const results = take(RESULT_BYTES * (length + 1));
      const barrier = take(64);
      const classes = take(length);
      const losses = take(4 * length);
      const probabilities = take(4 * length * outputs);
      const arena = predictionArena({ plan, parameters, scratch, results, barrier });
      const worker = { arena, kernels, memory: memory.wasm, rank: 0, threads: 1 };
      const answers = { classes, losses, probabilities, averaged: false };
      drain(measure(worker, { type: 'measure', examples, ...answers }));
      const predictions = {
        classes: memory.bytes(classes, length).slice(),
        losses: memory.floats(losses, length).slice(),
        probabilities: memory.floats(probabilities, length * outputs).slice(),
      };
      const temporary = [...examples.allocated, results, barrier, classes, losses, probabilities];
      for (const address of temporary) memory.free(address);
      requireFiniteAnswers(predictions.probabilities, outputs);
      requireFiniteAnswers(predictions.losses, 1);
      return predictions;
    },
  };
}
