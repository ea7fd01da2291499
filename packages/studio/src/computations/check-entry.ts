import { type Explanation, explain, type Reference } from '@longhand/core/explain';
import { cycleInputs, type Iteration } from './cycle.js';
import { type FiniteDifference, finiteDifferenceOfSum } from './finite-difference.js';

/** A number computed a second time, in another way. */
interface Recomputation {
  readonly kind: 'again';
  /** How it was computed: `added up from the last term to the first`. */
  readonly how: string;
  readonly value: number;
  readonly again: number;
  readonly agrees: boolean;
}

/** The result of a check. */
export type Check = ({ readonly kind: 'slope' } & FiniteDifference) | Recomputation;

/** The largest difference that is taken for rounding, relative to the numbers. */
const TOLERANCE = 1e-9;

/** The parameter that a number belongs to: itself, or the one whose gradient it is. */
export function parameterOf({ quantity, layer, row, column }: Reference): Reference | undefined {
  if (quantity === 'W' || quantity === 'dW') return { quantity: 'W', layer, row, column };
  if (quantity === 'b' || quantity === 'db') return { quantity: 'b', layer, row, column: 0 };
  return undefined;
}

/**
 * Checks a number that belongs to an example, or the loss. An error dZ is the slope of its
 * example's loss, so that is measured. Of a value there is no slope: it is computed again, in
 * another way than the board does.
 */
export function checkEntry(iteration: Iteration, reference: Reference): Check {
  if (reference.quantity === 'dZ') return { kind: 'slope', ...finiteDifferenceOfSum(iteration, reference) };
  // The step size does not matter here.
  const explanation = explain(iteration.network, cycleInputs(iteration, 0), reference);
  const { value } = explanation;
  const { how, again } = recompute(iteration, explanation);
  const agrees = Math.abs(again - value) <= TOLERANCE * Math.max(1, Math.abs(value), Math.abs(again));
  return { kind: 'again', how, value, again, agrees };
}

function recompute(iteration: Iteration, explanation: Explanation): { how: string; again: number } {
  switch (explanation.kind) {
    case 'weighted-sum': {
      const { terms, bias } = explanation;
      const again = terms.reduceRight((sum, { factors: [w, a] }) => sum + w.value * a.value, bias.value);
      return { how: 'from the bias and the terms, the last one first', again };
    }
    case 'activation': {
      const { layer } = explanation.reference;
      const { f, label } = iteration.network.layers[layer - 1]!.g;
      return { how: `as ${label} of its weighted sum`, again: f(explanation.z.value) };
    }
    case 'softmax': {
      const { exponentials, reference } = explanation;
      // Every exponential is divided by this one before they are added, not after.
      const own = exponentials[reference.row]!.z.value;
      const ratios = exponentials.map(({ z }) => Math.exp(z.value - own));
      return {
        how: 'as 1 divided by the sum of exp(z − this z)',
        again: 1 / ratios.reduceRight((sum, ratio) => sum + ratio, 0),
      };
    }
    case 'loss':
      return { how: 'from the probabilities, −log of the right ones', again: lossFrom(iteration) };
    default:
      throw new Error(`${explanation.kind}: no other way to compute it`);
  }
}

/** The mean loss from the probabilities; the board computes it from the weighted sums. */
function lossFrom({ network, computed, Y, m }: Iteration): number {
  const A = computed.A.at(-1)!;
  const isSoftmax = network.output.name === 'softmax';
  let sum = 0;
  for (let k = 0; k < A.data.length; k++) {
    const [a, y] = [A.data[k]!, Y.data[k]!];
    if (y > 0) sum -= y * Math.log(a);
    if (!isSoftmax && y < 1) sum -= (1 - y) * Math.log(1 - a);
  }
  return sum / m;
}
