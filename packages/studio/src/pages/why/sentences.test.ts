import { type DesignMatrix, oneHot } from '@longhand/core/data';
import { createRandom, forward, matrix } from '@longhand/core/maths';
import { expect, test } from 'vitest';
import {
  accuracyOf,
  descendOnce,
  type ExperimentName,
  type ExperimentSettings,
  lossOf,
  type Point,
  sidesOf,
} from '../../computations/experiment.js';
import { deadUnits, examine } from '../../computations/experiment-findings.js';
import { sentencesOf } from './sentences.js';

const random = createRandom(11, 'pictures');
const bytes = Array.from({ length: 784 * 30 }, () => (random.uniform() < 0.2 ? random.below(256) : 0));
const Y = oneHot(
  Array.from({ length: 30 }, (_, j) => j % 10),
  10,
);

/** What the page says of a run of some updates, on thirty made-up pictures. */
function say(name: ExperimentName, change: Partial<ExperimentSettings> = {}, iterations = 4): string {
  const settings = { name, seed: 1, alpha: 3, start: 0, ...change };
  const sides = sidesOf(settings);
  const both = sides.map((side) => {
    const columns: DesignMatrix = {
      X: matrix(
        784,
        30,
        bytes.map((byte) => byte * side.pixelScale),
      ),
      Y,
    };
    let network = side.network;
    let computed = forward(network, columns.X);
    const points: Point[] = [];
    for (let iteration = 0; iteration <= iterations; iteration++) {
      computed = forward(network, columns.X);
      const loss = lossOf(name, network, computed, columns);
      points.push({ iteration, loss, accuracy: accuracyOf(computed.A[2]!, Y) });
      if (iteration < iterations) network = descendOnce(side, network, computed, columns);
    }
    const standing = { parameters: network.layers, dead: deadUnits(computed) };
    return { network, points, standing, findings: examine(settings, network, columns, columns) };
  });
  const [left, right] = both as [(typeof both)[number], (typeof both)[number]];
  return sentencesOf({
    settings,
    outcome: { findings: [left.findings, right.findings], iterations },
    points: [left.points, right.points],
    standing: [left.standing, right.standing],
    starts: [sides[0].network, sides[1].network],
    networks: [left.network, right.network],
  }).join(' ');
}

test('every run begins with how many test digits each side reads', () => {
  expect(say('no-bias')).toMatch(
    /^After 4 updates, the left network reads \d+\.\d% of the 30 test digits correctly, the right network \d+\.\d%\./,
  );
  expect(say('no-bias', {}, 1)).toMatch(/^After 1 update, the/);
});

test('without bias, a blank picture gets 10.00% for every digit', () => {
  expect(say('no-bias')).toContain('gives every digit 10.00%');
});

test('without ReLU, the largest difference between two layers and one is said in numbers', () => {
  expect(say('no-relu')).toMatch(
    /gives the same 300 answers .* the largest difference is \d(\.\d)?·10⁻¹[⁰-⁹]/u,
  );
});

test('without softmax, how many answers cannot be probabilities', () => {
  expect(say('no-softmax')).toMatch(
    /of the 30 test digits got answers that cannot be probabilities\. On the left, none did\./,
  );
});

test('from zero no weight moves; from one number for all, the units stay equal', () => {
  expect(say('zero-start')).toContain(
    'On the right, all 7,940 weights are still 0: all 10 hidden units are dead, and every digit is read as',
  );
  expect(say('zero-start', { start: 0.01 })).toContain(
    'all ten hidden units still have the same 784 weights, to the last bit',
  );
});

test('an α that is too large is told by how often the loss rose, and one that is not by that', () => {
  expect(say('large-alpha', { alpha: 10 })).toMatch(
    /\d of the 4 updates made the loss larger\. The worst one raised it from/,
  );
  expect(say('large-alpha', { alpha: 0.001 })).toContain('this α is not too large');
  expect(say('large-alpha', { alpha: 1e200 })).toContain('larger than a 64-bit float can hold');
});

test('pixels not divided: the first losses, beside that of a guess', () => {
  expect(say('raw-pixels')).toMatch(/the loss goes .* → .* → .* A network .* has a loss of 2\.303\./);
});

test('db summed over everything: how much the biases of both sides changed', () => {
  expect(say('summed-db')).toMatch(
    /on the left, and by (nothing at all|[\d.·⁻¹⁰-⁹]+ \(rounding\)) on the right\. .* all ten hidden biases changed by the same amount/,
  );
});
