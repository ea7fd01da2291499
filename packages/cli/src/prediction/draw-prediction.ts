import type { ModelRecord } from '@longhand/core';
import { percent } from '@longhand/core/text';
import { probabilityBars } from '../terminal/bars.js';
import { type Paint, painter } from '../terminal/paint.js';
import { drawPicture, fitted, inkPicture, isPicture } from '../terminal/picture.js';
import { sideBySide } from '../terminal/side-by-side.js';
import type { Terminal } from '../terminal/terminal.js';
import type { Prediction } from './prediction.js';

const GAP = 3;
/** Columns that a picture leaves for the bars. */
const BARS = 30;

/**
 * `seven.png: 7 (99.2%)`, whether the answer is in doubt, and for an example of the test set whether
 * it is correct.
 */
export function describePrediction(
  prediction: Prediction,
  record: ModelRecord,
  paint: Paint = (_, text) => text,
): string {
  const { input, digit, probabilities } = prediction;
  const name = input.file ?? `example ${input.index}`;
  const read = `${paint('bold', record.classNames[digit]!)} (${percent(probabilities[digit]!, 1)})`;
  const doubt = prediction.doubt ? `, ${paint('yellow', doubtInWords(prediction, record))}` : '';
  const many = input.digits ? `, ${paint('yellow', seeRead(input.digits))}` : '';
  return `${name}: ${read}${many}${doubt}${verdict(prediction, record, paint)}`;
}

/** A picture of several digits has no one answer. */
function seeRead(digits: number): string {
  return `but there are ${digits} digits on it: longhand read reads them all`;
}

/** What the command says in place of the reasons in `--json`. */
const REASONS = {
  unlike: 'unlike all that it knows',
  'little ink': 'too little ink for a digit',
  'several marks': 'several marks, not one digit',
};

/** `not sure: perhaps 9 (31.0%)`. */
function doubtInWords({ doubt, digit, probabilities }: Prediction, { classNames }: ModelRecord): string {
  const { reason, runnerUp } = doubt!;
  if (reason !== 'unsure') return `in doubt: ${REASONS[reason]}`;
  if (runnerUp === digit) return 'not sure';
  return `not sure: perhaps ${classNames[runnerUp]} (${percent(probabilities[runnerUp]!, 1)})`;
}

function verdict({ input: { label }, digit }: Prediction, { classNames }: ModelRecord, paint: Paint): string {
  if (label === undefined) return '';
  return label === digit
    ? `, ${paint('green', 'correct')}`
    : `, ${paint('red', `wrong: it is ${classNames[label]}`)}`;
}

/** The picture as the network sees it, its answer, and the probability of each class. */
export function drawPrediction(prediction: Prediction, record: ModelRecord, terminal: Terminal): string[] {
  const { width, height, classNames } = record;
  const whole = inkPicture(prediction.input.pixels, width, height);
  const beside = fitted(whole, terminal.width - 1 - GAP - BARS);
  // In a narrow terminal, the bars stand below the picture: beside them, it would be too small to read.
  const isNarrow = beside.width < whole.width / 2;
  const small = isNarrow ? fitted(whole, terminal.width - 1) : beside;
  const picture = isPicture(record) ? drawPicture(small, terminal) : [];
  const bars = probabilityBars(prediction.probabilities, classNames, {
    answer: prediction.digit,
    width: terminal.width - 1 - (picture.length > 0 && !isNarrow ? small.width + GAP : 0),
    terminal,
  });
  if (picture.length === 0) return [describePrediction(prediction, record, painter(terminal)), ...bars];
  if (isNarrow) return [describePrediction(prediction, record, painter(terminal)), ...picture, ...bars];
  const above = Math.max(0, Math.floor((picture.length - bars.length) / 2));
  return [
    describePrediction(prediction, record, painter(terminal)),
    ...sideBySide([picture, [...new Array<string>(above).fill(''), ...bars]], {
      width: Number.POSITIVE_INFINITY,
      gap: GAP,
    }),
  ];
}
