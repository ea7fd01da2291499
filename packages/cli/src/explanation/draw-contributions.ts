import { formatNumber } from '@longhand/core/explain';
import { plural } from '@longhand/core/text';
import { bar } from '../terminal/bars.js';
import { padTo, painter, widthOf } from '../terminal/paint.js';
import type { Terminal } from '../terminal/terminal.js';
import type { Contribution, Contributions } from './contributions.js';

/** How many terms of a longer sum are shown: the largest ones. */
const MOST = 12;
const WIDEST_BAR = 40;
const LEAST_BAR = 4;
const GAP = 2;

/** The largest terms as a table: name, numbers, value, and a bar for the value. */
export function drawContributions({ noun, terms, beside }: Contributions, terminal: Terminal): string[] {
  const shown = terms.length <= MOST ? terms : largest(terms);
  const others = terms.filter((one) => !shown.includes(one));
  const rest: Contribution[] =
    others.length > 0 ? [{ name: `${others.length} others`, working: '', value: sum(others) }] : [];
  const title =
    others.length > 0
      ? `The ${shown.length} largest of ${plural(terms.length, noun)}:`
      : `${plural(terms.length, noun)}:`;
  return [title, ...table([...shown, ...rest, ...beside], terminal)];
}

function largest(terms: readonly Contribution[]): readonly Contribution[] {
  return [...terms].sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, MOST);
}

function sum(terms: readonly Contribution[]): number {
  return terms.reduce((total, { value }) => total + value, 0);
}

function table(rows: readonly Contribution[], terminal: Terminal): string[] {
  const paint = painter(terminal);
  const figures = rows.map(({ value }) => `${value < 0 ? '' : '+'}${formatNumber(value)}`);
  const names = widest(rows.map(({ name }) => name));
  const workings = widest(rows.map(({ working }) => working));
  const values = widest(figures);
  const room = Math.min(WIDEST_BAR, terminal.width - 1 - names - workings - values - 4 * GAP);
  const most = Math.max(...rows.map(({ value }) => Math.abs(value))) || 1;
  const isTight = terminal.columns !== undefined;
  const gap = ' '.repeat(GAP);
  return rows.map(({ name, working, value }, k) => {
    // Where there is no room, bars give way first, then the working.
    const length =
      isTight && room < LEAST_BAR
        ? ''
        : bar(Math.abs(value) / most, Math.max(LEAST_BAR, room), terminal.unicode);
    const middle = isTight && room <= -2 * GAP ? [] : [padTo(working, workings)];
    const cells = [padTo(name, names), ...middle, padTo(figures[k]!, values)];
    return `${gap}${cells.join(gap)}${length && gap + paint(value < 0 ? 'blue' : 'yellow', length)}`.trimEnd();
  });
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(widthOf));
}
