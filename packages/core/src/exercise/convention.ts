import type { Matrix } from '../maths/matrix.js';
import { transpose } from '../maths/matrix-products.js';
import type { Answers, Exercise } from './given.js';
import type { Change } from './mistake.js';
import { QUANTITIES, type QuantityName } from './quantity.js';

/** A right way to write the equations down. */
export interface Convention {
  /** Whether an example is a row: then every per-example matrix is transposed. */
  readonly hasRows: boolean;
  /** Whether the weights, and their gradients, are transposed too. */
  readonly hasTurnedWeights: boolean;
  /** Whether dZ2 is divided by m already, and dW and db are plain sums. */
  readonly dividesEarly: boolean;
}

/** All of them: those of the board first. */
export const CONVENTIONS: readonly Convention[] = [false, true].flatMap((dividesEarly) => [
  { dividesEarly, hasRows: false, hasTurnedWeights: false },
  { dividesEarly, hasRows: true, hasTurnedWeights: false },
  { dividesEarly, hasRows: true, hasTurnedWeights: true },
]);

/** How the board's equation of a quantity is changed by a convention. */
export function changeOf({ dividesEarly }: Convention, name: QuantityName, m: number): Change<QuantityName> {
  if (!dividesEarly) return {};
  if (name === 'dZ2') return { factor: 1 / m };
  return /^d[Wb]/.test(name) ? { divisor: 1 } : {};
}

/** The answers as on the board: examples as columns. Shapes that fit nothing stay as they are. */
export function asOnBoard(answers: Answers, convention: Convention, exercise: Exercise): Answers {
  const { hasRows, hasTurnedWeights } = convention;
  const turned: { [Q in QuantityName]?: Matrix } = {};
  for (const { name, isPerExample } of QUANTITIES) {
    const own = answers[name];
    if (!own) continue;
    const isWeights = /W/.test(name);
    const isTurned =
      (isPerExample && hasRows) || (isWeights && hasTurnedWeights) || isLyingBias(name, own, exercise);
    turned[name] = isTurned ? transpose(own) : own;
  }
  return turned;
}

/** A bias of n numbers may be a row, too. */
function isLyingBias(name: QuantityName, own: Matrix, { b1, b2 }: Exercise): boolean {
  if (!/b[12]/.test(name)) return false;
  const { rows } = name.includes('1') ? b1 : b2;
  return own.rows === 1 && own.cols === rows && rows > 1;
}
