import { createReadStream, readFileSync } from 'node:fs';
import { createNetwork, type Dataset, evaluate, type Matrix, Model, type Network } from '@longhand/core';
import { toDesignMatrix } from '@longhand/core/data';
import { readCsv } from '@longhand/core/files';
import { backward, forward, matrix, update } from '@longhand/core/maths';
import { fileOf, readData } from '@longhand/formats/data';
import { readModel, withColumns } from '@longhand/formats/models';
import { expect, test } from 'vitest';
import { CLASSES, IRIS, irisNetwork } from './iris-network.js';

const SPLITS = 20;
const HELD_OUT = 50;

/** The same columns without rounding, scaled to 0–1: n₀ × m. */
async function exactColumns({ features, length }: Dataset): Promise<Matrix> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(IRIS)) chunks.push(chunk);
  const rows = Buffer.concat(chunks).toString().trimEnd().split('\n').slice(1);
  const X = matrix(features!.length, length);
  for (const [j, row] of rows.entries()) {
    const cells = row.split(',').map(Number);
    for (const [i, { min, max }] of features!.entries())
      X.data[i * length + j] = (cells[i]! - min) / (max - min);
  }
  return X;
}

function select(M: Matrix, columns: readonly number[]): Matrix {
  const selected = matrix(M.rows, columns.length);
  for (let i = 0; i < M.rows; i++) {
    for (const [j, column] of columns.entries())
      selected.data[i * columns.length + j] = M.data[i * M.cols + column]!;
  }
  return selected;
}

function trained(start: Network, X: Matrix, Y: Matrix): Network {
  let network = start;
  for (let k = 0; k < 500; k++) network = update(network, backward(network, forward(network, X), Y), 0.5);
  return network;
}

/** The row of the largest entry of each column. */
function largest(A: Matrix): number[] {
  return Array.from({ length: A.cols }, (_, j) => {
    const column = Array.from({ length: A.rows }, (__, i) => A.data[i * A.cols + j]!);
    return column.indexOf(Math.max(...column));
  });
}

// docs/data.md quotes these figures.
test('iris in bytes: of 1,000 answers on 20 splits at most five differ from those with the unrounded numbers', async () => {
  const iris = await readCsv(createReadStream(IRIS), 'iris.csv');
  const all = [...Array(iris.length).keys()];
  const { X: bytes, Y } = toDesignMatrix(iris, all);
  const exact = await exactColumns(iris);
  // The two differ, but by no more than half a step.
  const furthest = bytes.data.reduce((most, x, i) => Math.max(most, Math.abs(x - exact.data[i]!)), 0);
  expect(furthest).toBeGreaterThan(0);
  expect(furthest).toBeLessThanOrEqual(1 / 510 + 1e-12);
  let different = 0;
  const right = [0, 0] as [number, number];
  for (let seed = 1; seed <= SPLITS; seed++) {
    const places = new Map(all.map((i) => [iris.pixels(i).byteOffset, i]));
    const { training, dev } = iris.split({ dev: HELD_OUT, seed });
    const placesOf = (part: Dataset) =>
      Array.from({ length: part.length }, (_, i) => places.get(part.pixels(i).byteOffset)!);
    const [learnt, held] = [placesOf(training), placesOf(dev)];
    const answers = [bytes, exact].map((X) => {
      const start = createNetwork({ layers: [4, 10, 3], seed });
      const network = trained(start, select(X, learnt), select(Y, learnt));
      return largest(forward(network, select(X, held)).A.at(-1)!);
    }) as [number[], number[]];
    different += answers[0].filter((answer, i) => answer !== answers[1][i]).length;
    for (const [kind, answered] of answers.entries())
      right[kind]! += answered.filter((answer, i) => answer === iris.label(held[i]!)).length;
  }
  expect(different).toBeLessThanOrEqual(5);
  for (const correct of right) expect(correct / (SPLITS * HELD_OUT)).toBeCloseTo(0.955, 2);
});

test('a network of another program answers iris as it does there, for it takes centimeters', async () => {
  const { bytes, answers, right } = irisNetwork();
  const model = await readModel(fileOf('iris.safetensors', bytes), { classNames: CLASSES });
  const { training } = await readData([fileOf('iris.csv', readFileSync(IRIS))], { known: model.record });
  const fitted = withColumns(model, training!.features);
  expect(fitted.notes!.at(-1)).toMatch(/^takes the columns as the numbers that they are/);
  expect(right).toBe(147);
  expect(evaluate(fitted.network, training!).correct).toBe(right);
  const { predict } = new Model(fitted);
  const lines = readFileSync(IRIS, 'utf8').trim().split('\n').slice(1);
  expect(lines.map((line) => predict(line.split(',').slice(0, 4).map(Number)).label)).toEqual(answers);
  expect(withColumns(fitted, training!.features)).toBe(fitted);
});
