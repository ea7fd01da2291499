import { type Mark, type Marks, tellConvention, tellMark } from '@longhand/core/exercise';
import { padTo, painter } from '../terminal/paint.js';
import type { Terminal } from '../terminal/terminal.js';
import { wrap } from '../terminal/wrap.js';

/** The marks as a table, and a paragraph for each quantity that is wrong. */
export function drawMarks(marks: Marks, notes: readonly string[], terminal: Terminal): string[] {
  const paint = painter(terminal);
  const styles = { right: 'green', wrong: 'red', missing: 'dim' } as const;
  const lines = marks.marks.map((mark) => {
    const { quantity, verdict } = mark;
    return `${padTo(quantity.name, 7)} ${paint(styles[verdict], padTo(verdict, 8))} ${shortly(mark)}`.trimEnd();
  });
  const wrong = marks.marks.filter(({ verdict }) => verdict === 'wrong');
  const paragraphs = [...wrong.map((mark) => sentencesOn(mark, marks)), ...tellConvention(marks), ...notes];
  const { right, missing } = marks;
  return [
    ...lines,
    '',
    paint('bold', `${right} right, ${marks.wrong} wrong, ${missing} missing`),
    ...paragraphs.flatMap((text) => ['', ...wrap(text, terminal.width)]),
  ];
}

function shortly({ mistakes, quantity, verdict }: Mark): string {
  if (verdict !== 'wrong') return quantity.equation;
  return mistakes.map(({ name }) => name).join('; and ') || 'differs';
}

/** With the chapters of Learn at the end. */
function sentencesOn(mark: Mark, marks: Marks): string {
  const { text, chapters } = tellMark(mark, marks);
  return `${text} (chapter ${chapters.join(', ')}).`;
}

/** The marks for `--json`. */
export function marksAsJson(marks: Marks, notes: readonly string[]) {
  const { right, wrong, missing, convention, is32Bit } = marks;
  return {
    ...{ right, wrong, missing, passed: wrong === 0 },
    convention: { ...convention, is32Bit },
    quantities: marks.marks.map((mark) => ({
      name: mark.quantity.name,
      verdict: mark.verdict,
      mistakes: mark.mistakes.map(({ id, name, effect, chapter }) => ({ id, name, effect, chapter })),
      alternatives: mark.others.map(({ id }) => id),
      ...(mark.verdict === 'wrong' && {
        equation: mark.quantity.equation,
        sentence: sentencesOn(mark, marks),
      }),
      ...(mark.worst && { wrongEntries: mark.wrongEntries, entries: mark.entries, worst: mark.worst }),
      ...(mark.shapes && { shapes: mark.shapes }),
    })),
    notes,
  };
}
