// `longhand exercise` and `longhand mark`: the files that they write and read, what they say, and how they end.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Exercise, NumberArray } from '@longhand/core/exercise';
import {
  backward,
  createNetwork,
  forward,
  type Matrix,
  matrix,
  meanLoss,
  type Network,
} from '@longhand/core/maths';
import { writeNamedArrays } from '@longhand/formats/models';
import { beforeAll, expect, test } from 'vitest';
import { longhand, temporaryFolder } from './command.js';

const folder = temporaryFolder();
type Rows = number[][];
type Answers = Record<string, NumberArray>;
let right: Answers;

const matrixOf = (rows: Rows): Matrix => matrix(rows.length, rows[0]!.length, rows.flat());
const arrayOf = ({ rows, cols, data }: Matrix): NumberArray => ({ shape: [rows, cols], values: data });

/** The right answers, from the maths that the studio steps through. */
function solve(file: string): Answers {
  const given = JSON.parse(readFileSync(file, 'utf8')) as Record<keyof Exercise, Rows> & { alpha: number };
  const [W1, b1, W2, b2, X, Y] = [given.W1, given.b1, given.W2, given.b2, given.X, given.Y].map(matrixOf) as [
    ...[Matrix, Matrix, Matrix, Matrix, Matrix, Matrix],
  ];
  const { layers, output } = createNetwork({ layers: [X.rows, W1.rows, W2.rows] });
  const network: Network = {
    output,
    layers: [
      { ...layers[0]!, W: W1, b: b1 },
      { ...layers[1]!, W: W2, b: b2 },
    ],
  };
  const pass = forward(network, X);
  const [one, two] = backward(network, pass, Y) as [
    ReturnType<typeof backward>[0],
    ReturnType<typeof backward>[0],
  ];
  const updated = (P: Matrix, dP: Matrix) =>
    matrix(
      P.rows,
      P.cols,
      P.data.map((p, k) => p - given.alpha * dP.data[k]!),
    );
  const matrices = {
    ...{ Z1: pass.Z[0]!, A1: pass.A[1]!, Z2: pass.Z[1]!, A2: pass.A[2]! },
    ...{ dZ2: two.dZ, dW2: two.dW, db2: two.db, dZ1: one.dZ, dW1: one.dW, db1: one.db },
    ...{ W1_new: updated(W1, one.dW), b1_new: updated(b1, one.db) },
    ...{ W2_new: updated(W2, two.dW), b2_new: updated(b2, two.db) },
  };
  const arrays = Object.fromEntries(Object.entries(matrices).map(([name, M]) => [name, arrayOf(M)]));
  return { ...arrays, loss: { shape: [], values: Float64Array.of(meanLoss(network, pass, Y)) } };
}

function save(name: string, answers: Answers): string {
  writeFileSync(path.join(folder, name), writeNamedArrays(new Map(Object.entries(answers))));
  return name;
}

const scaled = (name: string, factor: number): Answers => ({
  ...right,
  [name]: { ...right[name]!, values: right[name]!.values.map((value) => factor * value) },
});

beforeAll(async () => {
  const { code, stderr } = await longhand(['exercise', '--starter', 'javascript'], folder);
  expect(code, stderr).toBe(0);
  right = solve(path.join(folder, 'exercise.json'));
});

test('exercise saves the same bytes again, and keeps a program that you may have worked on', async () => {
  const again = await longhand(['exercise', '--starter', 'javascript'], folder);
  expect(again.code).toBe(2);
  expect(again.stderr).toMatch(/^longhand: backward\.js: exists already, and may be your work: .*\n$/);
  const npz = await longhand(['exercise', '--starter', 'none', '--json', '--quiet'], folder);
  const { shapes } = JSON.parse(npz.stdout);
  expect(shapes).toEqual({
    W1: [10, 784],
    b1: [10, 1],
    W2: [10, 10],
    b2: [10, 1],
    X: [784, 12],
    Y: [10, 12],
    alpha: [],
  });
  const first = readFileSync(path.join(folder, 'exercise.npz'));
  await longhand(['exercise', '--starter', 'none'], folder);
  expect(readFileSync(path.join(folder, 'exercise.npz')).equals(first)).toBe(true);
});

test('right answers are marked right, against the seed and against the file', async () => {
  const file = save('right.npz', right);
  const bySeed = await longhand(['mark', file, '--json'], folder);
  expect(bySeed.code, bySeed.stderr).toBe(0);
  expect(JSON.parse(bySeed.stdout)).toMatchObject({
    right: 15,
    wrong: 0,
    missing: 0,
    passed: true,
    notes: [],
  });
  const byFile = await longhand(['mark', file, '--exercise', 'exercise.npz', '--quiet'], folder);
  expect(byFile).toMatchObject({ code: 0, stdout: '15 right, 0 wrong, 0 missing\n' });
});

test('a mistake is named in one sentence, with its equation and chapter, and the exit code is 1', async () => {
  const { code, stdout } = await longhand(['mark', save('wrong.npz', scaled('dW2', 12))], folder);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^dW2 +wrong +not divided by m$/m);
  expect(stdout).toContain('14 right, 1 wrong, 0 missing');
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    'You have dW2 = dZ2 A1ᵀ; right is dW2 = 1/m dZ2 A1ᵀ (chapter 8).',
  );
});

test('unknown names, names of the exercise and wrong shapes are told, and the rest is marked', async () => {
  const document = {
    dz2: 1,
    W1: [[1]],
    zz: 'text',
    loss: right.loss!.values[0],
    A2: [
      [1, 2],
      [3, 4],
    ],
  };
  writeFileSync(path.join(folder, 'names.json'), JSON.stringify(document));
  const { code, stdout } = await longhand(['mark', 'names.json', '--json'], folder);
  expect(code).toBe(1);
  const marks = JSON.parse(stdout);
  expect(marks.notes).toEqual([
    '"zz" holds a text where a number is expected: it is not marked.',
    '"dz2" is no name of a quantity: did you mean dZ2?',
    'W1 is part of the exercise. Save its new values as W1_new.',
  ]);
  expect(marks).toMatchObject({ right: 1, wrong: 1, missing: 13 });
  expect(marks.quantities[3].sentence).toMatch(/^A2: the shape is 2 × 2, expected 10 × 12\./);
});

test.each([
  ['nothing.json', '{}', /nothing to mark\. Save at least one of Z1/],
  ['prototype.json', '{"constructor": 1}', /"constructor" is no name of a quantity, and is ignored/],
  ['list.json', '[1]', /expected an object with a name for each quantity/],
  ['text.npz', 'no zip', /is neither an npz file nor JSON/],
  ['code.json', '{"Z1": (() => process.exit(0))()}', /is neither an npz file nor JSON/],
])('%s is refused in one line', async (name, text, problem) => {
  writeFileSync(path.join(folder, name), text);
  const { code, stdout, stderr } = await longhand(['mark', name], folder);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(problem);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('a folder is marked as a class, with a table', async () => {
  mkdirSync(path.join(folder, 'class/ben'), { recursive: true });
  save('class/ada.npz', right);
  save('class/ben/answers.npz', scaled('db1', -1));
  writeFileSync(path.join(folder, 'class/=cara.json'), '{');
  const { code, stdout } = await longhand(['mark', 'class', '--csv', 'marks.csv'], folder);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^ada\.npz: 15 right, 0 wrong, 0 missing$/m);
  expect(stdout).toMatch(/^=cara\.json: not marked: /m);
  const lines = readFileSync(path.join(folder, 'marks.csv'), 'utf8').trimEnd().split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(/^file,right,wrong,missing,Z1,.*,b2_new,problem$/);
  expect(lines.find((line) => line.startsWith('ada'))).toMatch(/^ada\.npz,15,0,0(,right){15},$/);
  expect(lines.find((line) => line.startsWith('ben'))).toContain('gradient-sign');
  expect(lines.some((line) => line.startsWith("'=cara"))).toBe(true);
});
