import type { Matrix } from '../maths/matrix.js';
import { createRandom, type Random } from '../random.js';
import { fill } from './entries.js';
import type { Answers, Exercise, Given } from './given.js';
import { type Change, canBeMadeTogether, candidatesFor, computeWith } from './mistake.js';
import { MISTAKES } from './mistakes/all.js';
import { QUANTITIES, type QuantityName } from './quantity.js';

export { createRandom };

/** A network and data of random sizes. Some have as many examples or hidden units as classes, or huge pixels. */
export function randomExercise(random: Random, ask: { square?: boolean; huge?: boolean } = {}): Exercise {
  const n2 = 3 + random.below(8);
  const n1 = ask.square || random.below(2) === 0 ? n2 : 3 + random.below(9);
  const n0 = 12 + random.below(20);
  const m = ask.square ? n1 : 4 + random.below(14);
  const uniform = (rows: number, cols: number) => fill(rows, cols, () => random.uniform() - 0.5);
  const size = ask.huge ? 3000 : 1;
  const X = fill(n0, m, () => (random.below(3) === 0 ? 0 : size * (random.below(256) / 255)));
  const W1 = uniform(n1, n0);
  const b1 = uniform(n1, 1);
  // A sum of exactly 0: the last unit has no weight where the first example has ink, and no bias.
  const last = n1 - 1;
  b1.data[last] = 0;
  for (let k = 0; k < n0; k++) if (X.data[k * m] !== 0) W1.data[last * n0 + k] = 0;
  const labels = Array.from({ length: m }, () => random.below(n2));
  const Y = fill(n2, m, (i, j) => (labels[j] === i ? 1 : 0));
  return { W1, b1, W2: uniform(n2, n1), b2: uniform(n2, 1), X, Y, alpha: 0.05 + random.uniform() / 4 };
}

/** A mistake in one quantity. */
export interface Planted {
  readonly name: QuantityName;
  readonly id: string;
  /** Which of the ways to make it. */
  readonly way: number;
}

type Filled = { -readonly [K in keyof Given]: Given[K] };

/**
 * Runs the right program, but for what is planted: later quantities follow from what was computed, unless its
 * shape fits nothing.
 *
 * @returns the answers, and whether every mistake changed a number
 */
export function run(exercise: Exercise, planted: readonly Planted[] = []) {
  // What is later than a quantity is asked for too: the updated W2.
  const given = { ...exercise } as Filled;
  for (const { name } of QUANTITIES) given[name] = computeWith(name, given)!.value;
  const answers: { [Q in QuantityName]?: Matrix } = {};
  let isSeen = true;
  for (const [k, { name }] of QUANTITIES.entries()) {
    const right = computeWith(name, given)!.value;
    const changes = planted.filter((one) => one.name === name).map((one) => changeOf(one, given));
    const value = changes.length > 0 ? (computeWith(name, given, changes)?.value ?? right) : right;
    if (changes.length > 0 && isSame(value, right)) isSeen = false;
    // One of two at once may be without effect.
    if (changes.length > 1)
      for (const change of changes)
        if (isSame(value, computeWith(name, given, [change])?.value ?? right)) isSeen = false;
    answers[name] = value;
    given[name] = value.rows === right.rows && value.cols === right.cols ? value : right;
    for (const { name: later } of QUANTITIES.slice(k + 1)) given[later] = computeWith(later, given)!.value;
  }
  return { answers: answers as Answers & Given, isSeen };
}

function changeOf({ id, name, way }: Planted, given: Given): Change<QuantityName> {
  const mistakes = MISTAKES.filter((one) => one.id === id);
  return candidatesFor(mistakes, name, given)[way]?.change ?? {};
}

/** Every place in which a mistake can be made with this exercise, so that the numbers are others. */
export function placesOf(id: string, exercise: Exercise): Planted[] {
  const mistake = MISTAKES.find((one) => one.id === id)!;
  const right = run(exercise).answers;
  const given = { ...exercise, ...right };
  return (Object.keys(mistake.places) as QuantityName[]).flatMap((name) =>
    candidatesFor([mistake], name, given)
      .map(({ change }, way) => ({ change, place: { name, id, way } }))
      .filter(({ change }) => {
        const value = computeWith(name, given, [change])?.value;
        return value !== undefined && !isSame(value, right[name]);
      })
      .map(({ place }) => place),
  );
}

/** Whether both mistakes can be made in one program. */
export function canBeTogether(a: Planted, b: Planted, exercise: Exercise): boolean {
  if (a.id === b.id) return false;
  if (a.name !== b.name) return true;
  const given = { ...exercise, ...run(exercise).answers };
  return canBeMadeTogether(changeOf(a, given), changeOf(b, given));
}

/** Whether two matrices differ by no more than rounding. */
function isSame(A: Matrix, B: Matrix): boolean {
  if (A.rows !== B.rows || A.cols !== B.cols) return false;
  const size = B.data.reduce((most, b) => Math.max(most, Math.abs(b)), 0);
  return A.data.every((a, k) => Object.is(a, B.data[k]) || Math.abs(a - B.data[k]!) <= 1e-4 * size);
}
