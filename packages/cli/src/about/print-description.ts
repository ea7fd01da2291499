import { count, percent, plural, significant } from '@longhand/core/text';
import { type DataDescription, type Specimen, summaryOf } from '@longhand/formats/about';
import { print } from '../streams.js';
import { bar } from '../terminal/bars.js';
import { clip, padBefore, padTo, painter, widthOf } from '../terminal/paint.js';
import { drawPicture, fitted, inkPicture } from '../terminal/picture.js';
import { sideBySide } from '../terminal/side-by-side.js';
import type { Terminal } from '../terminal/terminal.js';
import { wrap } from '../terminal/wrap.js';

const WIDEST_NAME = 24;
const MAX_BAR = 40;
/** Classes, columns and pictures beyond are in the HTML report. */
const CLASSES = 30;
const COLUMNS = 30;
const PICTURES = 40;
/** Columns of the terminal that a picture takes. */
const PICTURE_COLUMNS = 14;
const PAIRS = 5;
/** Of the mean digits with MNIST's, below which they do not look alike. */
const ALIKE = 0.5;

/** Prints what data are. With `quiet`, the summary and the warnings alone. */
export function printDescription(
  description: DataDescription,
  name: string,
  terminal: Terminal,
  quiet: boolean,
): void {
  const paint = painter(terminal);
  const { width } = terminal;
  print(
    wrap(`${name}: ${summaryOf(description)}`, width)
      .map((line, k) => (k === 0 ? paint('bold', line) : line))
      .join('\n'),
  );
  const warnings = description.findings.filter(({ level }) => level === 'warning');
  const notes = description.findings.filter(({ level }) => level === 'note');
  for (const { text } of warnings) print(item(paint('red', '!'), text, width));
  if (quiet) return;
  if (warnings.length === 0)
    print(item(paint('green', terminal.unicode ? '✓' : '+'), 'Nothing suspicious was found.', width));
  for (const { text } of notes) print(item('-', text, width));
  const sections = [
    classLines(description, terminal),
    columnLines(description, terminal),
    factLines(description, terminal),
    contactSheet(description, terminal),
  ];
  for (const lines of sections) if (lines.length > 0) print(`\n${lines.join('\n')}`);
}

/** A mark, and a text whose further lines stand below its first. */
function item(mark: string, text: string, width: number): string {
  return wrap(text, Math.max(20, width - 2))
    .map((line, k) => `${k === 0 ? mark : ' '} ${line}`)
    .join('\n');
}

function classLines({ classes, parts }: DataDescription, terminal: Terminal): string[] {
  if (classes.length === 0) return [];
  const paint = painter(terminal);
  const isTested = parts.some(({ name }) => name === 'test') && classes.some(({ training }) => training > 0);
  const shown = classes.slice(0, CLASSES);
  const sizeOf = ({ training, test }: (typeof classes)[number]) => training || test;
  const most = Math.max(1, ...classes.map(sizeOf));
  const names = shown.map(({ name }) => clip(name, WIDEST_NAME));
  const widest = Math.max(5, ...names.map(widthOf));
  const columns = Math.max(0, Math.min(MAX_BAR, terminal.width - widest - (isTested ? 24 : 13)));
  const head = `${padTo('class', widest)}  ${padBefore(isTested ? 'training' : 'examples', 9)}${isTested ? padBefore('test', 9) : ''}`;
  return [
    paint('dim', head),
    ...shown.map((one, k) => {
      const numbers = `${padBefore(count(sizeOf(one)), 9)}${isTested ? padBefore(count(one.test), 9) : ''}`;
      return `${padTo(names[k]!, widest)}  ${numbers}  ${bar(sizeOf(one) / most, columns, terminal.unicode)}`.trimEnd();
    }),
    ...(classes.length > shown.length ? [`and ${count(classes.length - shown.length)} more`] : []),
  ];
}

function columnLines({ columns }: DataDescription, terminal: Terminal): string[] {
  if (!columns) return [];
  const paint = painter(terminal);
  const shown = columns.slice(0, COLUMNS);
  const names = shown.map(({ name }) => clip(name, WIDEST_NAME));
  const widest = Math.max(6, ...names.map(widthOf));
  const cells = shown.map(({ min, mean, max }) => [min, mean, max].map((value) => significant(value)));
  const figure = Math.max(8, ...cells.flat().map(widthOf));
  const row = (name: string, values: readonly string[], last = '') =>
    `${padTo(name, widest)} ${values.map((value) => padBefore(value, figure)).join(' ')}  ${last}`.trimEnd();
  return [
    paint('dim', row('column', ['smallest', 'mean', 'largest'])),
    ...shown.map(({ histogram, isConstant, isId }, k) => {
      const remark = isConstant
        ? 'constant'
        : isId
          ? 'a row number?'
          : terminal.unicode
            ? sparkline(histogram)
            : '';
      return row(names[k]!, cells[k]!, isConstant || isId ? paint('red', remark) : remark);
    }),
    ...(columns.length > shown.length ? [`and ${count(columns.length - shown.length)} more`] : []),
  ];
}

const LEVELS = ' ▁▂▃▄▅▆▇█';

/** How often each range of values occurs, as a line of blocks. */
function sparkline(shares: readonly number[]): string {
  const most = Math.max(...shares);
  return shares.map((share) => LEVELS[share > 0 ? Math.max(1, Math.round((8 * share) / most)) : 0]).join('');
}

function factLines(description: DataDescription, terminal: Terminal): string[] {
  const { values, duplicates, parts, orientation, neighbors, classes } = description;
  const { min, max, mean, distinct, zeros } = values;
  const copies = duplicates.training + duplicates.test;
  const facts: (readonly [string, string])[] = [
    [
      'values',
      `${min} to ${max}, ${distinct} different ones, mean ${significant(mean)}, ${percent(zeros, 1)} are 0`,
    ],
    ['copies', copies === 0 ? 'none' : `${plural(copies, 'example')} with the same values as an earlier one`],
  ];
  if (parts.length > 1) {
    facts.push([
      'leakage',
      duplicates.leaked === 0
        ? 'no test example is in the training set'
        : `${plural(duplicates.leaked, 'test example')} in the training set`,
    ]);
  }
  const best = orientation?.[0];
  if (best && best.correlation < ALIKE) {
    facts.push([
      'way up',
      `unlike MNIST’s digits in every way: the best correlation is ${best.correlation.toFixed(2)}`,
    ]);
  } else if (best) {
    facts.push([
      'way up',
      `${best.orientation}${best.inverted ? ', inverted' : ''}: correlation ${best.correlation.toFixed(2)} with MNIST’s mean digits`,
    ]);
  }
  if (neighbors) {
    const pairs = neighbors.pairs
      .slice(0, PAIRS)
      .map(({ classes: [a, b], count: often }) => `${classes[a]!.name} and ${classes[b]!.name} (${often})`);
    facts.push([
      'look alike',
      `the nearest neighbor has the same class for ${percent(neighbors.accuracy, 1)} of ${count(neighbors.sample)} examples` +
        (pairs.length > 0 ? `; most often not for ${pairs.join(', ')}` : ''),
    ]);
  }
  const paint = painter(terminal);
  const widest = Math.max(...facts.map(([name]) => name.length));
  return facts.flatMap(([name, text]) =>
    wrap(text, Math.max(20, terminal.width - widest - 2)).map(
      (line, k) => `${paint('dim', padTo(k === 0 ? name : '', widest))}  ${line}`,
    ),
  );
}

/** Some examples of each class, each with the name of its class below. */
function contactSheet(
  { classes, specimens, isPicture, width, height }: DataDescription,
  terminal: Terminal,
): string[] {
  if (!isPicture) return [];
  const each = Math.max(1, Math.min(4, Math.floor(PICTURES / 2 / Math.max(1, classes.length))));
  const chosen: (readonly [string, Specimen])[] =
    classes.length > 0
      ? classes.flatMap(({ name, specimens: some }) =>
          some.slice(0, each).map((specimen) => [name, specimen] as const),
        )
      : specimens.map((specimen) => [String(specimen.index), specimen] as const);
  const blocks = chosen.slice(0, PICTURES).map(([name, { pixels }]) => {
    const picture = drawPicture(fitted(inkPicture(pixels, width, height), PICTURE_COLUMNS), terminal);
    return [...picture, clip(name, PICTURE_COLUMNS)];
  });
  return sideBySide(blocks, { width: terminal.width, gap: 1 });
}
