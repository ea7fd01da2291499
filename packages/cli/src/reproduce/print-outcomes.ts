import { duration, percent, signed } from '@longhand/core/text';
import { print } from '../streams.js';
import { painter } from '../terminal/paint.js';
import { terminalOf } from '../terminal/terminal.js';
import { wrap } from '../terminal/wrap.js';
import type { Claim } from './claims.js';
import type { Outcome } from './versions.js';

const WIDEST = 100;

/** What each mistake costs, with the reason below it. */
export async function printOutcomes(outcomes: readonly Outcome[], claims: readonly Claim[]): Promise<void> {
  const { default: Table } = await import('cli-table3');
  const terminal = terminalOf(process.stdout);
  const paint = painter(terminal);
  const width = Math.min(terminal.width - 1, WIDEST);
  const figures = [9, 9, 9, 9];
  const first = width - figures.reduce((sum, column) => sum + column, 0) - figures.length - 2;
  const table = new Table({
    head: ['', 'train', 'test', 'change', 'time'].map((text) => paint('bold', text)),
    colAligns: ['left', 'right', 'right', 'right', 'right'],
    colWidths: [first, ...figures],
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
  print(table.toString());
  for (const { name, claimed, measured, why } of claims) {
    print(`\n${paint('bold', name)}: claimed ${percent(claimed, 3)}, measured ${percent(measured, 3)}`);
    print(wrap(why, width).join('\n'));
  }
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
