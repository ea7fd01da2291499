import { createNetwork, Dataset } from '@longhand/core';
import { completeSettings } from '@longhand/core/settings';
import { describe, expect, test } from 'vitest';
import { diagnose, type EndedRun } from './diagnose.js';
import { type Vitals, vitalsOf } from './vitals.js';

const ALIVE: Vitals = {
  examples: 500,
  layers: [{ units: 10, dead: 0 }],
  answer: { name: '1', share: 0.12 },
  label: { name: '1', share: 0.1124 },
};

function run(change: Partial<EndedRun> & { vitals?: Vitals } = {}): EndedRun {
  return {
    settings: completeSettings({}),
    vitals: ALIVE,
    accuracy: 0.84,
    firstLoss: 2.4,
    worstLoss: 2.4,
    loss: 0.5,
    iterations: 500,
    ...change,
  };
}

const textOf = (ended: EndedRun) =>
  diagnose(ended)
    .findings.map(({ what, advice = '' }) => `${what} ${advice}`)
    .join('\n');

describe('a run that has learned', () => {
  test('gets no findings', () => {
    expect(diagnose(run())).toEqual({ hasLearned: true, findings: [] });
  });

  test('is told when half of its units are dead, and not of a few', () => {
    const withDead = (dead: number) => run({ vitals: { ...ALIVE, layers: [{ units: 10, dead }] } });
    expect(diagnose(withDead(3)).findings).toEqual([]);
    expect(diagnose(withDead(6)).hasLearned).toBe(true);
    expect(textOf(withDead(6))).toMatch(/6 of the 10 hidden units are dead.*leaky ReLU/);
  });

  test('is one that beats the most common label clearly', () => {
    const even: Vitals = { ...ALIVE, label: { name: 'cat', share: 0.5 } };
    expect(diagnose(run({ accuracy: 0.5, vitals: even })).hasLearned).toBe(false);
    expect(diagnose(run({ accuracy: 0.54, vitals: even })).hasLearned).toBe(false);
    expect(diagnose(run({ accuracy: 0.56, vitals: even })).hasLearned).toBe(true);
    expect(diagnose(run({ accuracy: 0.56 })).hasLearned).toBe(true);
  });
});

describe('a run at chance', () => {
  const failed = { accuracy: 0.1135 };

  test('with raw pixels: names them first, and what to set', () => {
    const ended = run({
      ...failed,
      settings: completeSettings({ pixels: 'raw', hidden: [8, 4] }),
      loss: 467_000,
      vitals: {
        ...ALIVE,
        layers: [
          { units: 8, dead: 8 },
          { units: 4, dead: 1 },
        ],
        answer: { name: '1', share: 1 },
      },
    });
    expect(diagnose(ended).hasLearned).toBe(false);
    const [pixels, loss, first, second, one] = diagnose(ended).findings.map(({ what }) => what);
    expect(pixels).toMatch(/pixels are raw/);
    expect(loss).toMatch(/The loss grew from 2\.4 to 467,000/);
    expect(first).toMatch(/All 8 hidden units of hidden layer 1 are dead: 0 for each of 500 examples/);
    expect(second).toMatch(/1 of the 4 hidden units of hidden layer 2 is dead/);
    expect(one).toMatch(/answers “1” for 100% of the examples/);
  });

  test('with too large a learning rate: a tenth of it', () => {
    const ended = run({ ...failed, settings: completeSettings({ alpha: 3 }), loss: 9 });
    expect(textOf(ended)).toMatch(/steps? too far.*α = 0\.3\./);
    // It leapt at first, and the loss has fallen since.
    const leapt = run({ ...failed, loss: 2.3, worstLoss: 80, iterations: 3 });
    expect(textOf(leapt)).toMatch(/grew from 2\.4 to 80: the updates step too far/);
    expect(textOf(leapt)).not.toMatch(/Train longer/);
  });

  test('after a few updates that helped: train longer', () => {
    expect(textOf(run({ ...failed, loss: 2.3, iterations: 1 }))).toMatch(
      /Only 1 update was made.*Train longer/,
    );
    expect(textOf(run({ ...failed, loss: 2.3, iterations: 12 }))).toMatch(/Only 12 updates were made/);
  });

  test('without any sign: says what is known to learn', () => {
    expect(textOf(run({ ...failed, loss: 2.3 }))).toMatch(/preset “board”/);
  });
});

test('dead units and the only answer are found in a network', () => {
  const network = createNetwork({ layers: [4, 3, 10], seed: 1 });
  const [hidden, output] = network.layers as [(typeof network.layers)[0], (typeof network.layers)[0]];
  // Two units stay below 0, and one output is far above the others.
  hidden.W.data.fill(0);
  hidden.b.data.set([-1, 2, -1]);
  output.b.data.fill(0)[7] = 1000;
  const labels = Uint8Array.from({ length: 30 }, (_, k) => (k < 20 ? 3 : k % 10));
  const dataset = new Dataset({ pixels: new Uint8Array(120).fill(9), labels, width: 2, height: 2 });
  expect(vitalsOf(network, dataset, 1 / 255)).toEqual({
    examples: 30,
    layers: [{ units: 3, dead: 2 }],
    answer: { name: '7', share: 1 },
    label: { name: '3', share: 21 / 30 },
  });
});
