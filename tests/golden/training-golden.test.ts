import { readFileSync } from 'node:fs';
import type { ActivationName, Network } from '@longhand/core';
import {
  ACTIVATIONS,
  backward,
  type ElementwiseName,
  forward,
  matrix,
  meanLoss,
  norm,
  OUTPUTS,
  optimize,
  smoothLabels,
  startOptimizer,
} from '@longhand/core/maths';
import { expect, test } from 'vitest';

// Results of PyTorch's own optimizers (see make_training_golden.py). The tests run from
// tests/dist/golden.
const cases: readonly Case[] = JSON.parse(
  readFileSync(new URL('../../golden/training-golden.json', import.meta.url), 'utf8'),
);

interface Case {
  readonly optimizer: ElementwiseName;
  readonly activation: ActivationName;
  readonly momentum?: number;
  readonly weightDecay?: number;
  readonly clipNorm?: number;
  readonly labelSmoothing?: number;
  readonly layers: readonly number[];
  readonly alpha: number;
  /** n₀ × m, row by row. */
  readonly X: readonly number[];
  readonly labels: readonly number[];
  readonly W: readonly (readonly number[])[];
  readonly b: readonly (readonly number[])[];
  /** Before each update, with the norm of its gradient. */
  readonly losses: readonly number[];
  readonly norms: readonly number[];
  readonly trainedW: readonly (readonly number[])[];
  readonly trainedb: readonly (readonly number[])[];
}

test.each(cases)(
  '$optimizer, $activation, λ = $weightDecay, clipped at $clipNorm, smoothed by $labelSmoothing: as PyTorch has it',
  (golden) => {
    const { layers, alpha, labels, losses, norms } = golden;
    const m = labels.length;
    const X = matrix(layers[0]!, m, golden.X);
    const classes = layers.at(-1)!;
    const Y = smoothLabels(
      matrix(
        classes,
        m,
        Float64Array.from({ length: classes * m }, (_, k) => Number(labels[k % m] === Math.floor(k / m))),
      ),
      golden.labelSmoothing ?? 0,
    );
    let network: Network = {
      layers: golden.W.map((W, l) => ({
        W: matrix(layers[l + 1]!, layers[l]!, W),
        b: matrix(layers[l + 1]!, 1, golden.b[l]!),
        g: ACTIVATIONS[l === golden.W.length - 1 ? 'identity' : golden.activation],
      })),
      output: OUTPUTS.softmax,
    };
    let state = startOptimizer(network, golden);
    for (const [k, loss] of losses.entries()) {
      const computed = forward(network, X);
      expect(meanLoss(network, computed, Y)).toBeCloseTo(loss, 12);
      const gradients = backward(network, computed, Y);
      expect(norm(gradients.map(({ dW, db }) => ({ W: dW, b: db })))).toBeCloseTo(norms[k]!, 12);
      ({ network, state } = optimize(network, gradients, alpha, state, golden));
    }
    for (const [l, { W, b }] of network.layers.entries()) {
      for (const [i, w] of golden.trainedW[l]!.entries()) expect(W.data[i]).toBeCloseTo(w, 10);
      for (const [i, bias] of golden.trainedb[l]!.entries()) expect(b.data[i]).toBeCloseTo(bias, 10);
    }
  },
);
