import { type Matrix, shape } from '../maths/matrix.js';
import { softmax } from '../maths/softmax.js';
import { agrees, compare } from './compare.js';
import { asOnBoard, CONVENTIONS, type Convention, changeOf } from './convention.js';
import { diagnose } from './diagnose.js';
import { constant } from './entries.js';
import type { Answers, Exercise, Given } from './given.js';
import { computeWith, type Mistake } from './mistake.js';
import { QUANTITIES, type Quantity, type QuantityName } from './quantity.js';
import type { Computed } from './recipes.js';

/** An entry of a matrix, counted from 0, with examples as columns. */
export interface WrongEntry {
  /** Its row. */
  readonly row: number;
  /** Its column. */
  readonly column: number;
  /** The learner's number. */
  readonly found: number;
  /** What follows from the learner's earlier quantities. */
  readonly expected: number;
}

/** What is to be said of one quantity. */
export interface Mark {
  /** Which one. */
  readonly quantity: Quantity;
  /** Judged given the learner's own earlier quantities. */
  readonly verdict: 'right' | 'wrong' | 'missing';
  /** The mistakes that explain it: one, or two at once. None if it is right, or no known mistake fits. */
  readonly mistakes: readonly Mistake[];
  /** Other mistakes that give the same numbers. */
  readonly others: readonly Mistake[];
  /** How many entries are wrong, if the shape is right. */
  readonly wrongEntries?: number;
  /** Of so many. */
  readonly entries?: number;
  /** The entry that is furthest away. */
  readonly worst?: WrongEntry;
  /** Where the shape is wrong: both shapes. */
  readonly shapes?: { readonly found: string; readonly expected: string };
}

/** The marks of one learner. */
export interface Marks {
  /** A mark for each quantity, in the order in which they are computed. */
  readonly marks: readonly Mark[];
  /** How many quantities are right. */
  readonly right: number;
  /** How many are wrong. */
  readonly wrong: number;
  /** How many were not saved. */
  readonly missing: number;
  /** How the learner writes the equations down. */
  readonly convention: Convention;
  /** Whether the numbers are 32-bit floats: their rounding is no mistake. */
  readonly is32Bit: boolean;
}

const ERROR = QUANTITIES.findIndex(({ name }) => name === 'dZ2');

/**
 * Marks a learner's quantities. Each is compared with what follows from the learner's own earlier ones, so that a
 * mistake is told once. Of the right ways to write the equations down (examples as rows, 1/m in dZ2), the one
 * that fits best is taken.
 */
export function markAnswers(exercise: Exercise, answers: Answers): Marks {
  const reference = follow(exercise, {}, CONVENTIONS[0]!);
  let best: { convention: Convention; own: Answers; wrong: number } | undefined;
  let isErrorPlain = false;
  for (const convention of CONVENTIONS) {
    // Who has the whole error in dZ2 does not divide there, and forgot it later if nothing is divided.
    if (convention.dividesEarly && isErrorPlain) continue;
    const own = asOnBoard(answers, convention, exercise);
    const judged = judge(exercise, own, convention, reference);
    const wrong = judged.filter(({ isRight }) => isRight === false).length;
    isErrorPlain ||= !convention.dividesEarly && judged[ERROR]!.isRight === true;
    if (!best || wrong < best.wrong) best = { convention, own, wrong };
    if (wrong === 0) break;
  }
  const { convention, own } = best!;
  const marks = judge(exercise, own, convention, reference, true).map(({ mark }) => mark!);
  const count = (verdict: Mark['verdict']) => marks.filter((mark) => mark.verdict === verdict).length;
  const numbers = Object.values(answers).flatMap(({ data }) => [...data]);
  return {
    ...{ marks, right: count('right'), wrong: count('wrong'), missing: count('missing'), convention },
    is32Bit: numbers.some((a) => !Number.isInteger(a)) && numbers.every((a) => Object.is(Math.fround(a), a)),
  };
}

/** Every quantity as it follows from the learner's own; the right ones, if there are none. */
function follow(exercise: Exercise, own: Answers, convention: Convention): Given {
  const given = { ...exercise } as { -readonly [K in keyof Given]: Given[K] };
  for (const { name } of QUANTITIES) {
    const { value, scale } = computeWith(name, given, [changeOf(convention, name, exercise.X.cols)])!;
    given[name] = usable(own[name], value) ?? Object.assign(value, { sizes: scale });
  }
  return given;
}

/** An answer from which the later quantities can follow: a single number stands for every unit. */
function usable(answer: Matrix | undefined, { rows, cols }: Matrix): Matrix | undefined {
  if (answer?.rows === rows && answer.cols === cols) return answer;
  if (answer?.data.length === 1 && cols === 1) return constant(rows, cols, answer.data[0]!);
  return undefined;
}

interface Judged {
  /** `undefined` if there is no answer. */
  readonly isRight: boolean | undefined;
  readonly mark: Mark | undefined;
}

function judge(
  exercise: Exercise,
  own: Answers,
  convention: Convention,
  reference: Given,
  isDiagnosed = false,
): Judged[] {
  const given = follow(exercise, own, convention);
  /** What the learner's program seems to take for the data, after a mistake that says so. */
  const carried: Given[] = [];
  return QUANTITIES.map((quantity): Judged => {
    const { name } = quantity;
    const base = changeOf(convention, name, exercise.X.cols);
    const expected = computeWith(name, given, [base])!;
    const answer = own[name];
    const none = { quantity, mistakes: [], others: [] };
    if (!answer) return { isRight: undefined, mark: { ...none, verdict: 'missing' } };
    const isRight = rightWays(name, given, [reference, ...carried]).some((way) => {
      const computed = computeWith(name, way, [base]);
      return computed !== undefined && agrees(answer, computed);
    });
    if (isRight || !isDiagnosed)
      return { isRight, mark: isRight ? { ...none, verdict: 'right' } : undefined };
    const diagnosis = diagnose(name, answer, given, base);
    for (const { carries } of diagnosis.mistakes)
      for (const data of carries?.(exercise) ?? []) carried.push({ ...given, ...data });
    return { isRight, mark: { quantity, verdict: 'wrong', ...diagnosis, ...placeOf(answer, expected) } };
  });
}

/** From what a quantity may rightly follow: the learner's own, or the right earlier ones. */
function rightWays(name: QuantityName, given: Given, others: readonly Given[]): Given[] {
  const ways = [given, ...others];
  // The loss is also computed from Z2, and ReLU′ also from A1.
  if (name === 'loss') ways.push({ ...given, A2: softmax(given.Z2) });
  if (name === 'dZ1') ways.push({ ...given, Z1: given.A1 });
  return ways;
}

function placeOf(own: Matrix, expected: Computed): Partial<Mark> {
  const { value } = expected;
  if (!fits(own, value)) return { shapes: { found: shape(own), expected: shape(value) } };
  const { wrong, entries, row, column } = compare(own, expected);
  const at = row * own.cols + column;
  const worst = { row, column, found: own.data[at]!, expected: value.data[at]! };
  return { wrongEntries: wrong, entries, worst };
}

function fits(A: Matrix, B: Matrix): boolean {
  return A.rows === B.rows && A.cols === B.cols;
}
