import type { Matrix } from '@longhand/core';
import { type Entry, entrySymbol, formatNumber, type Reference } from '@longhand/core/explain';
import type { Iteration } from '../../computations/cycle.js';
import { labelsFor } from './labels.js';
import { factorOf, type SumLine, sumLine, termLine, totalLine } from './sum-lines.js';

/** What a parameter does in an equation that it is an operand of. */
export interface ParameterRole {
  /** Its value before the update. */
  readonly value: number;
  readonly sentence: string;
  /** What it contributes to the sum, and the rest of that sum. */
  readonly lines: readonly SumLine[];
}

/**
 * What W or b does in an equation, for the first example: it weighs an input, it is added, or it
 * carries an error back.
 *
 * @param isBackward whether the equation is one of dZ
 * @param last number of the equation that updates it
 */
export function parameterRole(
  iteration: Iteration,
  { quantity, layer, row, column }: Reference,
  isBackward: boolean,
  last: number,
): ParameterRole {
  const { network, computed, gradients, m } = iteration;
  const { W, b } = network.layers[layer - 1]!;
  const { unit } = labelsFor(iteration);
  const [below, above] = [unit(layer - 1, column), unit(layer, row)];
  const at = (name: 'Z' | 'A' | 'dZ', l: number, i: number, { data, cols }: Matrix): Entry => ({
    reference: { quantity: l === 0 ? 'X' : name, layer: l, row: i, column: 0 },
    value: data[i * cols]!,
  });
  const z = at('Z', layer, row, computed.Z[layer - 1]!);
  const trained = `Training changes it in equation ${last}.`;
  const bias: Entry = { reference: { quantity: 'b', layer, row, column: 0 }, value: b.data[row]! };
  if (quantity === 'b') {
    return {
      value: bias.value,
      sentence: `A bias: a number that ${above} adds to its sum, whatever the input is. The larger it is, the more easily the unit turns on. ${trained}`,
      lines: [
        termLine('all weighted inputs', formatNumber(z.value - bias.value)),
        termLine(`bias ${entrySymbol(bias.reference, m)}`, formatNumber(bias.value)),
        totalLine(entrySymbol(z.reference, m), z.value),
      ],
    };
  }
  const value = W.data[row * W.cols + column]!;
  if (isBackward) {
    const dz = at('dZ', layer, row, gradients[layer - 1]!.dZ);
    let sum = 0;
    for (let i = 0; i < W.rows; i++) {
      const { data, cols } = gradients[layer - 1]!.dZ;
      sum += W.data[i * W.cols + column]! * data[i * cols]!;
    }
    return {
      value,
      sentence: `The weight between ${below} and ${above}, used backward: it carries the error of ${above} back to ${below}. ${trained}`,
      lines: [
        termLine(
          `error of ${above}`,
          formatNumber(value * dz.value),
          { text: formatNumber(value), entry: '' },
          factorOf(dz),
        ),
        termLine('from all other units', formatNumber(sum - value * dz.value)),
        sumLine(sum),
      ],
    };
  }
  const a = at('A', layer - 1, column, computed.A[layer - 1]!);
  const product = value * a.value;
  return {
    value,
    sentence: `A weight: how strongly ${below} counts for ${above}. It is multiplied by that input. A positive weight makes the sum larger, a negative one smaller. ${trained}`,
    lines: [
      termLine(below, formatNumber(product), { text: formatNumber(value), entry: '' }, factorOf(a)),
      termLine('all other inputs', formatNumber(z.value - bias.value - product)),
      termLine(`bias ${entrySymbol(bias.reference, m)}`, formatNumber(bias.value)),
      totalLine(entrySymbol(z.reference, m), z.value),
    ],
  };
}
