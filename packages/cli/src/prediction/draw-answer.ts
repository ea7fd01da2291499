import type { ModelRecord } from '@longhand/core';
import { probabilityBars } from '../terminal/bars.js';
import { percent } from '../terminal/figures.js';
import { type Paint, painter } from '../terminal/paint.js';
import { drawPicture, inkPicture } from '../terminal/picture.js';
import { sideBySide } from '../terminal/side-by-side.js';
import type { Terminal } from '../terminal/terminal.js';
import type { Answer } from './answer.js';

const GAP = 3;
const WIDEST_BAR = 40;
/** A class's name and figure, beside its bar. */
const FIGURES = 10;

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
  const picture = drawPicture(inkPicture(answer.question.pixels, width, height), terminal);
  const room = Math.max(8, Math.min(WIDEST_BAR, terminal.width - 1 - width - GAP - FIGURES));
  const bars = probabilityBars(answer.probabilities, classNames, {
    answer: answer.digit,
    width: room,
    terminal,
  });
  const above = Math.max(0, Math.floor((picture.length - bars.length) / 2));
  return [
    describeAnswer(answer, record, painter(terminal)),
    ...sideBySide([picture, [...new Array<string>(above).fill(''), ...bars]], {
      width: Number.POSITIVE_INFINITY,
      gap: GAP,
    }),
  ];
}
