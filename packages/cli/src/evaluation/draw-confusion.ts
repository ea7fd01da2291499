import type { Evaluation } from '@longhand/core';
import { count, percent } from '../terminal/figures.js';
import { painter } from '../terminal/paint.js';
import type { Terminal } from '../terminal/terminal.js';

/** A cell of this share of the row's worst mistakes or more stands out. */
const NOTABLE_SHARE = 0.5;

/** The confusion matrix as a table: a row for each true class, a column for each answer, what was found on the right. */
export async function drawConfusion(
  { confusion }: Pick<Evaluation, 'confusion'>,
  classNames: readonly string[],
  terminal: Terminal,
): Promise<string> {
  const { default: Table } = await import('cli-table3');
  const paint = painter(terminal);
  const largest = Math.max(...confusion.flatMap((row, label) => row.filter((_, answer) => answer !== label)));
  const table = new Table({
    head: ['true ╲ read as', ...classNames, 'found'].map((text) =>
      paint('bold', terminal.unicode ? text : text.replace('╲', '\\')),
    ),
    colAligns: ['right', ...classNames.map(() => 'right' as const), 'right'],
    style: {
      head: [],
      border: terminal.colours === 'none' ? [] : ['gray'],
      'padding-left': 1,
      'padding-right': 0,
    },
    // A frame without inner lines: eleven columns of figures then fit 80 columns.
    chars: { ...NO_INNER_LINES, ...(terminal.unicode ? {} : ASCII_FRAME) },
  });
  for (const [label, row] of confusion.entries()) {
    const total = row.reduce((sum, times) => sum + times, 0);
    const cells = row.map((times, answer) => {
      if (answer === label) return paint('bold', paint('green', count(times)));
      if (times === 0) return paint('dim', terminal.unicode ? '·' : '.');
      return times >= largest * NOTABLE_SHARE ? paint('red', count(times)) : count(times);
    });
    table.push([
      paint('bold', classNames[label]!),
      ...cells,
      total === 0 ? '' : percent(row[label]! / total, 1),
    ]);
  }
  return table.toString();
}

const NO_INNER_LINES = {
  mid: '',
  'left-mid': '',
  'mid-mid': '',
  'right-mid': '',
  middle: '',
  'top-mid': '',
  'bottom-mid': '',
};

const ASCII_FRAME = {
  top: '-',
  'top-left': '+',
  'top-right': '+',
  bottom: '-',
  'bottom-left': '+',
  'bottom-right': '+',
  left: '|',
  right: '|',
};
