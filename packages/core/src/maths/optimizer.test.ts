import { describe, expect, test } from 'vitest';
import { backward } from './backward.js';
import { dropoutMask } from './dropout.js';
import { forward, meanLoss } from './forward.js';
import { integerPower } from './integer-power.js';
import { matrix } from './matrix.js';
import { createNetwork, type Network, parameters } from './network.js';
import { type OptimizerOptions, optimize, startOptimizer } from './optimizer.js';
import { type ElementwiseName, isElementwise, OPTIMIZER_NAMES, OPTIMIZERS } from './optimizers.js';
import { mapParameters, norm } from './parameters.js';
import { smoothLabels } from './smoothing.js';

const network = createNetwork({ layers: [3, 4, 2], activation: 'tanh', seed: 5 });
const values = (rows: number, cols: number, scale: number) =>
  matrix(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, (_, k) => scale * Math.sin(7 * k + 1)),
  );
const gradients = [1, 2, 3].map((time) =>
  network.layers.map(({ W, b }) => ({ dW: values(W.rows, W.cols, time), db: values(b.rows, 1, time / 2) })),
);
const flat = (of: Network) => [...parameters(of)].flatMap(({ data }) => [...data]);
const slopes = (time: number) => gradients[time]!.flatMap(({ dW, db }) => [...dW.data, ...db.data]);
/** Which of the parameters are weights. */
const isWeight = [...parameters(network)].flatMap(({ data }, k) => [...data].map(() => k % 2 === 0));

/** One number θ with its gradient g; `s` is the state, which changes. */
type UpdateByHand = (
  theta: number,
  g: number,
  s: { m: number; v: number },
  options: { readonly alpha: number; readonly momentum: number; readonly t: number },
) => number;

const withMomentum =
  (isNesterov: boolean): UpdateByHand =>
  (theta, g, s, { alpha, momentum }) => {
    s.v = momentum * s.v + g;
    return theta - alpha * (isNesterov ? g + momentum * s.v : s.v);
  };

const adamByHand: UpdateByHand = (theta, g, s, { alpha, t }) => {
  s.m = 0.9 * s.m + 0.1 * g;
  s.v = 0.999 * s.v + 0.001 * g * g;
  return theta - (alpha * (s.m / (1 - 0.9 ** t))) / (Math.sqrt(s.v / (1 - 0.999 ** t)) + 1e-8);
};

/** The updates of the registry, written down a second time and separately. */
const BY_HAND: Readonly<Record<ElementwiseName, UpdateByHand>> = {
  sgd: (theta, g, _, { alpha }) => theta - alpha * g,
  momentum: withMomentum(false),
  nesterov: withMomentum(true),
  rmsprop: (theta, g, s, { alpha }) => {
    s.v = 0.99 * s.v + 0.01 * g * g;
    return theta - (alpha * g) / (Math.sqrt(s.v) + 1e-8);
  },
  adam: adamByHand,
  adamw: adamByHand,
  lion: (theta, g, s, { alpha }) => {
    const c = 0.9 * s.m + 0.1 * g;
    s.m = 0.99 * s.m + 0.01 * g;
    return c > 0 ? theta - alpha : c < 0 ? theta + alpha : theta;
  },
};
const DECOUPLED: readonly ElementwiseName[] = ['adamw', 'lion'];

/** Every parameter separately, in plain numbers. */
function byHand(
  options: OptimizerOptions & { readonly optimizer: ElementwiseName },
  alpha: number,
): number[] {
  const { optimizer, momentum = 0.9, weightDecay = 0, clipNorm = Number.POSITIVE_INFINITY } = options;
  return flat(network).map((start, k) => {
    let theta = start;
    const state = { m: 0, v: 0 };
    const lambda = isWeight[k] ? weightDecay : 0;
    for (let t = 1; t <= 3; t++) {
      const length = Math.hypot(...slopes(t - 1));
      let g = slopes(t - 1)[k]! * Math.min(1, clipNorm / length);
      if (DECOUPLED.includes(optimizer)) theta -= alpha * lambda * theta;
      else g += lambda * theta;
      theta = BY_HAND[optimizer](theta, g, state, { alpha, momentum, t });
    }
    return theta;
  });
}

/** L-BFGS needs more than a gradient: lbfgs.test.ts. */
describe.each(OPTIMIZER_NAMES.filter(isElementwise))('%s', (optimizer) => {
  test.each([{}, { weightDecay: 0.1 }, { clipNorm: 0.3 }, { weightDecay: 0.01, clipNorm: 2, momentum: 0.5 }])(
    'three updates are those written out parameter by parameter: %j',
    (options) => {
      const all = { ...options, optimizer };
      let [reached, state] = [network, startOptimizer(network, all)];
      for (const gradient of gradients) {
        ({ network: reached, state } = optimize(reached, gradient, 0.05, state, all));
      }
      expect(state.updates).toBe(3);
      expect(state.memory).toHaveLength(OPTIMIZERS[optimizer].stateSlots);
      for (const [k, theta] of byHand(all, 0.05).entries()) expect(flat(reached)[k]).toBeCloseTo(theta, 12);
    },
  );
});

test('the norm is that of all parameters together', () => {
  expect(norm(network.layers)).toBeCloseTo(Math.hypot(...flat(network)), 14);
  expect(norm(mapParameters(() => 0, network.layers))).toBe(0);
});

test('whole powers are those of **', () => {
  for (const [base, exponent] of [
    [0.9, 0],
    [0.9, 1],
    [0.999, 1000],
    [0.5, 33],
  ] as const) {
    expect(integerPower(base, exponent)).toBeCloseTo(base ** exponent, 14);
  }
});

describe('label smoothing', () => {
  const Y = matrix(4, 2, [0, 1, 1, 0, 0, 0, 0, 0]);

  test('spreads ε over all classes, and each column still sums to 1', () => {
    expect([...smoothLabels(Y, 0.2).data]).toEqual([
      0.05, 0.8500000000000001, 0.8500000000000001, 0.05, 0.05, 0.05, 0.05, 0.05,
    ]);
    expect(smoothLabels(Y, 0)).toBe(Y);
  });
});

describe('dropout', () => {
  const dropout = { share: 0.3, seed: 11, iteration: 7 };

  test('drops its share of units, and the rest make up for it', () => {
    const { data } = dropoutMask(dropout, 1, 300, 400);
    const dropped = data.filter((value) => value === 0).length / data.length;
    expect(dropped).toBeCloseTo(0.3, 2);
    expect(new Set(data)).toEqual(new Set([0, 1 / 0.7]));
    // Every unit and every example is dropped about as often as the share says.
    for (let k = 0; k < 300; k++) {
      const row = data.subarray(k * 400, (k + 1) * 400).filter((value) => value === 0).length / 400;
      expect(Math.abs(row - 0.3)).toBeLessThan(0.13);
    }
  });

  test('is another for every iteration, layer and seed, and the same for the same', () => {
    const mask = (changes: object, l = 1) => dropoutMask({ ...dropout, ...changes }, l, 20, 20).data.join();
    const masks = [{}, { iteration: 8 }, { seed: 12 }, { seed: 11 + 2 ** 32 }].map((changes) =>
      mask(changes),
    );
    expect(new Set([...masks, mask({}, 2)]).size).toBe(5);
    expect(mask({})).toBe(mask({}));
  });

  test('a part of the batch drops what the whole batch drops there', () => {
    const whole = dropoutMask(dropout, 2, 5, 12);
    const part = dropoutMask(dropout, 2, 5, 4, 6);
    for (let i = 0; i < 5; i++) {
      expect([...part.data.subarray(4 * i, 4 * i + 4)]).toEqual([
        ...whole.data.subarray(12 * i + 6, 12 * i + 10),
      ]);
    }
  });

  test('its gradients are those of the loss with the same units dropped, by finite differences; so with smoothed labels', () => {
    const deep = createNetwork({
      layers: [4, 6, 5, 3],
      activation: 'gelu',
      initialization: 'glorot',
      seed: 3,
    });
    const X = values(4, 7, 1);
    const Y = smoothLabels(
      matrix(
        3,
        7,
        Float64Array.from({ length: 21 }, (_, k) => Number(Math.floor(k / 7) === (k % 7) % 3)),
      ),
      0.1,
    );
    const D = [6, 5].map((units, l) => dropoutMask(dropout, l + 1, units, 7));
    const loss = () => meanLoss(deep, forward(deep, X, D), Y);
    const gradient = backward(deep, forward(deep, X, D), Y);
    for (const [l, { W, b }] of deep.layers.entries()) {
      for (const [theta, dTheta] of [
        [W, gradient[l]!.dW],
        [b, gradient[l]!.db],
      ] as const) {
        for (let k = 0; k < theta.data.length; k++) {
          const before = theta.data[k]!;
          const [up, down] = [1e-5, -1e-5].map((step) => {
            theta.data[k] = before + step;
            return loss();
          });
          theta.data[k] = before;
          expect((up! - down!) / 2e-5).toBeCloseTo(dTheta.data[k]!, 8);
        }
      }
    }
  });
});
