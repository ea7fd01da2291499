import type { Cycle } from './cycle.js';
import type {
  Activated,
  LossExplanation,
  SigmoidLoss,
  SoftmaxLoss,
  SoftmaxShare,
  WeightedSum,
} from './explanation.js';
import { columnMaximum, exponentialsOf } from './exponentials.js';
import { foldZeros, product, sumOf } from './products.js';
import type { Reference } from './reference.js';

/** z = Σ w·a + b. */
export function explainZ(cycle: Cycle, reference: Reference): WeightedSum {
  const { network, m, entry, inputOf } = cycle;
  const { layer, row, column } = reference;
  const products = Array.from({ length: network.layers[layer - 1]!.W.cols }, (_, k) =>
    product(entry('W', layer, row, k), inputOf(layer, k, column)),
  );
  return {
    kind: 'weighted-sum',
    reference,
    value: cycle.read(reference),
    m,
    ...foldZeros(products, ({ factors: [, a] }) => a.value === 0),
    bias: entry('b', layer, row, 0),
  };
}

/** a = g(z); in the last layer, the softmax or sigmoid of z. */
export function explainA(cycle: Cycle, reference: Reference): Activated | SoftmaxShare {
  const { network, m, entry } = cycle;
  const { layer, row, column } = reference;
  const isLast = layer === network.layers.length;
  const value = cycle.read(reference);
  if (isLast && network.output.name === 'softmax') {
    const exponentials = exponentialsOf(cycle, column);
    return {
      kind: 'softmax',
      reference,
      value,
      m,
      maximum: columnMaximum(cycle, column),
      exponentials,
      sum: sumOf(exponentials),
    };
  }
  const activation = isLast ? 'sigmoid' : network.layers[layer - 1]!.g.name;
  return { kind: 'activation', reference, value, m, activation, z: entry('Z', layer, row, column) };
}

/** J = Σ ℓ / m. */
export function explainJ(cycle: Cycle, reference: Reference): LossExplanation {
  const { network, m } = cycle;
  const value = cycle.read(reference);
  const columns = Array.from({ length: m }, (_, j) => j);
  if (network.output.name === 'softmax') {
    const examples = columns.map((column) => softmaxLoss(cycle, column));
    return { kind: 'loss', output: 'softmax', reference, value, m, examples, sum: sumOf(examples) };
  }
  const examples = columns.map((column) => sigmoidLoss(cycle, column));
  return { kind: 'loss', output: 'sigmoid', reference, value, m, examples, sum: sumOf(examples) };
}

function softmaxLoss(cycle: Cycle, column: number): SoftmaxLoss {
  const maximum = columnMaximum(cycle, column);
  const sum = sumOf(exponentialsOf(cycle, column));
  const logSumExp = maximum.value + Math.log(sum);
  const products = labelledSums(cycle, column).map(({ z, y }) => product(y, z));
  const { terms, sum: zOfLabel } = foldZeros(products, ({ factors: [y] }) => y.value === 0);
  return { column, maximum, sum, logSumExp, labelled: terms, value: logSumExp - zOfLabel };
}

function sigmoidLoss(cycle: Cycle, column: number): SigmoidLoss {
  const units = labelledSums(cycle, column).map(({ z, y }) => ({
    z,
    y,
    value: Math.max(z.value, 0) - z.value * y.value + Math.log1p(Math.exp(-Math.abs(z.value))),
  }));
  return { column, units, value: sumOf(units) };
}

function labelledSums({ network, entry }: Cycle, column: number) {
  const { length } = network.layers;
  return Array.from({ length: network.layers[length - 1]!.W.rows }, (_, i) => ({
    z: entry('Z', length, i, column),
    y: entry('Y', 0, i, column),
  }));
}
