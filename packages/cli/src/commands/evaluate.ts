import type { Dataset, ModelFile, ModelRecord } from '@longhand/core';
import {
  calibration,
  classFigures,
  compareAnswers,
  createJudge,
  wilsonInterval,
  worstConfusions,
} from '@longhand/core/evaluation';
import { count, nats, percent, plural } from '@longhand/core/text';
import { takenAsJson } from '../data/announce.js';
import { describeConfusions } from '../evaluation/describe-confusions.js';
import { describeMistakes } from '../evaluation/describe-mistakes.js';
import { drawCalibration } from '../evaluation/draw-calibration.js';
import { drawClasses } from '../evaluation/draw-classes.js';
import { drawConfusion } from '../evaluation/draw-confusion.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { openModel } from '../model/open-model.js';
import { predictorOf } from '../model/predictor-of.js';
import { withColumns } from '../model/with-columns.js';
import { print, printJson } from '../streams.js';
import { painter } from '../terminal/paint.js';
import { terminalOf } from '../terminal/terminal.js';
import { wrap } from '../terminal/wrap.js';
import { drawExamples, type NamedDataset, openTestSet } from '../test-set.js';
import type { evaluate } from './evaluate.row.js';
import type { FlagsOf } from './row.js';

const CONFUSIONS = 5;
/** When there are too many classes for a table. */
const CONFUSIONS_WITHOUT_TABLE = 15;
const MISTAKES = 5;

/** `longhand evaluate MODEL`. */
export async function evaluateCommand(
  file: string,
  { data, examples: wanted, seed, json, quiet = false, ...reading }: FlagsOf<typeof evaluate>,
): Promise<ExitCode> {
  const opened = await openModel(file, quiet);
  const all = await openTestSet(data, file, opened, { ...reading, quiet });
  const model = await withColumns(opened, all.dataset.features, file, quiet);
  const test = wanted === undefined ? all : drawExamples(all, wanted, seed);
  const measured = measure(model, test);
  // In a random sample, the index of an example in the whole test set is not known.
  const mistakes = wanted === undefined ? measured.evaluation.mistakes.slice(0, MISTAKES) : [];
  if (json) {
    const { evaluation, interval, classes, reliability, calibrated } = measured;
    const { examples, correct, loss, accuracy, balancedAccuracy, confusion } = evaluation;
    printJson({
      ...{ model: file, examples, correct, loss, accuracy, balancedAccuracy },
      ...{
        classNames: test.dataset.classNames,
        interval95: interval,
        confusion,
        classes,
        calibration: reliability,
        calibrated: calibrated && {
          ...calibrated,
          temperature: model.record.doubt!.temperature,
        },
        mistakes,
      },
      ...(test.taken && { data: takenAsJson(test.taken) }),
    });
  } else await printEvaluation({ ...measured, mistakes }, test, quiet);
  return EXIT.done;
}

/** All figures of a model on a test set. */
function measure({ network, record }: ModelFile, { dataset }: NamedDataset) {
  const answers = predictorOf({ network, record }).predictAll(dataset);
  const evaluation = compareAnswers(dataset, answers);
  const isCorrect = (i: number) => answers.classes[i] === dataset.label(i);
  const confidences = Float32Array.from(
    answers.classes,
    (answer, i) => answers.probabilities[i * dataset.classNames.length + answer]!,
  );
  return {
    evaluation,
    interval: wilsonInterval(evaluation.correct, evaluation.examples),
    classes: classFigures(evaluation),
    reliability: calibration(confidences, isCorrect),
    calibrated: judged(record, answers.probabilities, dataset, isCorrect),
  };
}

/**
 * The calibration error of the calibrated probabilities, and how many answers are in doubt. Nothing for a model
 * without a record of doubt.
 */
function judged(
  record: ModelRecord,
  probabilities: Float32Array,
  dataset: Dataset,
  isCorrect: (i: number) => boolean,
) {
  if (!record.doubt) return undefined;
  const judge = createJudge(record);
  const classes = dataset.classNames.length;
  const judgements = Array.from({ length: dataset.length }, (_, i) =>
    judge(probabilities.subarray(i * classes, (i + 1) * classes), [dataset.pixels(i)]),
  );
  const doubted = judgements.flatMap(({ doubt }, i) => (doubt ? [i] : []));
  return {
    error: calibration(
      judgements.map(({ confidence }) => confidence),
      isCorrect,
    ).error,
    doubted: doubted.length,
    doubtedAndWrong: doubted.filter((i) => !isCorrect(i)).length,
  };
}

type Measured = ReturnType<typeof measure> & Pick<ReturnType<typeof compareAnswers>, 'mistakes'>;

async function printEvaluation(
  { evaluation, interval, classes, reliability, calibrated, mistakes }: Measured,
  { dataset, name }: NamedDataset,
  quiet: boolean,
): Promise<void> {
  const { examples, loss, accuracy, balancedAccuracy } = evaluation;
  const { classNames } = dataset;
  const terminal = terminalOf(process.stdout);
  const paint = painter(terminal);
  print(
    `${paint('bold', percent(accuracy))} accuracy, loss ${nats(loss)}, ${plural(examples, 'example')} of ${name}`,
  );
  if (quiet) return;
  print(`95% confidence interval of the accuracy: ${percent(interval.low)} to ${percent(interval.high)}`);
  print(`${percent(balancedAccuracy)} balanced accuracy: the mean recall of the classes`);
  const table = await drawConfusion(evaluation, classNames, terminal);
  if (table) print(`\n${paint('bold', 'Confusion matrix:')}\n${table}`);
  const worst = worstConfusions(evaluation, table ? CONFUSIONS : CONFUSIONS_WITHOUT_TABLE);
  if (worst.length > 0) print(`\n${describeConfusions(worst, classNames, paint)}`);
  if (mistakes.length > 0) print(`\n${describeMistakes(mistakes, classNames, paint)}`);
  print(`\n${drawClasses(classes, classNames, terminal).join('\n')}`);
  print(`\n${drawCalibration(reliability, terminal).join('\n')}`);
  const told = calibrated
    ? `With the model's temperature, the error is ${percent(calibrated.error)}. ${count(calibrated.doubted)} of ${plural(examples, 'answer')} are in doubt, ${count(calibrated.doubtedAndWrong)} of them wrong.`
    : 'The model has no temperature: train it again to calibrate it.';
  print(wrap(told, terminal.width - 1).join('\n'));
}
