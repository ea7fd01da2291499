import { describe, expect, test } from 'vitest';
import type { Checkpoint } from '../checkpoint.js';
import { Dataset } from '../data/dataset.js';
import { toDesignMatrix } from '../data/design-matrix.js';
import { SettingError } from '../errors.js';
import { backward } from '../maths/backward.js';
import { forward, meanLoss } from '../maths/forward.js';
import { createNetwork, parameters } from '../maths/network.js';
import { update } from '../maths/update.js';
import { createRandom } from '../random.js';
import { buildRun } from './build-run.js';
import { classWeights, withClassWeights } from './class-weights.js';
import { evaluate } from './evaluate.js';
import { type TrainOptions, train } from './train.js';
import type { Step } from './training-run.js';

/** Pictures of 2 × 2 in classes of these sizes. Each class has a mean, and much noise. */
function classesOf(
  sizes: readonly number[],
  seed = 1,
  classNames = sizes.map((_, c) => `class ${c}`),
): Dataset {
  const random = createRandom(seed, 'classes');
  const labels = Uint8Array.from(sizes.flatMap((size, label) => new Array<number>(size).fill(label)));
  const pixels = Uint8Array.from({ length: 4 * labels.length }, (_, k) => {
    const label = labels[Math.floor(k / 4)]!;
    return (k % 4 === label ? 60 : 0) + random.below(160);
  });
  return new Dataset({ pixels, labels, width: 2, height: 2, classNames });
}

const rare = classesOf([270, 24, 6]);
const network = createNetwork({ layers: [4, 6, 3], activation: 'tanh', seed: 1 });
const allOf = ({ length }: Dataset) => Array.from({ length }, (_, i) => i);
const bitsOf = (of: typeof network) => [...parameters(of)].flatMap(({ data }) => [...data]);

async function finish(dataset: Dataset, options: TrainOptions) {
  const run = train(network, dataset, options);
  const steps: Step[] = [];
  for await (const step of run) steps.push(step);
  return { steps, network: run.network };
}

describe('the weight of each class', () => {
  test('balanced is m / (k · m_c) over the classes that occur, as scikit-learn has it', () => {
    const weights = classWeights(classesOf([6, 3, 0, 1]), 'balanced');
    expect(weights).toEqual([10 / 18, 10 / 9, 0, 10 / 3]);
  });

  test('balanced: every class counts the same in total, and the mean weight is 1', () => {
    const weighted = withClassWeights(rare, 'balanced');
    const totals = [0, 0, 0];
    for (const i of allOf(weighted)) totals[weighted.label(i)]! += weighted.weight(i);
    for (const total of totals) expect(total).toBeCloseTo(100, 3);
  });

  test('numbers are taken as they are, and multiply the weights of the examples', () => {
    const dataset = classesOf([2, 1]);
    const weights = (of: Dataset) => allOf(of).map((i) => of.weight(i));
    expect(weights(withClassWeights(dataset, [2, 5]))).toEqual([2, 2, 5]);
    expect(weights(withClassWeights(dataset.withWeights([1, 3, 0.5]), [2, 5]))).toEqual([2, 6, 2.5]);
    expect(withClassWeights(dataset, 'none')).toBe(dataset);
  });

  test.each([[[1, 2]], [[1, 2, 3, 4]]])('%j for three classes is refused, by its name', (classWeight) => {
    const message = 'expected a number for each of the 3 classes: class 0, class 1, class 2';
    for (const attempt of [
      () => train(network, rare, { classWeight }),
      () => buildRun({ dataset: rare, settings: { classWeight } }),
    ]) {
      expect(attempt).toThrow(SettingError);
      expect(attempt).toThrow(`classWeight: ${message}, found "${classWeight.join(',')}"`);
    }
  });
});

describe.each(['maths', 'wasm'] as const)('training with class weights, engine %s', (engine) => {
  const common = { engine, threads: engine === 'wasm' ? 1 : 0 } as const;

  test('is gradient descent on the weighted mean loss', async () => {
    const { X, Y } = toDesignMatrix(rare, allOf(rare));
    const w = allOf(rare).map((i) => [0.5, 3, 7][rare.label(i)]!);
    let expected = network;
    const { steps, network: trained } = await finish(rare, {
      ...common,
      ...{ classWeight: [0.5, 3, 7], alpha: 0.2, iterations: 5 },
    });
    for (const { loss } of steps.slice(0, -1)) {
      const computed = forward(expected, X);
      expect(loss).toBeCloseTo(meanLoss(expected, computed, Y, w), 5);
      expected = update(expected, backward(expected, computed, Y, w), 0.2);
    }
    // The last step measures, and so every example counts the same.
    expect(steps.at(-1)!.loss).toBeCloseTo(meanLoss(expected, forward(expected, X), Y), 5);
    const bits = bitsOf(expected);
    for (const [k, value] of bitsOf(trained).entries()) expect(value).toBeCloseTo(bits[k]!, 5);
  });

  test('is training with the same weights for the examples, to the last bit', async () => {
    const options = { ...common, alpha: 0.1, batchSize: 32, epochs: 2 };
    const byClass = await finish(rare, { ...options, classWeight: 'balanced' });
    const byExample = await finish(withClassWeights(rare, 'balanced'), options);
    expect(bitsOf(byClass.network)).toEqual(bitsOf(byExample.network));
    expect(byClass.steps).toEqual(byExample.steps);
    const plain = await finish(rare, options);
    expect(bitsOf(plain.network)).not.toEqual(bitsOf(byClass.network));
    // Weights of 1 are none.
    const ones = await finish(rare, { ...options, classWeight: [1, 1, 1] });
    expect(bitsOf(ones.network)).toEqual(bitsOf(plain.network));
  });

  test('dev counts every example the same', async () => {
    const dev = classesOf([20, 10, 10], 2);
    const options = { ...common, dev, iterations: 1 } as const;
    const [weighted, plain] = [
      await finish(rare, { ...options, classWeight: [0, 0, 9] }),
      await finish(rare, options),
    ];
    expect(weighted.steps[0]!.dev).toEqual(plain.steps[0]!.dev);
    expect(weighted.steps[0]!.loss).not.toBeCloseTo(plain.steps[0]!.loss, 2);
  });

  test.each([
    { batchSize: 32, epochs: 3, optimizer: 'adam', alpha: 0.01, dropout: 0.2 },
    { iterations: 12, optimizer: 'lbfgs' },
  ] as const)('a run that goes on from a checkpoint has the same bits: %j', async (settings) => {
    const options: TrainOptions = { ...common, ...settings, classWeight: 'balanced' };
    const data = rare.withWeights(Float32Array.from(allOf(rare), (i) => 1 + (i % 3)));
    const whole = await finish(data, options);
    const run = train(network, data, options);
    let checkpoint: Checkpoint | undefined;
    for await (const { iteration } of run) {
      if (iteration < 7) continue;
      checkpoint = await run.checkpoint();
      break;
    }
    const resumed = await finish(data, { ...options, resume: checkpoint! });
    expect(bitsOf(resumed.network)).toEqual(bitsOf(whole.network));
  });
});

test('balanced raises the balanced accuracy of data with rare classes', async () => {
  const test = classesOf([400, 400, 400], 3);
  const options = { threads: 1, alpha: 0.5, iterations: 400 } as const;
  const of = async (classWeight: 'none' | 'balanced') =>
    evaluate((await finish(rare, { ...options, classWeight })).network, test);
  const [plain, balanced] = [await of('none'), await of('balanced')];
  expect(plain.balancedAccuracy).toBeLessThan(0.55);
  expect(balanced.balancedAccuracy).toBeGreaterThan(plain.balancedAccuracy + 0.1);
});
