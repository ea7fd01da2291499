import { readFileSync } from 'node:fs';
import { Dataset } from '@longhand/core';
import { oneHot } from '@longhand/core/data';
import { balancedAccuracy } from '@longhand/core/evaluation';
import { ACTIVATIONS, backward, forward, matrix, meanLoss, OUTPUTS } from '@longhand/core/maths';
import { classWeights } from '@longhand/core/training';
import { expect, test } from 'vitest';

// Numbers of NumPy and scikit-learn (see make_weights_golden.py). The tests run from tests/dist/golden.
const golden: Golden = JSON.parse(
  readFileSync(new URL('../../golden/weights-golden.json', import.meta.url), 'utf8'),
);

interface Golden {
  readonly layers: readonly [number, number, number];
  /** n₀ × m, row by row. */
  readonly X: readonly number[];
  readonly labels: readonly number[];
  /** Of each example. */
  readonly weights: readonly number[];
  /** W¹, b¹, W², b², row by row; their gradients in the same order. */
  readonly parameters: readonly (readonly number[])[];
  readonly loss: number;
  readonly gradients: readonly (readonly number[])[];
  /** The class weights of some labels, for the classes that occur. */
  readonly balanced: readonly {
    readonly labels: readonly number[];
    readonly classes: readonly number[];
    readonly weights: readonly number[];
  }[];
  readonly answers: readonly {
    readonly labels: readonly number[];
    readonly answers: readonly number[];
    readonly balancedAccuracy: number;
  }[];
}

test('the weighted loss and its gradients are those of NumPy and scikit-learn', () => {
  const [inputs, units, classes] = golden.layers;
  const [W1, b1, W2, b2] = golden.parameters as [number[], number[], number[], number[]];
  const network = {
    layers: [
      { W: matrix(units, inputs, W1), b: matrix(units, 1, b1), g: ACTIVATIONS.tanh },
      { W: matrix(classes, units, W2), b: matrix(classes, 1, b2), g: ACTIVATIONS.identity },
    ],
    output: OUTPUTS.softmax,
  };
  const m = golden.labels.length;
  const computed = forward(network, matrix(inputs, m, golden.X));
  const Y = oneHot(golden.labels, classes);
  expect(meanLoss(network, computed, Y, golden.weights)).toBeCloseTo(golden.loss, 13);
  const found = backward(network, computed, Y, golden.weights).flatMap(({ dW, db }) => [dW.data, db.data]);
  for (const [k, expected] of golden.gradients.entries()) {
    expect(found[k]).toHaveLength(expected.length);
    for (const [i, value] of expected.entries()) expect(found[k]![i]).toBeCloseTo(value, 13);
  }
});

test.each(golden.balanced)('balanced weights of the classes $classes are those of scikit-learn', (one) => {
  const { labels, classes, weights } = one;
  const dataset = new Dataset({
    pixels: new Uint8Array(labels.length),
    labels: Uint8Array.from(labels),
    width: 1,
    height: 1,
  });
  const found = classWeights(dataset, 'balanced');
  for (const [k, label] of classes.entries()) expect(found[label]).toBeCloseTo(weights[k]!, 13);
});

test.each(golden.answers)('the balanced accuracy is that of scikit-learn: $balancedAccuracy', (one) => {
  const confusion = Array.from({ length: 7 }, () => new Array<number>(7).fill(0));
  for (const [i, label] of one.labels.entries()) confusion[label]![one.answers[i]!]!++;
  expect(balancedAccuracy(confusion)).toBeCloseTo(one.balancedAccuracy, 14);
});
