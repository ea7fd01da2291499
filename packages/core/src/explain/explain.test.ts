import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matrix } from '../maths/matrix.js';
import { createNetwork } from '../maths/network.js';
import { quantitiesOf, referencesOf, type Turn, turns } from './cases.test.support.js';
import { explain } from './explain.js';
import type { Entry, Explanation, Product } from './explanation.js';
import { formatReference, type Reference } from './reference.js';

/** Every entry of a turn of the cycle, explained. */
function everyEntry(check: (explanation: Explanation, turn: Turn) => void): void {
  fc.assert(
    fc.property(turns, (turn) => {
      const { network, computed, gradients } = turn;
      for (const reference of referencesOf(turn)) {
        check(explain(network, { ...turn, computed, gradients }, reference), turn);
      }
    }),
    { numRuns: 60 },
  );
}

/** The entry as forward, backward and update have it, of W and b before the update. */
function entryOf(turn: Turn, { quantity, layer, row, column }: Reference): number {
  const { entries } = quantitiesOf(turn).find((one) => one.quantity === quantity && one.layer === layer)!;
  expect(row).toBeLessThan(entries.rows);
  expect(column).toBeLessThan(entries.cols);
  return entries.data[row * entries.cols + column]!;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/**
 * What the written terms come to, by the formula that the kind names, from the numbers of the
 * explanation alone.
 */
function workedOut(explanation: Explanation, turn: Turn): number {
  const products = (terms: readonly Product[]) =>
    total(terms.map(({ factors: [left, right] }) => left.value * right.value));
  switch (explanation.kind) {
    case 'given':
      return explanation.value;
    case 'weighted-sum':
      return products(explanation.terms) + explanation.bias.value;
    case 'activation': {
      const z = explanation.z.value;
      const results = {
        relu: Math.max(0, z),
        'leaky-relu': Math.max(0.01 * z, z),
        gelu: z / (1 + Math.exp(-2 * Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3))),
        silu: z / (1 + Math.exp(-z)),
        sigmoid: 1 / (1 + Math.exp(-z)),
        tanh: Math.tanh(z),
        identity: z,
      };
      return results[explanation.activation];
    }
    case 'softmax': {
      const powers = explanation.exponentials.map(({ z }) => Math.exp(z.value - explanation.maximum.value));
      return powers[explanation.reference.row]! / total(powers);
    }
    case 'loss':
      return total(lossesOf(explanation)) / explanation.m;
    case 'output-delta':
      return explanation.a.value - explanation.y.value;
    case 'hidden-delta': {
      const { g } = turn.network.layers[explanation.reference.layer - 1]!;
      return products(explanation.terms) * g.derivative(explanation.z.value);
    }
    case 'weight-gradient':
      return (1 / explanation.m) * products(explanation.terms);
    case 'bias-gradient':
      return (1 / explanation.m) * total(explanation.terms.map(({ value }) => value));
    case 'update':
      return explanation.old.value - explanation.alpha * explanation.gradient.value;
  }
}

function lossesOf(explanation: Extract<Explanation, { kind: 'loss' }>): number[] {
  if (explanation.output === 'softmax') {
    return explanation.examples.map(
      ({ maximum, sum, labelled }) =>
        maximum.value + Math.log(sum) - total(labelled.map(({ factors: [y, z] }) => y.value * z.value)),
    );
  }
  return explanation.examples.map(({ units }) =>
    total(units.map(({ z, y }) => -Math.log(1 / (1 + Math.exp(y.value === 1 ? -z.value : z.value))))),
  );
}

/** Every entry that an explanation leads to. */
function entriesIn(part: unknown): Entry[] {
  if (typeof part !== 'object' || part === null) return [];
  const own = 'reference' in part && Object.keys(part).length === 2 ? [part as Entry] : [];
  return [...own, ...Object.values(part).flatMap(entriesIn)];
}

function expectClose(found: number, expected: number, name: string): void {
  expect(Math.abs(found - expected), name).toBeLessThanOrEqual(1e-12 * Math.abs(expected) + 1e-15);
}

describe('explain: every entry of every quantity, in networks of 1 to 4 layers and all activations', () => {
  test('its value is that of forward, backward and update, to the bit', () => {
    everyEntry(({ reference, value }, turn) => {
      const { quantity, layer } = reference;
      const after =
        quantity === 'W' || quantity === 'b' ? turn.updated.layers[layer - 1]![quantity].data : undefined;
      const { cols } = quantitiesOf(turn).find(
        (one) => one.quantity === quantity && one.layer === layer,
      )!.entries;
      const expected = after ? after[reference.row * cols + reference.column] : entryOf(turn, reference);
      expect(value, formatReference(reference)).toBe(expected);
    });
  });

  test('what is written out comes to the value', () => {
    let exact = 0;
    let all = 0;
    everyEntry((explanation, turn) => {
      const found = workedOut(explanation, turn);
      expectClose(found, explanation.value, formatReference(explanation.reference));
      all++;
      if (found === explanation.value) exact++;
    });
    expect(exact / all).toBeGreaterThan(0.98);
  });

  test('each product is that of its factors, and the sum that of its terms', () => {
    everyEntry((explanation) => {
      if (!('terms' in explanation)) return;
      for (const term of explanation.terms) {
        if ('factors' in term) expect(term.value).toBe(term.factors[0].value * term.factors[1].value);
      }
      expect(explanation.sum).toBe(total(explanation.terms.map(({ value }) => value)));
    });
  });

  test('every reference leads to an entry with the value that is told, and can be explained itself', () => {
    everyEntry((explanation, turn) => {
      const { network, computed, gradients } = turn;
      for (const { reference, value } of entriesIn(explanation)) {
        expect(value, formatReference(reference)).toBe(entryOf(turn, reference));
        expect(explain(network, { ...turn, computed, gradients }, reference).reference).toEqual(reference);
      }
    });
  });

  test('terms and folded terms together are as many as the sum has, and what is folded is 0', () => {
    everyEntry((explanation, turn) => {
      if (!('zeros' in explanation)) return;
      const { kind, reference, terms, zeros } = explanation;
      const { layer, row, column } = reference;
      const { layers } = turn.network;
      const [a, dZ, above] = [
        turn.computed.A[layer - 1]!,
        turn.gradients[layer - 1]!.dZ,
        turn.gradients[layer]?.dZ,
      ];
      const { m } = explanation;
      const examples = Array.from({ length: m }, (_, j) => j);
      const nothing = {
        'weighted-sum': () => columnOf(a, column).filter((value) => value === 0).length,
        'hidden-delta': () => columnOf(above!, column).filter((value) => value === 0).length,
        'weight-gradient': () =>
          examples.filter((j) => dZ.data[row * m + j] === 0 || a.data[column * m + j] === 0).length,
        'bias-gradient': () => examples.filter((j) => dZ.data[row * m + j] === 0).length,
      };
      const length = { 'weighted-sum': a.rows, 'hidden-delta': layers[layer]?.W.rows };
      // Of a single example there is nothing to fold.
      const isAlone = m === 1 && (kind === 'weight-gradient' || kind === 'bias-gradient');
      expect(zeros, formatReference(reference)).toBe(isAlone ? 0 : nothing[kind]());
      expect(terms.length + zeros).toBe(kind in length ? length[kind as keyof typeof length] : m);
    });
  });
});

function columnOf(
  { rows, cols, data }: { rows: number; cols: number; data: Float64Array },
  j: number,
): number[] {
  return Array.from({ length: rows }, (_, i) => data[i * cols + j]!);
}

describe('explain', () => {
  const network = createNetwork({ layers: [2, 3, 2] });
  const X = matrix(2, 1, [0, 0.5]);
  const at = (quantity: Reference['quantity'], layer: number, row = 0, column = 0): Reference => {
    return { quantity, layer, row, column };
  };

  test('an activation of layer 0 is an input', () => {
    expect(explain(network, { X }, at('A', 0, 1))).toEqual({
      kind: 'given',
      reference: at('X', 0, 1),
      value: 0.5,
      m: 1,
    });
  });

  test('needs no labels forward, and says so where it does', () => {
    expect(explain(network, { X }, at('A', 2, 1)).kind).toBe('softmax');
    for (const reference of [at('dW', 1), at('J', 0), at('Y', 0), at('dZ', 2)]) {
      expect(() => explain(network, { X }, reference)).toThrow(/: needs labels: /);
    }
  });

  test('without a learning rate a parameter is given', () => {
    expect(explain(network, { X }, at('W', 1, 2, 1))).toMatchObject({
      kind: 'given',
      value: network.layers[0]!.W.data[5],
    });
  });

  test('holds the example against their number', () => {
    expect(() => explain(network, { X }, at('Z', 1, 0, 1))).toThrow(
      'Z1[0,1]: no column 1: Z1 is 3 × 1, its columns are 0 alone',
    );
  });

  test('0 times what is not finite is not folded away', () => {
    const [first, second] = network.layers;
    const broken = matrix(3, 2, [Number.POSITIVE_INFINITY, 1, 1, 1, 1, 1]);
    const diverged = { ...network, layers: [{ ...first!, W: broken }, second!] };
    expect(explain(diverged, { X }, at('Z', 1))).toMatchObject({
      value: Number.NaN,
      sum: Number.NaN,
      zeros: 0,
    });
  });
});
