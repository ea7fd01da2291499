import type { Cycle } from './cycle.js';
import type {
  BiasGradient,
  Given,
  HiddenDelta,
  OutputDelta,
  UpdateExplanation,
  WeightGradient,
} from './explanation.js';
import { foldZeros, product } from './products.js';
import type { Reference } from './reference.js';

/** dz = a − y in the last layer; in the others (Σ w·dz of the next layer) · g′(z). */
export function explainDZ(cycle: Cycle, reference: Reference): OutputDelta | HiddenDelta {
  const { network, m, entry, read } = cycle;
  const { layer, row, column } = reference;
  const value = read(reference);
  if (layer === network.layers.length) {
    const [a, y] = [entry('A', layer, row, column), entry('Y', 0, row, column)];
    return { kind: 'output-delta', reference, value, m, a, y };
  }
  const { g } = network.layers[layer - 1]!;
  const products = Array.from({ length: network.layers[layer]!.W.rows }, (_, i) =>
    product(entry('W', layer + 1, i, row), entry('dZ', layer + 1, i, column)),
  );
  const z = entry('Z', layer, row, column);
  return {
    kind: 'hidden-delta',
    reference,
    value,
    m,
    ...foldZeros(products, ({ factors: [, dz] }) => dz.value === 0),
    activation: g.name,
    z,
    slope: g.derivative(z.value),
  };
}

/** dw = 1/m Σ dz·a. The only term is given even if it is 0: dz·a says why. */
export function explainDW(cycle: Cycle, reference: Reference): WeightGradient {
  const { m, entry, inputOf, read } = cycle;
  const { layer, row, column } = reference;
  const products = Array.from({ length: m }, (_, j) =>
    product(entry('dZ', layer, row, j), inputOf(layer, column, j)),
  );
  return {
    kind: 'weight-gradient',
    reference,
    value: read(reference),
    m,
    ...foldZeros(products, ({ factors }) => m > 1 && factors.some(({ value }) => value === 0)),
  };
}

/** db = 1/m Σ dz. */
export function explainDb(cycle: Cycle, reference: Reference): BiasGradient {
  const { m, entry, read } = cycle;
  const { layer, row } = reference;
  const deltas = Array.from({ length: m }, (_, j) => entry('dZ', layer, row, j));
  return {
    kind: 'bias-gradient',
    reference,
    value: read(reference),
    m,
    ...foldZeros(deltas, ({ value }) => m > 1 && value === 0),
  };
}

/** new = old − α·gradient. Without α the parameter is given. */
export function explainParameter(cycle: Cycle, reference: Reference): UpdateExplanation | Given {
  const { m, alpha, entry, read } = cycle;
  const { quantity, layer, row, column } = reference;
  const value = read(reference);
  if (alpha === undefined) return { kind: 'given', reference, value, m };
  const gradient = entry(quantity === 'W' ? 'dW' : 'db', layer, row, column);
  return {
    kind: 'update',
    reference,
    value: value - alpha * gradient.value,
    m,
    old: { reference, value },
    alpha,
    gradient,
  };
}
