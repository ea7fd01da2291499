import type { Evaluation } from '@longhand/core';
import { count, percent } from '@longhand/core/text';
import { clip, painter, widthOf } from '../terminal/paint.js';
import type { Terminal } from '../terminal/terminal.js';

/** A cell with at least this fraction of the most frequent mistake is highlighted. */
const NOTABLE_SHARE = 0.5;

/** Columns for a class's name at the head of its row. */
const WIDEST_NAME = 20;
const NARROWEST_HEAD = 3;
/** Columns that a table row needs besides its text: a space before each cell, and the frame. */
const frameOf = (cells: number) => cells + 2;

/**
 * The confusion matrix as a table: a row for each true class, a column for each answer, and the
 * recall on the right. Names that are too long for a column's head are shortened or, if that makes
 * two of them equal, replaced by numbers. With too many classes for the terminal there is no table.
 */
export async function drawConfusion(
  { confusion }: Pick<Evaluation, 'confusion'>,
  classNames: readonly string[],
  terminal: Terminal,
): Promise<string | undefined> {
  const corner = terminal.unicode ? 'true ╲ answer' : 'true \\ answer';
  const names = namesThatFit(confusion, classNames, corner.length, terminal.width);
  if (!names) return undefined;
  const { default: Table } = await import('cli-table3');
  const paint = painter(terminal);
  const largest = Math.max(...confusion.flatMap((row, label) => row.filter((_, answer) => answer !== label)));
  const table = new Table({
    head: [corner, ...names.heads, 'recall'].map((text) => paint('bold', text)),
    colAligns: ['right', ...classNames.map(() => 'right' as const), 'right'],
    style: {
      head: [],
      border: terminal.colors === 'none' ? [] : ['gray'],
      'padding-left': 1,
      'padding-right': 0,
    },
    // Without inner lines, eleven columns of numbers fit into 80 characters.
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
      paint('bold', names.rows[label]!),
      ...cells,
      total === 0 ? '' : percent(row[label]! / total, 1),
    ]);
  }
  return table.toString();
}

interface Names {
  readonly rows: readonly string[];
  readonly heads: readonly string[];
}

/** The longest names with which the table still fits the terminal. */
function namesThatFit(
  confusion: Evaluation['confusion'],
  classNames: readonly string[],
  corner: number,
  width: number,
): Names | undefined {
  const figures = classNames.map((_, answer) =>
    Math.max(...confusion.map((row) => count(row[answer]!).length)),
  );
  const fits = ({ rows, heads }: Names) => {
    const first = Math.max(corner, ...rows.map(widthOf));
    const columns = heads.map((head, answer) => Math.max(widthOf(head), figures[answer]!));
    const said = [first, ...columns, PERCENT].reduce((sum, columnWidth) => sum + columnWidth, 0);
    return said + frameOf(classNames.length + 2) <= width;
  };
  const rows = classNames.map((name) => clip(name, WIDEST_NAME));
  for (let longest = WIDEST_NAME; longest >= NARROWEST_HEAD; longest--) {
    const heads = classNames.map((name) => [...name].slice(0, longest).join(''));
    if (new Set(heads).size === heads.length && fits({ rows, heads })) return { rows, heads };
  }
  const heads = classNames.map((_, label) => String(label));
  const areNumbers = classNames.every((name, label) => name === heads[label]);
  const numbered = { rows: areNumbers ? rows : rows.map((name, label) => `${name} ${label}`), heads };
  return fits(numbered) ? numbered : undefined;
}

/** `100.0%`. */
const PERCENT = 6;

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
