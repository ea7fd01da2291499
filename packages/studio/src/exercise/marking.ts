import {
  type Answers,
  arrayOfJson,
  type Exercise,
  type Marks,
  markAnswers,
  matrixOf,
  QUANTITIES,
  type QuantityName,
  shapeInWords,
  tellConvention,
  tellMark,
} from '@longhand/core/exercise';

/** The mark of a quantity, as plain data. */
export interface Marked {
  readonly name: QuantityName;
  readonly equation: string;
  readonly verdict: 'right' | 'wrong' | 'missing';
  /** Of a wrong one, what is to be said. */
  readonly text?: string;
  /** The chapters that explain it. */
  readonly chapters: readonly number[];
}

/** The marks of a program. */
export interface Sheet {
  readonly marks: readonly Marked[];
  readonly right: number;
  readonly wrong: number;
  /** Sentences on the whole. */
  readonly notes: readonly string[];
}

/** JavaScript's answer to `A - B` for matrices: NaN, which JSON writes as null. */
const NO_MATRIX =
  'is NaN, not a matrix: the signs + - * / know numbers only. Write fill(rows, columns, (i, j) => …)';

/** Marks the answers of a program, which may be anything. */
export function markSheet(exercise: Exercise, answers: Readonly<Record<string, unknown>>): Sheet {
  const own: { -readonly [Q in QuantityName]?: Answers[Q] } = {};
  const problems = new Map<QuantityName, string>();
  for (const { name } of QUANTITIES) {
    if (!Object.hasOwn(answers, name) || answers[name] === undefined) continue;
    if (answers[name] === null && name !== 'loss') {
      problems.set(name, NO_MATRIX);
      continue;
    }
    const array = arrayOfJson(answers[name]);
    const matrix = typeof array === 'string' || array.values.length === 0 ? undefined : matrixOf(array);
    if (matrix) own[name] = matrix;
    else
      problems.set(
        name,
        typeof array === 'string' ? array : `has the shape ${shapeInWords(array)}: expected a matrix`,
      );
  }
  const marks = markAnswers(exercise, own);
  const rows = marks.marks.map((mark): Marked => {
    const { name, equation, chapter } = mark.quantity;
    const problem = problems.get(name);
    if (problem !== undefined)
      return { name, equation, verdict: 'wrong', text: `${name} ${problem}.`, chapters: [chapter] };
    if (mark.verdict !== 'wrong') return { name, equation, verdict: mark.verdict, chapters: [chapter] };
    const { text, chapters } = tellMark(mark, marks);
    return { name, equation, verdict: 'wrong', text: `${text}.`, chapters };
  });
  return {
    marks: rows,
    right: marks.right,
    wrong: marks.wrong + problems.size,
    notes: notesOn(marks),
  };
}

/** JavaScript has no 32-bit numbers of its own, so that only whole ones seem to be. */
function notesOn(marks: Marks): string[] {
  return tellConvention({ ...marks, is32Bit: false });
}
