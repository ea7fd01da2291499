import { createNetwork, Dataset } from '@longhand/core';
import { explain, parseReference } from '@longhand/core/explain';
import { createRandom } from '@longhand/core/maths';
import { describe, expect, test } from 'vitest';
import { computeIteration, cycleInputs } from '../../computations/cycle.js';
import { labelsFor } from './labels.js';
import { sumTable } from './sum-table.js';

const random = createRandom(5, 'parameters');
const classNames = ['plum', 'pear', 'fig'];
const dataset = new Dataset({
  pixels: Uint8Array.from({ length: 2 * 12 }, () => 1 + Math.floor(255 * random.uniform())),
  labels: Uint8Array.of(2, 0),
  width: 4,
  height: 3,
  classNames,
});

/** The names of the terms that are written out for an entry. */
function termsOf(layers: readonly number[], entry: string): string[] {
  const network = createNetwork({ layers: [12, ...layers, classNames.length], seed: 2 });
  const iteration = computeIteration(network, { dataset, indices: [0, 1], pixelScale: 1 / 255 });
  const explanation = explain(
    network,
    cycleInputs(iteration, 0.1),
    parseReference(entry, network, iteration.m),
  );
  return sumTable(explanation, labelsFor(iteration))
    .filter(({ kind }) => kind === 'term')
    .map(({ name }) => name);
}

describe.each([
  { hidden: [3], last: 2 },
  // As many hidden units as classes: only the layer tells them apart.
  { hidden: [6, 3, 3], last: 4 },
])('the labels of a sum, hidden layers $hidden', ({ hidden, last }) => {
  test('the first layer adds up pixels', () => {
    const names = termsOf(hidden, 'Z1[1,0]').slice(0, -1);
    expect(names.length).toBe(4);
    for (const name of names) expect(name).toMatch(/^pixel \([0-2], [0-3]\)$/);
  });

  test('every layer after it adds up hidden units', () => {
    for (let layer = 2; layer <= last; layer++) {
      const names = termsOf(hidden, `Z${layer}[1,0]`).slice(0, -1);
      for (const name of names) expect(name, `Z${layer}`).toMatch(/^hidden unit \d$/);
    }
  });

  test('softmax is among classes', () => {
    expect(termsOf(hidden, `A${last}[0,1]`)).toEqual([
      'exp(class plum)',
      'exp(class pear)',
      'exp(class fig)',
    ]);
  });

  test('errors come from classes to the last hidden layer, from hidden units to the layers before', () => {
    for (let layer = 1; layer < last; layer++) {
      const names = termsOf(hidden, `dZ${layer}[1,0]`).filter((name) => !name.startsWith('·'));
      expect(names.length, `dZ${layer}`).toBeGreaterThan(0);
      const expected = layer + 1 === last ? /^class (plum|pear|fig)$/ : /^hidden unit \d$/;
      for (const name of names) expect(name, `dZ${layer}`).toMatch(expected);
    }
  });
});
