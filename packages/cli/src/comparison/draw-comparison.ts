import { type Dataset, describeNetwork, type ModelFile } from '@longhand/core';
import { count, nats, percent, plural } from '@longhand/core/text';
import { clip, type Paint, padBefore, padTo, painter } from '../terminal/paint.js';
import { drawPicture, fitted, inkPicture, isPicture } from '../terminal/picture.js';
import { sideBySide } from '../terminal/side-by-side.js';
import type { Terminal } from '../terminal/terminal.js';
import { wrap } from '../terminal/wrap.js';
import type { Comparison, Difference } from './compare-models.js';

/** A difference as unlikely as this by chance counts as one. */
const SIGNIFICANT = 0.05;
const TITLE = 18;
const FIGURE = 12;
const NARROW_FIGURE = 9;
const WIDEST_PICTURE = 28;
const WIDEST_VALUE = 28;
const WIDEST_WEIGHTS = 70;

/** A comparison for a terminal. */
export function drawComparison(
  comparison: Comparison,
  files: readonly [string, string],
  models: readonly [ModelFile, ModelFile],
  data: { readonly dataset: Dataset; readonly name: string; readonly shown: number },
  terminal: Terminal,
): string[] {
  const paint = painter(terminal);
  const { dataset, shown } = data;
  return [
    ...files.flatMap((file, k) => [
      `${paint('bold', 'AB'[k]!)}  ${clip(file, terminal.width - 4)}`,
      ...wrap(describeNetwork(models[k]!.network), terminal.width - 4).map((line) =>
        paint('dim', `   ${line}`),
      ),
    ]),
    '',
    ...figures(comparison, data.name, terminal),
    '',
    ...wrap(verdict(comparison), terminal.width - 1),
    ...settingLines(comparison, terminal),
    ...weightLines(comparison, terminal),
    ...differenceLines(comparison, dataset, shown, terminal),
  ];
}

function figures({ evaluations: [a, b] }: Comparison, name: string, terminal: Terminal): string[] {
  const paint = painter(terminal);
  const figure = terminal.width < TITLE + 2 * FIGURE ? NARROW_FIGURE : FIGURE;
  const row = (title: string, ...texts: string[]) =>
    `${padTo(title, TITLE)}${texts.map((text) => padBefore(text, figure)).join('')}`;
  const best = (first: number, second: number, text: (value: number) => string, larger: boolean) =>
    [first, second].map((value, k) => {
      const other = k === 0 ? second : first;
      return value !== other && value > other === larger ? paint('bold', text(value)) : text(value);
    });
  return [
    row(
      paint('bold', padTo(`${plural(a.examples, 'example')}`, TITLE)),
      paint('bold', 'A'),
      paint('bold', 'B'),
    ),
    row('accuracy', ...best(a.accuracy, b.accuracy, percent, true)),
    row('balanced accuracy', ...best(a.balancedAccuracy, b.balancedAccuracy, percent, true)),
    row('loss', ...best(a.loss, b.loss, nats, false)),
    paint('dim', `of ${name}`),
  ];
}

/** What McNemar's test says, in a sentence. */
export function verdict({ bothRight, bothWrong, test, evaluations: [a, b] }: Comparison): string {
  const { onlyFirst, onlySecond, p } = test;
  const counts = `Both right ${count(bothRight)}, only A ${count(onlyFirst)}, only B ${count(onlySecond)}, both wrong ${count(bothWrong)}.`;
  if (onlyFirst + onlySecond === 0) return `${counts} No example tells them apart.`;
  const better = a.correct === b.correct ? undefined : a.correct > b.correct ? 'A' : 'B';
  const says =
    p < SIGNIFICANT && better
      ? `${better} is better: by chance, a split as uneven would be rare`
      : 'the difference can be chance';
  return `${counts} McNemar's test: p ${probability(p)}, so ${says}.`;
}

function probability(p: number): string {
  if (p < 1e-300) return '< 1e-300';
  return `= ${p < 0.001 ? p.toExponential(1) : p.toFixed(3)}`;
}

function settingLines({ settings }: Comparison, terminal: Terminal): string[] {
  const paint = painter(terminal);
  if (settings.length === 0) return [];
  const width = Math.max(...settings.map(({ name }) => name.length));
  const text = (value: unknown) =>
    clip(value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value), WIDEST_VALUE);
  const first = Math.max(1, ...settings.map(({ values }) => text(values[0]).length));
  return [
    '',
    `${paint('bold', padTo('Settings that differ', width + 2))}`,
    ...settings.map(({ name, values }) =>
      clip(`  ${padTo(name, width)}  ${padTo(text(values[0]), first)}  ${text(values[1])}`, room(terminal)),
    ),
  ];
}

/** Columns that a line may take; in a pipe, any number. */
const room = ({ columns = Number.POSITIVE_INFINITY }: Terminal) => columns;

function weightLines({ weights }: Comparison, terminal: Terminal): string[] {
  const paint = painter(terminal);
  const isNarrow = room(terminal) < WIDEST_WEIGHTS;
  if (!weights) return ['', 'The layers differ, so weights are not compared.'];
  if (weights.every(({ largest }) => largest === 0))
    return ['', 'Weights and biases are the same to the last bit.'];
  const three = (value: number) => padBefore(value === 0 ? '0' : value.toPrecision(3), 10);
  return [
    '',
    paint(
      'bold',
      `${padTo('Parameters', 12)}${padBefore('largest', 10)}${padBefore('mean', 10)}${isNarrow ? '' : '  difference |A − B|'}`,
    ),
    ...weights.map(
      ({ name, largest, mean, row, column }) =>
        `  ${padTo(name, 10)}${three(largest)}${three(mean)}${isNarrow ? '' : `  ${paint('dim', `largest at row ${row}, column ${column}`)}`}`,
    ),
  ];
}

function differenceLines(
  { differences }: Comparison,
  dataset: Dataset,
  shown: number,
  terminal: Terminal,
): string[] {
  const paint = painter(terminal);
  if (differences.length === 0) return ['', 'They give the same answer to every example.'];
  const few = differences.slice(0, shown);
  const title = `They differ on ${plural(differences.length, 'example')}${few.length > 0 && few.length < differences.length ? `, of which ${few.length}:` : ':'}`;
  const blocks = few.map((difference) => block(difference, dataset, paint, terminal));
  return [
    '',
    paint('bold', few.length === 0 ? title.replace(/:$/, '.') : title),
    ...sideBySide(blocks, { width: terminal.width - 1 }),
  ];
}

/** An example's picture, its class, and what each model answered. */
function block(
  { index, label, answers }: Difference,
  dataset: Dataset,
  paint: Paint,
  terminal: Terminal,
): string[] {
  const { width, height, classNames } = dataset;
  const name = (c: number) => clip(classNames[c]!, WIDEST_PICTURE - 14);
  const picture = fitted(
    inkPicture(dataset.pixels(index), width, height),
    Math.min(WIDEST_PICTURE, Math.floor((terminal.width - 5) / 2)),
  );
  const lines = answers.map(({ answer, confidence }, k) => {
    const text = `${'AB'[k]}: ${name(answer)} (${percent(confidence, 1)})`;
    return answer === label ? paint('green', text) : paint('red', text);
  });
  return [
    `example ${index}: ${paint('bold', name(label))}`,
    ...lines,
    ...(isPicture(dataset) ? drawPicture(picture, terminal) : []),
  ];
}
