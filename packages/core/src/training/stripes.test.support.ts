import { Dataset } from '../data/dataset.js';
import { toDesignMatrix } from '../data/design-matrix.js';
import { forward, meanLoss } from '../maths/forward.js';
import { createNetwork, type Network } from '../maths/network.js';
import { createRandom } from '../random.js';
import { type TrainOptions, train } from './train.js';
import type { Step } from './training-run.js';

/** Pictures of 4 × 4 in 3 classes: noise, with one row bright where the class says so. Learnable in a few steps. */
function stripes(length: number, seed: number): Dataset {
  const random = createRandom(seed, 'stripes');
  const labels = Uint8Array.from({ length }, () => random.below(3));
  const pixels = Uint8Array.from({ length: 16 * length }, (_, i) => {
    const row = Math.floor((i % 16) / 4);
    return row === labels[Math.floor(i / 16)] ? 200 + random.below(56) : random.below(3) * 20;
  });
  return new Dataset({ pixels, labels, width: 4, height: 4, classNames: ['top', 'upper', 'lower'] });
}

export const training = stripes(90, 1);
export const dev = stripes(30, 2);
export const network = createNetwork({ layers: [16, 5, 3], seed: 1 });

export async function stepsOf(options: TrainOptions, data = training, start = network): Promise<Step[]> {
  const steps: Step[] = [];
  for await (const step of train(start, data, options)) steps.push(step);
  return steps;
}

/** The loss and accuracy of a network on examples, worked out by the maths alone. */
export function measured(
  trained: Network,
  data: Dataset,
  places = Array.from({ length: data.length }, (_, i) => i),
) {
  const { X, Y } = toDesignMatrix(data, places);
  const computed = forward(trained, X);
  const A = computed.A.at(-1)!;
  const correct = places.filter((place, j) => {
    const column = Array.from({ length: A.rows }, (_, i) => A.data[i * A.cols + j]!);
    return column.indexOf(Math.max(...column)) === data.label(place);
  }).length;
  return { loss: meanLoss(trained, computed, Y), accuracy: correct / places.length };
}
