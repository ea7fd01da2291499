import type { Mark, Marks } from './mark-answers.js';

/** What is to be said of a quantity that is wrong. */
export interface Told {
  /** One sentence or more, without the last full stop. */
  readonly text: string;
  /** The chapters of Learn that explain it. */
  readonly chapters: readonly number[];
}

/** The mistakes of a quantity that is wrong, or the shape or the entry that differs; and the right equation. */
export function tellMark(mark: Mark, { convention }: Pick<Marks, 'convention'>): Told {
  const { quantity, mistakes, others } = mark;
  const { name, equation } = quantity;
  const right = `ight is ${equation}`;
  if (mistakes.length > 0) {
    const what = mistakes.map((mistake) => mistake.name).join('; and ');
    const effects = mistakes.map(({ effect }) => effect).join(' ');
    const other = others[0] ? ` (Or: ${others[0].name}.)` : '';
    const [first, second] = mistakes;
    // Two equations, each with one of two mistakes, are neither what was computed.
    const equations = second ? `R${right}` : `You have ${first!.places[name]!.wrong}; r${right}`;
    return {
      text: `${name}: ${what}.${other} ${effects} ${equations}`,
      chapters: [...new Set(mistakes.map(({ chapter }) => chapter))],
    };
  }
  const chapters = [quantity.chapter];
  if (mark.shapes) {
    const { found, expected } = mark.shapes;
    return { text: `${name}: the shape is ${found}, expected ${expected}. R${right}`, chapters };
  }
  const { worst, wrongEntries, entries } = mark as Required<Mark>;
  const isTurned =
    (convention.hasRows && quantity.isPerExample) || (convention.hasTurnedWeights && name.includes('W'));
  const at = isTurned ? [worst.column, worst.row] : [worst.row, worst.column];
  const where = entries === 1 ? '' : `[${at.join(', ')}]`;
  const many =
    entries === 1
      ? ''
      : wrongEntries === 1
        ? `1 of ${entries} entries is wrong: `
        : `${wrongEntries} of ${entries} entries are wrong, most of all `;
  return {
    text: `${name}: ${many}${name}${where} is ${number(worst.found)}, expected ${number(worst.expected)}. R${right}`,
    chapters,
  };
}

/** Sentences on how the learner writes the equations. */
export function tellConvention({ convention, is32Bit }: Pick<Marks, 'convention' | 'is32Bit'>): string[] {
  return [
    ...(convention.hasRows ? ['Your examples are rows: they are marked so.'] : []),
    ...(convention.dividesEarly
      ? ['You divide by m in dZ2 instead of in dW and db: that is right, too.']
      : []),
    ...(is32Bit ? ['Your numbers are 32-bit floats: their rounding is no mistake.'] : []),
  ];
}

function number(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(6))).replace('-', '−') : String(value);
}
