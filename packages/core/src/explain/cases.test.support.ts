import fc from 'fast-check';
import { ACTIVATION_NAMES, ACTIVATIONS, type ActivationName } from '../maths/activation.js';
import { backward, type LayerGradient } from '../maths/backward.js';
import { type Forward, forward, meanLoss } from '../maths/forward.js';
import { type Matrix, matrix } from '../maths/matrix.js';
import { createNetwork, layerSizes, type Network } from '../maths/network.js';
import { OUTPUTS, type OutputName } from '../maths/output.js';
import { update } from '../maths/update.js';
import type { QuantityName, Reference } from './reference.js';

/** A whole turn of the cycle, as the maths computes it. */
export interface Turn {
  readonly network: Network;
  readonly X: Matrix;
  readonly Y: Matrix;
  readonly alpha: number;
  readonly computed: Forward;
  readonly gradients: readonly LayerGradient[];
  readonly updated: Network;
  readonly loss: number;
}

function turnOf(network: Network, X: Matrix, Y: Matrix, alpha: number): Turn {
  const computed = forward(network, X);
  const gradients = backward(network, computed, Y);
  const updated = update(network, gradients, alpha);
  return { network, X, Y, alpha, computed, gradients, updated, loss: meanLoss(network, computed, Y) };
}

/** Every quantity of the turn: of W and b before the update. */
export function quantitiesOf(turn: Turn): { quantity: QuantityName; layer: number; entries: Matrix }[] {
  const { network, X, Y, computed, gradients, loss } = turn;
  return [
    { quantity: 'X', layer: 0, entries: X },
    { quantity: 'Y', layer: 0, entries: Y },
    { quantity: 'J', layer: 0, entries: matrix(1, 1, [loss]) },
    ...network.layers.flatMap(({ W, b }, l) => {
      const { dZ, dW, db } = gradients[l]!;
      const named = { W, b, Z: computed.Z[l]!, A: computed.A[l + 1]!, dZ, dW, db };
      return Object.entries(named).map(([quantity, entries]) => {
        return { quantity: quantity as QuantityName, layer: l + 1, entries };
      });
    }),
  ];
}

export function referencesOf(turn: Turn): Reference[] {
  return quantitiesOf(turn).flatMap(({ quantity, layer, entries: { rows, cols } }) =>
    Array.from({ length: rows * cols }, (_, index) => {
      return { quantity, layer, row: Math.floor(index / cols), column: index % cols };
    }),
  );
}

const OUTPUT_NAMES = Object.keys(OUTPUTS) as OutputName[];

/**
 * 1 to 4 layers, each with an activation of its own, several examples of which half the inputs are
 * 0.
 */
export const turns: fc.Arbitrary<Turn> = fc
  .record({
    layers: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 5 }),
    output: fc.constantFrom(...OUTPUT_NAMES),
    activations: fc.array(fc.constantFrom(...ACTIVATION_NAMES), { minLength: 4, maxLength: 4 }),
    seed: fc.nat(),
    m: fc.integer({ min: 1, max: 5 }),
    alpha: fc.double({ min: 0.001, max: 10, noNaN: true }),
  })
  .chain(({ layers, output, activations, seed, m, alpha }) => {
    const network = withActivations(createNetwork({ layers, output, seed }), activations);
    const [inputs, outputs] = [layers[0]!, layers.at(-1)!];
    const ink = fc.oneof(fc.constant(0), fc.double({ min: -1, max: 1, noNaN: true }));
    return fc
      .record({ x: fill(ink, inputs * m), y: labels(output, outputs, m) })
      .map(({ x, y }) => turnOf(network, matrix(inputs, m, x), matrix(outputs, m, y), alpha));
  });

function withActivations(network: Network, names: readonly ActivationName[]): Network {
  const last = layerSizes(network).length - 2;
  const layers = network.layers.map((layer, l) =>
    l === last ? layer : { ...layer, g: ACTIVATIONS[names[l]!] },
  );
  return { ...network, layers };
}

/** Of softmax one class an example, of sigmoid a yes or no of every unit. */
function labels(output: OutputName, units: number, m: number): fc.Arbitrary<number[]> {
  if (output === 'sigmoid') return fill(fc.constantFrom(0, 1), units * m);
  return fill(fc.nat(units - 1), m).map((classes) =>
    Array.from({ length: units * m }, (_, index) => (classes[index % m] === Math.floor(index / m) ? 1 : 0)),
  );
}

function fill<Value>(value: fc.Arbitrary<Value>, length: number): fc.Arbitrary<Value[]> {
  return fc.array(value, { minLength: length, maxLength: length });
}
