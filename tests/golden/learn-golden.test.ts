import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createNetwork, type Matrix } from '@longhand/core';
import { oneHot } from '@longhand/core/data';
import {
  backward,
  forward,
  matrix,
  meanLoss,
  mostLikely,
  scale,
  sigmoid,
  update,
} from '@longhand/core/maths';
import { expect, test } from 'vitest';
import { ROOT } from '../runtimes/repository.js';

// Numbers of the NumPy lines that the page Learn shows (see make_learn_golden.py), and the lines themselves.
type Numbers = number | readonly Numbers[];
interface Golden {
  /** SHA-256 of the script that wrote the numbers. */
  readonly script: string;
  readonly given: Readonly<Record<'pixels' | 'labels' | 'W1' | 'b1' | 'W2' | 'b2', Numbers>>;
  readonly computed: Readonly<Record<string, Numbers>>;
}
interface Quotes {
  takeQuotes(
    list?: Readonly<Record<string, readonly { file: string; line: string }[]>>,
  ): Record<string, { files: string[]; typescript: string[]; numpy: string[] }>;
}

const FOLDER = path.join(ROOT, 'tests', 'golden');
const { script, given, computed } = JSON.parse(
  readFileSync(path.join(FOLDER, 'learn-golden.json'), 'utf8'),
) as Golden;
const { takeQuotes } = (await import(
  pathToFileURL(path.join(ROOT, 'packages', 'studio', 'build', 'quotes.js')).href
)) as Quotes;

/** The same network in maths. */
const network = (() => {
  const [W1, b1, W2, b2] = (['W1', 'b1', 'W2', 'b2'] as const).map((name) => toMatrix(given[name]));
  const drawn = createNetwork({ layers: [W1!.cols, W1!.rows, W2!.rows], seed: 1 });
  const [first, last] = drawn.layers;
  return {
    ...drawn,
    layers: [
      { ...first!, W: W1!, b: b1! },
      { ...last!, W: W2!, b: b2! },
    ],
  };
})();
const X = scale(toMatrix(given.pixels), 1 / 255);
const Y = oneHot(Uint8Array.from(flat(given.labels)), network.layers[1]!.W.rows);
const passed = forward(network, X);
const [first, last] = backward(network, passed, Y);
const updated = update(network, [first!, last!], 0.1).layers;
const z = passed.Z[0]!.data[0]!;
const w = network.layers[1]!.W.data[1]!;

/** What maths makes of each number that the script computes. */
const RIGHT: Readonly<Record<string, readonly number[]>> = {
  z: [z],
  a: [sigmoid.f(z)],
  X: [...X.data],
  Z1: [...passed.Z[0]!.data],
  A1: [...passed.A[1]!.data],
  A2: [...passed.A[2]!.data],
  J: [meanLoss(network, passed, Y)],
  slope: [last!.dW.data[1]!],
  w: [w - 0.1 * last!.dW.data[1]!],
  ...{ dZ2: [...last!.dZ.data], dW2: [...last!.dW.data], db2: [...last!.db.data], db: [...last!.db.data] },
  ...{ dZ1: [...first!.dZ.data], dW1: [...first!.dW.data], db1: [...first!.db.data] },
  ...{ 'deep dW2': [...last!.dW.data], 'deep dW1': [...first!.dW.data] },
  ...{ W1_new: [...updated[0]!.W.data], b1_new: [...updated[0]!.b.data] },
  ...{ W2_new: [...updated[1]!.W.data], b2_new: [...updated[1]!.b.data] },
  accuracy: [flat(given.labels).filter((label, j) => mostLikely(passed.A[2]!, j) === label).length / Y.cols],
  // The errors of each example add up to 0, and so do all of them.
  wrong: [0],
};
/** A finite difference is not exact. */
const DIGITS: Readonly<Record<string, number>> = { slope: 7, w: 8 };

test('the numbers were written by the script as it is: after a change, run it again', () => {
  const now = createHash('sha256').update(readFileSync(path.join(FOLDER, 'make_learn_golden.py')));
  expect(now.digest('hex')).toBe(script);
});

test('the NumPy lines of the course compute what maths computes', () => {
  expect(Object.keys(RIGHT).sort()).toEqual(Object.keys(computed).sort());
  for (const [name, values] of Object.entries(computed)) {
    const right = RIGHT[name]!;
    expect(flat(values), name).toHaveLength(right.length);
    for (const [k, value] of flat(values).entries())
      expect(value, `${name}[${k}]`).toBeCloseTo(right[k]!, DIGITS[name] ?? 12);
  }
  expect(first!.dZ.rows).toBe(network.layers[0]!.W.rows);
});

test('every line of code that the course shows is in its file, once', () => {
  const quotes = Object.entries(takeQuotes());
  expect(quotes.length).toBeGreaterThan(0);
  for (const [name, { files, typescript, numpy }] of quotes) {
    expect(files.length, name).toBeGreaterThan(0);
    for (const line of [...typescript, ...numpy]) expect(line.trim(), name).not.toBe('');
  }
});

test('a quoted line that no longer exists is found', () => {
  const gone = { 'one-unit': [{ file: 'maths/forward.ts', line: 'Z[l] = multiplyAndAdd(W, A[l]!, b);' }] };
  expect(() => takeQuotes(gone)).toThrow(/maths\/forward\.ts has 0 lines that begin with/);
  expect(() => takeQuotes({ nothing: [] })).toThrow(/no line “# quote: nothing”/);
});

function flat(numbers: Numbers): number[] {
  return typeof numbers === 'number' ? [numbers] : numbers.flatMap(flat);
}

function toMatrix(numbers: Numbers): Matrix {
  const rows = (numbers as readonly Numbers[]).length;
  const entries = flat(numbers);
  return matrix(rows, entries.length / rows, entries);
}
