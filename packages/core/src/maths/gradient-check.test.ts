import { describe, expect, test } from 'vitest';
import { createRandom } from '../random.js';
import { ACTIVATION_NAMES, identity, relu } from './activation.js';
import { differentiate, isolateUnit } from './finite-difference.js';
import { forward, meanLoss } from './forward.js';
import { checkGradients } from './gradient-check.js';
import { type Matrix, matrix } from './matrix.js';
import { createNetwork, type Network, parameterCount } from './network.js';
import { OUTPUTS, softmaxOutput } from './output.js';
import { smoothLabels } from './smoothing.js';

/** Inputs on ±1 and one-hot labels. */
function examples(inputs: number, classes: number, m: number): { X: Matrix; Y: Matrix } {
  const random = createRandom(1, 'examples');
  const X = matrix(
    inputs,
    m,
    Float64Array.from({ length: inputs * m }, () => 2 * random.uniform() - 1),
  );
  const Y = matrix(classes, m);
  for (let j = 0; j < m; j++) Y.data[random.below(classes) * m + j] = 1;
  return { X, Y };
}

/** A network whose backward pass is given a wrong slope of its hidden units. */
function withWrongDerivative(network: Network, factor: number): Network {
  const [hidden, ...rest] = network.layers;
  const g = { ...hidden!.g, derivative: (z: number) => factor * hidden!.g.derivative(z) };
  return { ...network, layers: [{ ...hidden!, g }, ...rest] };
}

describe('checkGradients', () => {
  test.each([
    { layers: [6, 5, 4] },
    { layers: [6, 4, 4, 4, 3], activation: 'sigmoid' },
    { layers: [6, 3], activation: 'identity' },
    { layers: [6, 7, 2], output: 'sigmoid' },
    { layers: [6, 8, 8, 3], initialization: 'he' },
    { layers: [6, 7, 5, 3], activation: 'leaky-relu', initialization: 'he' },
    { layers: [6, 7, 5, 3], activation: ['leaky-relu', 'gelu'], initialization: 'glorot' },
    ...ACTIVATION_NAMES.map((activation) => ({
      layers: [6, 5, 4, 3] as const,
      activation,
      initialization: 'glorot' as const,
    })),
  ] as const)('confirms every gradient of %j', (options) => {
    const network = createNetwork({ ...options, seed: 3 });
    const { X, Y } = examples(6, options.layers.at(-1)!, 9);
    const { maxRelativeError, parameters, kinks, passed } = checkGradients(network, X, Y);
    expect(maxRelativeError).toBeLessThan(1e-8);
    expect(parameters).toBe(parameterCount(network));
    expect(kinks).toBeLessThan(parameters / 10);
    expect(passed).toBe(true);
  });

  test.each([
    { layers: [6, 5, 4] },
    { layers: [6, 3] },
    { layers: [6, 7, 2], output: 'sigmoid' },
    { layers: [6, 7, 5, 3], activation: ['leaky-relu', 'gelu'], initialization: 'glorot' },
  ] as const)('confirms every gradient of %j with a weight for each example', (options) => {
    const network = createNetwork({ ...options, seed: 3 });
    const { X, Y } = examples(6, options.layers.at(-1)!, 9);
    const weights = [0, 1, 2.5, 0.01, 7, 1, 0, 3, 40];
    const { maxRelativeError, parameters, kinks, passed } = checkGradients(network, X, Y, { weights });
    expect(maxRelativeError).toBeLessThan(1e-8);
    expect(kinks).toBeLessThan(parameters / 10);
    expect(passed).toBe(true);
    const smoothed = checkGradients(network, X, smoothLabels(Y, 0.2), { weights });
    expect(smoothed.maxRelativeError).toBeLessThan(1e-8);
  });

  test('finds a weight that the loss has and the gradient has not', () => {
    const { X, Y } = examples(6, 3, 4);
    const network = createNetwork({ layers: [6, 5, 3], activation: 'tanh' });
    const weights = [1, 1, 1 + 1e-5, 1];
    const halfway = {
      ...network,
      output: {
        ...softmaxOutput,
        // Takes the third weight out again.
        delta: (A: Matrix, labels: Matrix) => {
          const dZ = softmaxOutput.delta(A, labels);
          return { ...dZ, data: dZ.data.map((value, k) => value / weights[k % 4]!) };
        },
      },
    };
    expect(checkGradients(network, X, Y, { weights }).passed).toBe(true);
    expect(checkGradients(halfway, X, Y, { weights }).passed).toBe(false);
  });

  test('finds a slope that is wrong by a millionth, and where', () => {
    const { X, Y } = examples(6, 3, 9);
    const network = createNetwork({ layers: [6, 5, 3], activation: 'tanh' });
    const { passed, worst, maxRelativeError } = checkGradients(withWrongDerivative(network, 1 + 1e-6), X, Y);
    expect(passed).toBe(false);
    expect(maxRelativeError).toBeGreaterThan(9e-7);
    expect(worst!.symbol).toMatch(/^[Wb]¹$/);
    expect(worst!.analytic / worst!.numeric).toBeCloseTo(1 + 1e-6, 8);
  });

  test('finds a db that is summed over everything', () => {
    const { X, Y } = examples(6, 3, 9);
    const network = createNetwork({ layers: [6, 3] });
    // Summed over units too, the deltas of softmax cancel: what the notebook's db² comes to.
    const delta = (A: Matrix, labels: Matrix) => {
      const dZ = softmaxOutput.delta(A, labels);
      const mean = dZ.data.reduce((sum, value) => sum + value, 0) / dZ.data.length;
      return { ...dZ, data: dZ.data.map(() => mean) };
    };
    const { passed } = checkGradients({ ...network, output: { ...softmaxOutput, delta } }, X, Y);
    expect(passed).toBe(false);
  });

  test('a gradient that is not a number fails', () => {
    const { X, Y } = examples(6, 3, 4);
    const network = withWrongDerivative(createNetwork({ layers: [6, 4, 3], activation: 'tanh' }), Number.NaN);
    const { passed, maxRelativeError } = checkGradients(network, X, Y);
    expect({ passed, maxRelativeError }).toEqual({
      passed: false,
      maxRelativeError: Number.POSITIVE_INFINITY,
    });
  });

  test('reports how far it is after every unit', () => {
    const { X, Y } = examples(4, 2, 3);
    const calls: [number, number][] = [];
    checkGradients(createNetwork({ layers: [4, 3, 2] }), X, Y, {
      onProgress: (done, total) => calls.push([done, total]),
    });
    expect(calls).toEqual([5, 10, 15, 19, 23].map((done) => [done, 23]));
  });

  test('refuses examples that do not fit the network', () => {
    const { X, Y } = examples(4, 2, 3);
    expect(() => checkGradients(createNetwork({ layers: [5, 3, 2] }), X, Y)).toThrow('3 × 5 by 4 × 3');
    expect(() => checkGradients(createNetwork({ layers: [4, 3, 3] }), X, Y)).toThrow('3 × 3 and 2 × 3');
  });
});

describe('kinks', () => {
  const Y = matrix(2, 2, [1, 0, 0, 1]);

  /** Two units over one input; two examples, x = 1 and x = 0. */
  function twoUnits(bias: number): Network {
    return {
      layers: [
        { W: matrix(2, 1, [0.5, 1]), b: matrix(2, 1, [bias, 1]), g: relu },
        { W: matrix(2, 2, [1, -1, 0.5, 0.25]), b: matrix(2, 1, [0.1, 0.2]), g: identity },
      ],
      output: OUTPUTS.softmax,
    };
  }
  const X = matrix(1, 2, [1, 0]);

  test('a sum that crosses 0 inside the step is counted, kept out of the error and handed over', () => {
    // Unit 0 has z = 0.5 + 0.0005 for x = 1, and 0.0005 for x = 0, which b¹ (but no W¹, since x =
    // 0) can move over 0.
    const { kinks, kinked, parameters, passed, maxRelativeError } = checkGradients(twoUnits(0.0005), X, Y);
    expect({ kinks, parameters, passed }).toEqual({ kinks: 1, parameters: 10, passed: true });
    expect(kinked).toMatchObject([{ symbol: 'b¹', row: 0, column: 0 }]);
    expect(maxRelativeError).toBeLessThan(1e-8);
    // The quotient mixes both slopes: without the count it would have been a false alarm.
    const { analytic, numeric } = kinked[0]!;
    expect(Math.abs(analytic - numeric)).toBeGreaterThan(1e-3);
  });

  test('a sum just outside the step is not one', () => {
    expect(checkGradients(twoUnits(0.0021), X, Y).kinks).toBe(0);
    expect(checkGradients(twoUnits(0.0019), X, Y).kinks).toBe(1);
  });

  test('a sum that only touches 0 at the end of the step is one', () => {
    // Powers of two, so that 2ε − 2ε is 0 exactly.
    expect(checkGradients(twoUnits(2 ** -9), X, Y, { epsilon: 2 ** -10 }).kinks).toBe(1);
  });

  test('a sum that starts at 0 touches it', () => {
    expect(checkGradients(twoUnits(0), X, Y).kinked).toMatchObject([{ symbol: 'b¹', row: 0 }]);
  });

  test('a sum that is 0 and does not move is none', () => {
    // With b = 0, z = 0 for x = 0 however W¹ moves.
    expect(checkGradients(twoUnits(0), X, Y).kinked.map(({ symbol }) => symbol)).not.toContain('W¹');
  });

  test('one in a layer above counts against the parameters below that move it', () => {
    const deep: Network = {
      layers: [
        { W: matrix(1, 1, [1]), b: matrix(1, 1, [1]), g: relu },
        { W: matrix(1, 1, [1]), b: matrix(1, 1, [-1]), g: relu },
        { W: matrix(2, 1, [1, -1]), b: matrix(2, 1, [0, 0]), g: identity },
      ],
      output: OUTPUTS.softmax,
    };
    // Z² = ReLU(x + 1) − 1 is 0 for x = 0, and both b¹, b² and W² move it, but not W¹.
    const { kinked } = checkGradients(deep, X, Y);
    expect(kinked.map(({ symbol }) => symbol)).toEqual(['b¹', 'W²', 'b²']);
  });

  test('a smooth activation has none', () => {
    const { X: inputs, Y: labels } = examples(6, 3, 30);
    const network = createNetwork({ layers: [6, 20, 3], activation: 'tanh' });
    expect(checkGradients(network, inputs, labels, { epsilon: 0.01 }).kinks).toBe(0);
  });
});

test('the loss of an isolated unit is the loss of the whole network with that parameter moved', () => {
  const { X, Y } = examples(5, 3, 8);
  const network = createNetwork({ layers: [5, 4, 4, 3] });
  const computed = forward(network, X);
  const step = 1e-3;
  for (const [l, { W }] of network.layers.entries()) {
    const unit = isolateUnit(network, computed, Y, l, 1);
    const moved = unit.w.data[2]! + step;
    unit.w.data[2] = moved;
    const layers = network.layers.map((layer) => ({
      ...layer,
      W: { ...layer.W, data: layer.W.data.slice() },
    }));
    layers[l]!.W.data[W.cols + 2] = moved;
    const whole = { ...network, layers };
    expect(unit.probe().loss).toBeCloseTo(meanLoss(whole, forward(whole, X), Y), 14);
  }
});

test('differentiate puts the parameter back', () => {
  const { X, Y } = examples(5, 3, 8);
  const network = createNetwork({ layers: [5, 4, 3] });
  const unit = isolateUnit(network, forward(network, X), Y, 0, 2);
  const before = [...unit.w.data];
  differentiate(unit, unit.w, 3, 0.1);
  expect([...unit.w.data]).toEqual(before);
  expect(before).toEqual([...network.layers[0]!.W.data.slice(10, 15)]);
});
