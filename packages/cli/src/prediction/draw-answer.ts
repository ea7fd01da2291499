import type { ModelRecord } from '@longhand/core';
import { probabilityBars } from '../terminal/bars.js';
import { percent } from '../terminal/figures.js';
import { type Paint, painter } from '../terminal/paint.js';
import { drawPicture, fitted, inkPicture, isPicture } from '../terminal/picture.js';
import { sideBySide } from '../terminal/side-by-side.js';
import type { Terminal } from '../terminal/terminal.js';
import type { Answer } from './answer.js';

const GAP = 3;
/** What a picture leaves to the bars at least. */
const BARS = 30;

/** `seven.png: 7 (99.2%)`, and for an example whether that is right. */
export function describeAnswer(
  answer: Answer,
  record: ModelRecord,
  paint: Paint = (_, text) => text,
): string {
  const { question, digit, probabilities } = answer;
  const name = question.file ?? `example ${question.index}`;
  const read = `${paint('bold', record.classNames[digit]!)} (${percent(probabilities[digit]!, 1)})`;
  return `${name}: ${read}${verdict(answer, record, paint)}`;
}

function verdict({ question: { label }, digit }: Answer, { classNames }: ModelRecord, paint: Paint): string {
  if (label === undefined) return '';
  return label === digit
    ? `, ${paint('green', 'right')}`
    : `, ${paint('red', `but it is ${classNames[label]}`)}`;
}

/** The picture as the network sees it, its answer, and how sure it is of each class. */
export function drawAnswer(answer: Answer, record: ModelRecord, terminal: Terminal): string[] {
  const { width, height, classNames } = record;
  const whole = inkPicture(answer.question.pixels, width, height);
  const small = fitted(whole, terminal.width - 1 - GAP - BARS);
  const picture = isPicture(record) ? drawPicture(small, terminal) : [];
  const bars = probabilityBars(answer.probabilities, classNames, {
    answer: answer.digit,
    width: terminal.width - 1 - (picture.length > 0 ? small.width + GAP : 0),
    terminal,
  });
  if (picture.length === 0) return [describeAnswer(answer, record, painter(terminal)), ...bars];
  const above = Math.max(0, Math.floor((picture.length - bars.length) / 2));
  return [
    describeAnswer(answer, record, painter(terminal)),
    ...sideBySide([picture, [...new Array<string>(above).fill(''), ...bars]], {
      width: Number.POSITIVE_INFINITY,
      gap: GAP,
    }),
  ];
}
