import { evaluate, worstConfusions } from '@longhand/core';
import { describeConfusions } from '../evaluation/describe-confusions.js';
import { drawConfusion } from '../evaluation/draw-confusion.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { openModel } from '../model/open-model.js';
import type { CommonFlags } from '../run-flags.js';
import { print, printJson } from '../streams.js';
import { nats, percent, plural } from '../terminal/figures.js';
import { painter } from '../terminal/paint.js';
import { terminalOf } from '../terminal/terminal.js';
import { checkFitsModel, drawExamples, openTestSet } from '../test-set.js';

interface EvaluateFlags extends CommonFlags {
  readonly data?: string;
  readonly examples?: string;
  readonly seed?: number;
}

const CONFUSIONS = 5;

/** `longhand evaluate MODEL`. */
export async function evaluateCommand(
  file: string,
  { data, examples: wanted, seed, json, quiet }: EvaluateFlags,
): Promise<ExitCode> {
  const model = await openModel(file);
  const all = await openTestSet(data);
  checkFitsModel(all, file, model);
  const test = wanted === undefined ? all : drawExamples(all, wanted, seed);
  const evaluation = evaluate(model.network, test.dataset, model.record);
  const { examples, correct, loss, accuracy, confusion } = evaluation;
  if (json) {
    printJson({ model: file, examples, correct, loss, accuracy, confusion });
    return EXIT.done;
  }
  const terminal = terminalOf(process.stdout);
  const figure = painter(terminal)('bold', percent(accuracy));
  print(`${figure} accuracy, loss ${nats(loss)}, ${plural(examples, 'example')} of ${test.name}`);
  if (quiet) return EXIT.done;
  const { classNames } = test.dataset;
  print(`\n${await drawConfusion(evaluation, classNames, terminal)}`);
  const worst = worstConfusions(evaluation, CONFUSIONS);
  if (worst.length > 0) print(`\n${describeConfusions(worst, classNames)}`);
  return EXIT.done;
}
