import { PIXEL_SCALE, toDesignMatrix } from '@longhand/core/data';
import { DataError } from '@longhand/core/errors';
import {
  createExercise,
  type Exercise,
  matrixOf,
  type NumberArray,
  shapeInWords,
} from '@longhand/core/exercise';
import { createRandom, permutation } from '@longhand/core/maths';
import { mnistTest } from '@longhand/mnist';
import { readArrays } from './read-arrays.js';

/** Few enough to be printed, and not as many as the network has units: a shape says which axis is which. */
export const EXAMPLES = 12;
const [INPUTS, CLASSES] = [784, 10];

/**
 * The exercise of a seed: real digits and the board's network before training. The digits are of the
 * test set, which is small and read at once. Nothing is trained or measured on them.
 */
export async function exerciseOfSeed(seed: number, examples = EXAMPLES): Promise<Exercise> {
  const digits = await mnistTest();
  const chosen = permutation(digits.length, createRandom(seed, 'exercise')).subarray(0, examples);
  return createExercise(toDesignMatrix(digits, chosen, PIXEL_SCALE), { seed });
}

const MATRICES = ['W1', 'b1', 'W2', 'b2', 'X', 'Y'] as const;

/** The arrays of an exercise file, by their names. */
export function arraysOfExercise(exercise: Exercise): Map<string, NumberArray> {
  const arrays = new Map<string, NumberArray>();
  for (const name of MATRICES) {
    const { rows, cols, data } = exercise[name];
    arrays.set(name, { shape: [rows, cols], values: data });
  }
  return arrays.set('alpha', { shape: [], values: Float64Array.of(exercise.alpha) });
}

/**
 * Reads an exercise file: ours, or one that a teacher made with the same names.
 *
 * @throws DataError if something is missing, or the shapes do not fit together
 */
export async function readExercise(file: string): Promise<Exercise> {
  const { arrays } = await readArrays(file, 'an exercise, as longhand exercise saves it');
  const read = (name: string) => {
    const array = arrays.get(name);
    if (!array)
      throw new DataError(`${file}: ${name} is missing: expected an exercise, as longhand exercise saves it`);
    const found = matrixOf(array);
    if (array.values.length === 0 || !array.values.every(Number.isFinite))
      throw new DataError(`${file}: ${name} must hold numbers, none of them NaN or infinite`);
    if (!found)
      throw new DataError(`${file}: ${name} has the shape ${shapeInWords(array)}: expected a matrix`);
    return found;
  };
  const [W1, b1, W2, b2, X, Y] = MATRICES.map(read) as [Matrix, Matrix, Matrix, Matrix, Matrix, Matrix];
  const alpha = read('alpha').data[0]!;
  const [n0, n1, n2, m] = [X.rows, W1.rows, W2.rows, X.cols];
  const shapes = { W1: [n1, n0], b1: [n1, 1], W2: [n2, n1], b2: [n2, 1], X: [n0, m], Y: [n2, m] };
  for (const [k, M] of [W1, b1, W2, b2, X, Y].entries()) {
    const name = MATRICES[k]!;
    const [rows, cols] = shapes[name] as [number, number];
    if (M.rows !== rows || M.cols !== cols)
      throw new DataError(`${file}: ${name} is ${M.rows} × ${M.cols}, and ${rows} × ${cols} fits the others`);
  }
  return { W1, b1, W2, b2, X, Y, alpha };
}

type Matrix = Exercise['X'];

/** What the file holds, for people. */
export function describeExercise({ X, alpha }: Exercise): string {
  return `${X.cols} digits of MNIST, a network of ${INPUTS} → 10 → ${CLASSES} before training, α = ${alpha}`;
}
