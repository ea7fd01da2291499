import type { Mark, Marks } from '@longhand/core/exercise';

/** One sentence, or two, on a quantity that is wrong. */
export function tellMark(mark: Mark, { convention }: Marks): string {
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
    const chapters = [...new Set(mistakes.map(({ chapter }) => chapter))].join(', ');
    return `${name}: ${what}.${other} ${effects} ${equations} (chapter ${chapters}).`;
  }
  if (mark.shapes) {
    const { found, expected } = mark.shapes;
    return `${name}: the shape is ${found}, expected ${expected}. R${right} (chapter ${quantity.chapter}).`;
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
  return `${name}: ${many}${name}${where} is ${number(worst.found)}, expected ${number(worst.expected)}. R${right} (chapter ${quantity.chapter}).`;
}

/** Sentences on how the learner writes the equations. */
export function tellConvention({ convention, is32Bit }: Marks): string[] {
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
