import type { Dataset } from '../../data/dataset.js';
import { DataError } from '../../errors.js';
import type { Network } from '../../maths/network.js';
import { instantiateKernels } from '../bindings/kernels.js';
import { checkFit } from '../data/check-fit.js';
import { packExamples } from '../data/pack-examples.js';
import { type Arena, RESULT_BYTES } from '../layout/arena.js';
import { Memory } from '../layout/memory.js';
import { writeParameters } from '../layout/parameters.js';
import { GROUP_BYTES, LD, roundUp } from '../layout/plan.js';
import { planNetwork } from '../layout/plan-network.js';
import { allocateScratch } from '../layout/scratch.js';
import { DEFAULT_TRAINING } from '../layout/training-configuration.js';
import { columnsForward, slabForward } from '../passes/block.js';
import { measure } from '../passes/measure.js';
import { drain } from '../passes/run-command.js';
import type { Predictions } from './engine.js';

/** Asks a network, at once, on the caller's thread. */
export interface Predictor {
  /**
   * The probability of each class for one picture, row by row, 0–255.
   *
   * @throws DataError when the picture does not have as many pixels as the network has inputs
   */
  predict(pixels: Uint8Array): Float32Array;
  /**
   * The answers for every picture of a dataset.
   *
   * @throws DataError when pictures or classes do not fit the network; EngineError when WebAssembly cannot hold them
   */
  predictAll(dataset: Dataset): Predictions;
}

/** Examples in one block of a single question: the least the kernels work on. */
const ONE = 8;

/**
 * The engine for questions alone: no workers, nothing to wait for, nothing to dispose of.
 *
 * @throws EngineError when the network is of a kind that the engine does not know
 */
export function createPredictor(
  network: Network,
  { pixelScale = 1 / 255 }: { pixelScale?: number } = {},
): Predictor {
  const plan = planNetwork(network, pixelScale, DEFAULT_TRAINING);
  const memory = new Memory(false);
  const kernels = instantiateKernels(memory.wasm, false);
  const what = 'the network';
  const parameters = memory.allocate(plan.bytes, what);
  const scratch = allocateScratch(memory, plan, false);
  const inputs = plan.sizes[0]!;
  const outputs = plan.sizes.at(-1)!;
  const picture = memory.allocate(roundUp(inputs, 16), what);
  const groups = memory.allocate(Math.ceil((inputs + 3) / 4) * GROUP_BYTES, what);
  const answer = memory.allocate(4 * outputs, what);
  writeParameters(plan, network.layers, memory.floats(parameters, plan.bytes / 4));
  const context = { kernels, plan, parameters, scratch, panels: scratch.panels };
  const block = { sparseRows: scratch.sparseRows, labels: scratch.labels, count: 1, cols: ONE };
  let run = memory.integers(scratch.sparseRows, 2);
  let pixelBytes = memory.bytes(picture, inputs);

  return {
    predict(pixels) {
      if (pixels.length !== inputs) {
        throw new DataError(`a picture of ${pixels.length} pixels, the network takes ${inputs}`);
      }
      if (pixelBytes.length === 0) {
        // The memory has grown since, and its old views are empty.
        run = memory.integers(scratch.sparseRows, 2);
        pixelBytes = memory.bytes(picture, inputs);
      }
      pixelBytes.set(pixels);
      run[0] = groups;
      run[1] = kernels.packPicture(picture, inputs, plan.pixelStep, groups);
      for (let s = 0; s < plan.slabs.length; s++) slabForward(context, s, plan.slabs[s]!, block);
      columnsForward(context, block, 0, ONE);
      kernels.exampleRows(scratch.A[plan.dense.length]!, LD, outputs, 1, answer);
      return memory.floats(answer, outputs).slice();
    },
    predictAll(dataset) {
      checkFit(plan, dataset);
      const { length } = dataset;
      const packed = drain(packExamples('sparseRows', memory, kernels, plan, dataset));
      const results = memory.allocate(RESULT_BYTES * (length + 1), what);
      const barrier = memory.allocate(64, what);
      const classes = memory.allocate(length, what);
      const losses = memory.allocate(4 * length, what);
      const probabilities = memory.allocate(4 * length * outputs, what);
      const arena: Arena = {
        plan,
        parameters,
        gradients: 0,
        groupGradients: 0,
        memory: [],
        average: 0,
        squares: 0,
        displacements: undefined,
        search: undefined,
        scratches: [scratch],
        results,
        barrier,
      };
      const worker = { arena, kernels, memory: memory.wasm, rank: 0, threads: 1 };
      const command = {
        type: 'measure',
        examples: packed,
        classes,
        losses,
        probabilities,
        averaged: false,
      } as const;
      drain(measure(worker, command));
      const predictions = {
        classes: memory.bytes(classes, length).slice(),
        losses: memory.floats(losses, length).slice(),
        probabilities: memory.floats(probabilities, length * outputs).slice(),
      };
      const temporary = [...packed.allocated, results, barrier, classes, losses, probabilities];
      for (const address of temporary) memory.free(address);
      return predictions;
    },
  };
}
