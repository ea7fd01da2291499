import type { WasmMemory } from '../bindings/wasm-memory.js';
import { RESULT_BYTES } from '../layout/arena.js';

/** What a pass over a batch found. */
export interface BatchResult {
  /** How many examples the batch has. */
  readonly examples: number;
  /** Mean cross-entropy, in nats. */
  readonly loss: number;
  /** How many examples the network classified correctly. */
  readonly correct: number;
}

/** The network's answers for each example. */
export interface Predictions {
  /** The probability of each class, example by example: m × n_L. */
  readonly probabilities: Float32Array;
  /**
   * The cross-entropy of each example, in nats. It is computed by logsumexp, so that it is finite
   * even where a probability is 0.
   */
  readonly losses: Float32Array;
  /** The most likely class of each example; the lowest of equals. */
  readonly classes: Uint8Array;
}

/** Writes the result of a group or a block. */
export function writeResult(memory: WasmMemory, at: number, loss: number, correct: number): void {
  new Float64Array(memory.buffer, at, 1)[0] = loss;
  new Int32Array(memory.buffer, at + 8, 1)[0] = correct;
}

/** The sum of `parts` results, in their order; the loss as a mean over `examples`. */
export function sumResults(memory: WasmMemory, at: number, parts: number, examples: number): BatchResult {
  const losses = new Float64Array(memory.buffer, at, (parts * RESULT_BYTES) / 8);
  const counts = new Int32Array(memory.buffer, at, (parts * RESULT_BYTES) / 4);
  let [loss, correct] = [0, 0];
  for (let part = 0; part < parts; part++) {
    loss += losses[(part * RESULT_BYTES) / 8]!;
    correct += counts[(part * RESULT_BYTES + 8) / 4]!;
  }
  return { examples, loss: loss / examples, correct };
}
