import { describe, expect, test } from 'vitest';
import { createEngine } from '../engine/api/create-engine.js';
import type { Engine } from '../engine/api/engine.js';
import { realDigits } from '../engine/cases.test.support.js';
import { createMathsEngine } from '../training/maths-engine.js';
import { type Search, stepLbfgs, type VectorSpace } from './lbfgs.js';
import { LBFGS_NUMBERS, LBFGS_VECTORS } from './lbfgs-size.js';
import { createNetwork } from './network.js';

const space: VectorSpace<Float64Array> = {
  dot: (a, b) => a.reduce((sum, value, k) => sum + value * b[k]!, 0),
  linearCombination: (out, s, a, t, b) => {
    for (let k = 0; k < out.length; k++) out[k] = s * a[k]! + t * b[k]!;
  },
};

type Loss = (theta: Float64Array) => { loss: number; gradient: number[] };

/** Minimises by steps of L-BFGS; gives what there was at each. */
function minimise(
  of: Loss,
  start: readonly number[],
  steps: number,
  watch?: (search: Search<Float64Array>) => void,
) {
  const n = start.length;
  const theta = Float64Array.from(start);
  const gradient = new Float64Array(n);
  const vectors = Array.from({ length: LBFGS_VECTORS }, () => new Float64Array(n));
  const numbers = new Float64Array(LBFGS_NUMBERS);
  const losses: number[] = [];
  for (let k = 0; k < steps; k++) {
    const found = of(theta);
    gradient.set(found.gradient);
    losses.push(found.loss);
    const search = { theta, gradient, loss: found.loss, vectors, numbers };
    stepLbfgs(space, search, k === steps - 1);
    watch?.(search);
  }
  return { theta, losses, final: of(theta) };
}

/** Σ cᵢ (θᵢ − i)² / 2, whose curvatures c lie far apart. */
const bowl: Loss = (theta) => {
  const gradient = Array.from(theta, (value, i) => 10 ** (i / 4) * (value - i));
  return { loss: gradient.reduce((sum, slope, i) => sum + (slope * (theta[i]! - i)) / 2, 0), gradient };
};
/** Rosenbrock's valley, whose minimum 0 at (1, 1) no straight line leads to. */
const valley: Loss = ([x, y]) => ({
  loss: (1 - x!) ** 2 + 100 * (y! - x! * x!) ** 2,
  gradient: [-2 * (1 - x!) - 400 * x! * (y! - x! * x!), 200 * (y! - x! * x!)],
});

describe('L-BFGS', () => {
  test('finds the bottom of a bowl a thousand times as long as wide, and of a bent valley', () => {
    const inBowl = minimise(bowl, new Array<number>(13).fill(0), 80);
    expect(inBowl.final.loss).toBeLessThan(1e-8);
    const inValley = minimise(valley, [-1.2, 1], 80);
    expect(inValley.final.loss).toBeLessThan(1e-10);
    expect([...inValley.theta]).toEqual([expect.closeTo(1, 4), expect.closeTo(1, 4)]);
  });

  test('goes along −H g, H being BFGS’s own from the same pairs, as a matrix', () => {
    const n = 13;
    const pairs: { s: number[]; y: number[] }[] = [];
    let compared = 0;
    let [x, g]: Float64Array[] = [];
    minimise(bowl, new Array<number>(n).fill(0), 9, ({ vectors: [point, slope, d] }) => {
      if (x && g && point!.some((value, i) => value !== x![i])) {
        pairs.push({
          s: Array.from(point!, (value, i) => value - x![i]!),
          y: Array.from(slope!, (value, i) => value - g![i]!),
        });
        const H = inverseHessian(pairs, n);
        for (let i = 0; i < n; i++) {
          const along = -H[i]!.reduce((sum, h, j) => sum + h * slope![j]!, 0);
          expect(d![i]).toBeCloseTo(along, 8);
        }
        compared++;
      }
      [x, g] = [point!.slice(), slope!.slice()];
    });
    expect(compared).toBeGreaterThan(4);
  });

  test('ends at the best point that it met', () => {
    for (let steps = 2; steps < 40; steps++) {
      const { losses, final } = minimise(valley, [-1.2, 1], steps);
      expect(final.loss).toBeLessThanOrEqual(Math.min(...losses) * (1 + 1e-6));
    }
  });

  test('is not led astray by a loss that is not finite', () => {
    const cliff: Loss = ([x]) =>
      x! > 3 ? { loss: Number.NaN, gradient: [Number.NaN] } : { loss: -x!, gradient: [-1] };
    const { final } = minimise(cliff, [0], 60);
    expect(final.loss).toBeLessThan(-2.9);
  });
});

/**
 * By the formula of the update, H := (I − ρ s yᵀ) H (I − ρ y sᵀ) + ρ s sᵀ, from (s·y / y·y) I with
 * the newest pair's s and y.
 */
function inverseHessian(pairs: readonly { s: number[]; y: number[] }[], n: number): number[][] {
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const { s: newest, y: change } = pairs.at(-1)!;
  const start = dot(newest, change) / dot(change, change);
  const product = (A: number[][], B: number[][]) =>
    A.map((row) => B[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * B[k]![j]!, 0)));
  let H = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? start : 0)));
  for (const { s, y } of pairs) {
    const rho = 1 / dot(s, y);
    const left = s.map((a, i) => y.map((b, j) => (i === j ? 1 : 0) - rho * a * b));
    const right = y.map((a, i) => s.map((b, j) => (i === j ? 1 : 0) - rho * a * b));
    H = product(product(left, H), right).map((row, i) => row.map((value, j) => value + rho * s[i]! * s[j]!));
  }
  return H;
}

describe('L-BFGS on digits', () => {
  const digits = realDigits(500);
  const network = createNetwork({ layers: [784, 10, 10], initialization: 'he', seed: 3 });

  async function lossesOf(engine: Engine, iterations: number): Promise<number[]> {
    const examples = await engine.load(digits, { fullBatches: true });
    const batches = Array.from({ length: iterations }, () => ({ from: 0, to: digits.length }));
    const results = await engine.descend(examples, { alpha: 0.1, batches });
    await engine.update(0.1);
    const { loss } = await engine.measure(examples);
    await engine.dispose();
    return [...results.map((result) => result.loss), loss];
  }

  test.each([0, 1e-3])('engine and maths agree, decay %d', async (decay) => {
    const training = { optimizer: 'lbfgs', weightDecay: decay } as const;
    const expected = await lossesOf(createMathsEngine(network, { pixelScale: 1 / 255, training }), 12);
    const found = await lossesOf(await createEngine(network, { threads: 2, training }), 12);
    for (const [k, loss] of expected.entries()) expect(found[k]! / loss).toBeCloseTo(1, 3);
  });

  test('gets in 60 passes where gradient descent does not get in 300', async () => {
    const searched = await lossesOf(await createEngine(network, { training: { optimizer: 'lbfgs' } }), 60);
    const descended = await lossesOf(await createEngine(network), 300);
    expect(searched.at(-1)!).toBeLessThan(descended.at(-1)! / 4);
  });
});
