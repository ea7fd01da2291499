import {
  calibration,
  classFigures,
  compareAnswers,
  createPredictor,
  wilsonInterval,
  worstConfusions,
} from '@longhand/core';
import { describeConfusions } from '../evaluation/describe-confusions.js';
import { describeMistakes } from '../evaluation/describe-mistakes.js';
import { drawCalibration } from '../evaluation/draw-calibration.js';
import { drawClasses } from '../evaluation/draw-classes.js';
import { drawConfusion } from '../evaluation/draw-confusion.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { openModel } from '../model/open-model.js';
import { print, printJson } from '../streams.js';
import { nats, percent, plural } from '../terminal/figures.js';
import { painter } from '../terminal/paint.js';
import { terminalOf } from '../terminal/terminal.js';
import { drawExamples, openTestSet } from '../test-set.js';
import type { evaluate } from './evaluate.row.js';
import type { FlagsOf } from './row.js';

const CONFUSIONS = 5;
/** Where there are too many classes for a table. */
const CONFUSIONS_ALONE = 15;
const MISTAKES = 5;

/** `longhand evaluate MODEL`. */
export async function evaluateCommand(
  file: string,
  { data, examples: wanted, seed, json, quiet }: FlagsOf<typeof evaluate>,
): Promise<ExitCode> {
  const model = await openModel(file);
  const all = await openTestSet(data, file, model);
  const test = wanted === undefined ? all : drawExamples(all, wanted, seed);
  const answers = createPredictor(model.network, model.record).predictAll(test.dataset);
  const evaluation = compareAnswers(test.dataset, answers);
  const { examples, correct, loss, accuracy, confusion } = evaluation;
  const { classNames } = test.dataset;
  const interval = wilsonInterval(correct, examples);
  const confidences = Float32Array.from(
    answers.classes,
    (answer, i) => answers.probabilities[i * classNames.length + answer]!,
  );
  const classes = classFigures(evaluation);
  const reliability = calibration(confidences, (i) => answers.classes[i] === test.dataset.label(i));
  // Of a sample, the places in the whole are not known here.
  const mistakes = wanted === undefined ? evaluation.mistakes.slice(0, MISTAKES) : [];
  if (json) {
    printJson({
      model: file,
      examples,
      correct,
      loss,
      accuracy,
      classNames,
      interval95: interval,
      confusion,
      classes,
      calibration: reliability,
      mistakes,
    });
    return EXIT.done;
  }
  const terminal = terminalOf(process.stdout);
  const figure = painter(terminal)('bold', percent(accuracy));
  print(`${figure} accuracy, loss ${nats(loss)}, ${plural(examples, 'example')} of ${test.name}`);
  if (quiet) return EXIT.done;
  print(`95% interval of the accuracy: ${percent(interval.low)} to ${percent(interval.high)}`);
  const table = await drawConfusion(evaluation, classNames, terminal);
  if (table) print(`\n${table}`);
  const worst = worstConfusions(evaluation, table ? CONFUSIONS : CONFUSIONS_ALONE);
  if (worst.length > 0) print(`\n${describeConfusions(worst, classNames)}`);
  if (mistakes.length > 0) print(`\n${describeMistakes(mistakes, classNames)}`);
  print(`\n${drawClasses(classes, classNames, terminal).join('\n')}`);
  print(`\n${drawCalibration(reliability, terminal).join('\n')}`);
  return EXIT.done;
}
