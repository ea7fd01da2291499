import { duration, percent, signed } from '@longhand/core/text';
import { print } from '../streams.js';
import { type Paint, painter } from '../terminal/paint.js';
import { type Terminal, terminalOf } from '../terminal/terminal.js';
import { wrap } from '../terminal/wrap.js';
import type { Claim } from './claims.js';
import type { Outcome } from './versions.js';

const WIDEST = 100;
/** The widths of the columns of figures. */
const FIGURES = [9, 9, 9, 9];
/** A column of names that is narrower cannot be read. */
const NARROWEST_NAME = 16;

/** What each mistake costs, with the reason below it. */
export async function printOutcomes(outcomes: readonly Outcome[], claims: readonly Claim[]): Promise<void> {
  const terminal = terminalOf(process.stdout);
  const paint = painter(terminal);
  const width = Math.min(terminal.width - 1, WIDEST);
  const first = width - FIGURES.reduce((sum, column) => sum + column, 0) - FIGURES.length - 2;
  print(
    first < NARROWEST_NAME ? inParagraphs(outcomes, width, paint) : await inTable(outcomes, first, terminal),
  );
  for (const { name, claimed, measured, why } of claims) {
    const head = `${name}: claimed ${percent(claimed, 3)}, measured ${percent(measured, 3)}`;
    const [first, ...others] = wrap(head, width);
    print(['', first!.replace(name, paint('bold', name)), ...others].join('\n'));
    print(wrap(why, width).join('\n'));
  }
}

/** For a terminal that is too narrow for the table. */
function inParagraphs(outcomes: readonly Outcome[], width: number, paint: Paint): string {
  const ours = outcomes[0]!;
  return outcomes
    .map((outcome) => {
      const { name, train, test, seconds, why } = outcome;
      const cost =
        outcome === ours ? '' : `, change ${signed(100 * (test.accuracy - ours.test.accuracy), 1)}`;
      const figures = `train ${percent(train.accuracy)}, test ${percent(test.accuracy)}${cost}, ${duration(seconds)}`;
      const head = wrap(name, width).map((line) => paint('bold', line));
      return [...head, ...wrap(figures, width), ...wrap(why, width)].join('\n');
    })
    .join('\n\n');
}

async function inTable(outcomes: readonly Outcome[], first: number, terminal: Terminal): Promise<string> {
  const { default: Table } = await import('cli-table3');
  const paint = painter(terminal);
  const table = new Table({
    head: ['', 'train', 'test', 'change', 'time'].map((text) => paint('bold', text)),
    colAligns: ['left', 'right', 'right', 'right', 'right'],
    colWidths: [first, ...FIGURES],
    wordWrap: true,
    style: { head: [], border: terminal.colors === 'none' ? [] : ['gray'] },
    ...(terminal.unicode ? {} : { chars: ASCII }),
  });
  const ours = outcomes[0]!;
  for (const outcome of outcomes) {
    const { name, train, test, seconds, why } = outcome;
    const cost = test.accuracy - ours.test.accuracy;
    const shown = signed(100 * cost, 1);
    table.push(
      [
        paint('bold', name),
        percent(train.accuracy),
        percent(test.accuracy),
        outcome === ours ? '' : Math.abs(cost) >= 0.01 ? paint('red', shown) : shown,
        duration(seconds),
      ],
      [{ content: why, colSpan: 5 }],
    );
  }
  return table.toString();
}

const ASCII = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
    'middle',
  ].map((place) => [
    place,
    /^(top|bottom|mid)$/.test(place) ? '-' : /^(left|right|middle)$/.test(place) ? '|' : '+',
  ]),
);
