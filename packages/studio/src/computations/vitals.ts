import type { Dataset, Network } from '@longhand/core';
import { toDesignMatrix } from '@longhand/core/data';
import { forward } from '@longhand/core/maths';

/** What shows whether a network works at all, found on some examples that it was trained on. */
export interface Vitals {
  /** How many examples were looked at. */
  readonly examples: number;
  /** Of each hidden layer: its units, and those that give 0 for every example. */
  readonly layers: readonly { readonly units: number; readonly dead: number }[];
  /** The most common answer, and for which share of the examples it is given. */
  readonly answer: { readonly name: string; readonly share: number };
  /** The most common label in the whole set: answering it always is right so often. */
  readonly label: { readonly name: string; readonly share: number };
}

/** Examples that are looked at: enough to find a unit that is still alive. */
const MAX_EXAMPLES = 500;
const MIN_EXAMPLES = 50;
/** Products of a weight and an input: about a second's work. */
const MAX_PRODUCTS = 1e8;

/** Looks at a network's units and answers. */
export function vitalsOf(network: Network, dataset: Dataset, pixelScale: number): Vitals {
  const weights = network.layers.reduce((sum, { W }) => sum + W.data.length, 0);
  const wanted = Math.max(MIN_EXAMPLES, Math.min(MAX_EXAMPLES, Math.floor(MAX_PRODUCTS / weights)));
  const length = Math.min(dataset.length, wanted);
  // Spread over the set: some sets are sorted by class.
  const indices = Uint32Array.from({ length }, (_, k) => Math.floor((k * dataset.length) / length));
  const { A } = forward(network, toDesignMatrix(dataset, indices, pixelScale).X);
  const hidden = A.slice(1, -1).map(({ rows, cols, data }) => {
    let dead = 0;
    for (let i = 0; i < rows; i++) {
      if (data.subarray(i * cols, (i + 1) * cols).every((activation) => activation === 0)) dead++;
    }
    return { units: rows, dead };
  });
  const output = A.at(-1)!;
  const classes = dataset.classNames.length;
  const answers = new Uint32Array(classes);
  for (let j = 0; j < length; j++) {
    let best = 0;
    for (let i = 1; i < output.rows; i++)
      if (output.data[i * length + j]! > output.data[best * length + j]!) best = i;
    answers[best]!++;
  }
  const labels = new Uint32Array(classes);
  for (let i = 0; i < dataset.length; i++) labels[dataset.label(i)]!++;
  const mostCommon = (counts: Uint32Array, of: number) => {
    const most = counts.indexOf(Math.max(...counts));
    return { name: dataset.classNames[most]!, share: counts[most]! / of };
  };
  return {
    examples: length,
    layers: hidden,
    answer: mostCommon(answers, length),
    label: mostCommon(labels, dataset.length),
  };
}
